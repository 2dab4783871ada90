package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/claimrows"
	"kg/queries"
)

const queryHelp = `Query answers a saved question, or any Gizmo with -e or --file. Without
arguments it lists the saved questions that the graph has an answer to, or all of
them if there is no graph yet; kg query NAME --help describes one of them, its
parameters and its columns.

Every answer of a saved question ends in three columns: said by, the speakers of
the claims behind it; sure, their stance, their hedges as printed, and what else
makes it less than a plain fact (planned, approximate), per cell where cells differ
and per speaker where speakers differ; and denied by. --evidence lists the claims
themselves, grouped by witness where a row has several (a witness is a smallest set
of edges that suffices for the row), and their passages if --text has the source's
text. Values that a script counts or collects are "not traced".

Gizmo given with -e knows the prefixes kg:, kgo: and those of the vocabularies:
g.V(g.IRI("kg:person/kim-jong-il")).out().all(). kg help gizmo lists the methods.
-i reads queries from the terminal: Gizmo, whose declarations are kept from line to
line, and saved questions by name, with completion. \format, \limit, \evidence and
\timing set what the flags set; help lists the other commands.

An answer that exceeds --timeout or --max-memory ends with an error, and nothing is
printed; 0 means no bound. Both bounds include naming, explaining and sorting the
rows. For Gizmo only the rows shown get names; a saved question is sorted by the
names of all rows.`

type queryFlags struct {
	gizmo, file string
	shell       bool
	limit       int
	evidence    bool
	bounds      graph.Bounds
}

func newQuery(a *app) *cobra.Command {
	f := queryFlags{bounds: graph.Bounds{Memory: 1 << 30}}
	cmd := &cobra.Command{
		Use:   "query [NAME [param=value…]]",
		Short: "Ask the graph a saved question, or any Gizmo",
		Long:  queryHelp,
		Example: `  kg query
  kg query bribes --evidence
  kg query timeline involving="North Korea" -o csv
  kg query -e 'g.V(g.IRI("kg:bank/banco-delta-asia")).in().all()'`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: a.completeQuery,
		RunE: func(cmd *cobra.Command, args []string) error {
			given, filed := cmd.Flags().Changed("expression"), cmd.Flags().Changed("file")
			if err := f.check(); err != nil {
				return err
			}
			switch {
			case given && filed:
				return usagef("give -e or --file, not both")
			case f.shell && (given || filed || len(args) > 0):
				return usagef("-i takes no query: it asks for them")
			case f.shell:
				return a.queryShell(cmd, f)
			case given:
				return a.queryText(cmd, "-e", f.gizmo, args, f)
			case filed:
				text, err := a.readInput(cmd, "query", f.file)
				if err != nil {
					return err
				}
				return a.queryText(cmd, f.file, string(text), args, f)
			case len(args) == 0:
				return a.queryList(cmd)
			}
			return a.querySaved(cmd, args[0], args[1:], f)
		},
	}
	cmd.Flags().StringVarP(&f.gizmo, "expression", "e", "", "run this `Gizmo`")
	cmd.Flags().StringVar(&f.file, "file", "", "run the Gizmo of a `file`; - is standard input")
	cmd.Flags().BoolVarP(&f.shell, "interactive", "i", false, "read queries from the terminal")
	cmd.Flags().DurationVar(&f.bounds.Timeout, "timeout", time.Minute, "the `time` limit of a query, such as 90s or 5m; 0 is none")
	cmd.Flags().Var((*byteSize)(&f.bounds.Memory), "max-memory", "the `memory` limit of a query, such as 512MB or 2GB; 0 is none")
	cmd.Flags().IntVar(&f.limit, "limit", 100, "show at most so many rows; 0 shows all")
	cmd.Flags().BoolVar(&f.evidence, "evidence", false, "list the claims behind each row")
	addFormat(cmd)
	cmd.AddCommand(newQueryShow(a), newQueryTest(a))
	a.helpQuestions(cmd)
	return cmd
}

func (f *queryFlags) check() error {
	if f.bounds.Timeout < 0 {
		return usagef("--timeout takes a time, or 0 for any, not %s", f.bounds.Timeout)
	}
	return checkLimit(f.limit)
}

func (a *app) queryList(cmd *cobra.Command) error {
	set, err := a.queries()
	if err != nil {
		return err
	}
	names, unanswered, err := a.answerable(cmd.Context(), set)
	if err != nil {
		return err
	}
	l := &listing{columns: []string{"query", "asks", "parameters"}}
	for _, name := range names {
		l.rows = append(l.rows, listingRow{cells: words(name, set[name].Question, set[name].Signature())})
	}
	if len(unanswered) > 0 {
		fmt.Fprintf(a.err, "left out, as %s has no answer to them: %s\n", a.settings.shownDB(), strings.Join(unanswered, ", "))
	}
	a.warnOf(set.Mistakes())
	return a.print(cmd, l)
}

// answerable splits the questions by whether the graph has an answer to them. All are
// answerable if there is no graph, or it is on a server, which would have to send all
// of it.
func (a *app) answerable(ctx context.Context, set queries.Set) (names, unanswered []string, err error) {
	if _, remote := a.settings.remote(); remote {
		return set.Names(), nil, nil
	}
	v, err := a.view()
	if err != nil {
		if !errors.Is(err, graph.ErrNoStore) {
			a.warn(err)
		}
		return set.Names(), nil, nil
	}
	offered, _, err := set.Offered(ctx, v, 0)
	if err != nil || len(offered) == 0 {
		return set.Names(), nil, err
	}
	for _, name := range set.Names() {
		if !slices.Contains(offered, name) {
			unanswered = append(unanswered, name)
		}
	}
	return offered, unanswered, nil
}

// warnOf warns of the user's files that are not queries; the others work.
func (a *app) warnOf(files []*queries.Query) {
	for _, q := range files {
		fmt.Fprintln(a.err, "kg:", q.Mistakes)
	}
}

// questions returns the names of the saved questions for an error. Mistakes in their
// files are reported when they are asked.
func (a *app) questions() string {
	set, err := a.queries()
	if err != nil {
		return ""
	}
	return " (" + strings.Join(set.Names(), ", ") + ")"
}

func (a *app) querySaved(cmd *cobra.Command, name string, args []string, f queryFlags) error {
	set, err := a.queries()
	if err != nil {
		return err
	}
	q, err := set.Find(name)
	if err != nil {
		return err
	}
	a.warnOf(slices.DeleteFunc(set.Mistakes(), func(other *queries.Query) bool { return other.Name != name }))
	return a.ask(cmd, q, args, f)
}

// queryText runs Gizmo from the command line. A text with a header is treated as a saved
// query, so that a query can be tried before it is saved.
func (a *app) queryText(cmd *cobra.Command, name, text string, args []string, f queryFlags) error {
	if queries.Text(text).HasHeader() {
		q, err := queries.Parse("", name, text)
		if err != nil {
			return err
		}
		return a.ask(cmd, q, args, f)
	}
	if strings.TrimSpace(text) == "" {
		return inputError{fmt.Errorf("reading query %q: it is empty", name)}
	}
	if len(args) > 0 {
		return usagef("unexpected %q: parameters are for saved queries", args[0])
	}
	v, err := a.view()
	if err != nil {
		return err
	}
	return a.answerText(cmd.Context(), cmd, v, text, f)
}

// answerText runs a text that is not a saved query.
func (a *app) answerText(ctx context.Context, cmd *cobra.Command, v *graph.View, text string, f queryFlags) error {
	return a.bounded(ctx, f.bounds, func(ctx context.Context, out io.Writer) error {
		res, err := queries.Text(text).Run(ctx, v, f.evidence, f.limit)
		if err != nil {
			return err
		}
		return a.printResult(ctx, cmd, out, v, res, f, nil, func() (*queries.Empty, error) { return queries.Text(text).Empty(ctx, v, res) })
	})
}

func (a *app) ask(cmd *cobra.Command, q *queries.Query, args []string, f queryFlags) error {
	v, err := a.queryView(q)
	if err != nil {
		return err
	}
	return a.askOf(cmd.Context(), cmd, v, q, args, f)
}

// askOf asks a saved question of a view.
func (a *app) askOf(ctx context.Context, cmd *cobra.Command, v *graph.View, q *queries.Query, args []string, f queryFlags) error {
	return a.bounded(ctx, f.bounds, func(ctx context.Context, out io.Writer) error {
		params, err := q.Bind(ctx, v, args)
		if err != nil {
			return err
		}
		res, err := q.RunPage(ctx, v, params, 0, f.limit, 0)
		if err != nil {
			return err
		}
		return a.printResult(ctx, cmd, out, v, res, f, q, func() (*queries.Empty, error) { return q.Empty(ctx, v, params, res) })
	})
}

func (a *app) queryView(q *queries.Query) (*graph.View, error) {
	if q.Denied {
		return a.wholeView()
	}
	return a.view()
}

// printResult prints an answer; q is nil for Gizmo without a name. why explains an answer
// without rows.
func (a *app) printResult(ctx context.Context, cmd *cobra.Command, out io.Writer, v *graph.View, res *queries.Result, f queryFlags, q *queries.Query, why func() (*queries.Empty, error)) error {
	l := &listing{columns: slices.Clone(res.Columns)}
	for i, row := range res.Rows {
		words := row.WordCells()
		if i == 0 && len(words) > 0 {
			l.columns = append(l.columns, queries.Words...)
		}
		l.rows = append(l.rows, listingRow{cells: slices.Concat(row.Cells, words)})
	}
	a.cut(l, f.limit, res.All)
	if f.evidence {
		if err := a.addEvidence(ctx, v, l, res.Rows); err != nil {
			return err
		}
	}
	if len(l.rows) == 0 {
		empty, err := why()
		if err != nil {
			return err
		}
		a.printEmpty(ctx, v, q, empty)
	}
	return a.printTo(cmd, out, l)
}

func (a *app) addEvidence(ctx context.Context, v *graph.View, l *listing, rows []queries.Row) error {
	l.details = claimrows.Columns
	p := a.passages(v)
	passage := func(c *graph.Claim) (string, error) { return p.of(ctx, c) }
	for i := range l.rows {
		var err error
		if l.rows[i].details, err = claimrows.Cells(ctx, v, rows[i].Evidence, passage); err != nil {
			return err
		}
		if rows[i].Evidence.MoreWays {
			fmt.Fprintln(a.err, "a row has more than 64 witnesses: the first 64 are listed")
		}
	}
	return nil
}

// completeQuery completes the name of a query, then its parameters, then
// entities.
func (a *app) completeQuery(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	const done = cobra.ShellCompDirectiveNoFileComp
	if a.settings.complete(cmd) != nil {
		return nil, done
	}
	set, err := a.queries()
	if err != nil {
		return nil, done
	}
	var list []string
	if len(args) == 0 {
		for _, name := range set.Names() {
			list = append(list, name+"\t"+set[name].Question)
		}
		return list, done
	}
	q := set[args[0]]
	if q == nil {
		return nil, done
	}
	name, value, valued := strings.Cut(typed, "=")
	for _, p := range q.Params {
		switch {
		case !valued:
			list = append(list, p.Name+"=\t"+p.Meaning)
		case p.Name == name:
			for _, entity := range a.entities(cmd.Context(), value, p.Type) {
				list = append(list, name+"="+entity)
			}
		}
	}
	if !valued {
		return list, done | cobra.ShellCompDirectiveNoSpace
	}
	return list, done
}

// completeQueries completes the names of queries that are not given yet.
func (a *app) completeQueries(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	names, done := a.completeQuery(cmd, nil, "")
	return slices.DeleteFunc(names, func(described string) bool {
		name, _, _ := strings.Cut(described, "\t")
		return slices.Contains(args, name)
	}), done
}
