package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"kg/graph"
	"kg/queries"
)

const queryTestHelp = `Test runs the examples in the headers of saved queries and reports the rows that
differ from the expected ones, cell by cell. kg's own queries run on the bundled
article, whatever is in the store; yours run on the store.

With --update the rows of the answer replace the expected rows in the headers. This
works for your files, and for kg's own if --queries names the folder of their source.`

func newQueryTest(a *app) *cobra.Command {
	update := false
	cmd := &cobra.Command{
		Use:   "test [NAME…]",
		Short: "Run the examples of saved queries",
		Long:  queryTestHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			set, err := a.queries()
			if err != nil {
				return err
			}
			var errs []error
			failed := false
			if len(args) == 0 {
				args = set.Names()
				for _, q := range set.Mistakes() {
					errs = append(errs, q.Mistakes)
				}
			}
			for _, name := range args { // what is wrong with one keeps no other from its test
				q, err := set.Find(name)
				if err == nil {
					err = a.testQuery(cmd, q, update)
				}
				if failed = failed || errors.Is(err, errFound); !errors.Is(err, errFound) {
					errs = append(errs, err)
				}
			}
			if err := errors.Join(errs...); err != nil || !failed {
				return err
			}
			return errFound
		},
		ValidArgsFunction: a.completeQueries,
	}
	cmd.Flags().BoolVar(&update, "update", false, "replace the expected rows in the headers of the queries")
	return cmd
}

// testQuery returns errFound if rows differ and are not updated.
func (a *app) testQuery(cmd *cobra.Command, q *queries.Query, update bool) error {
	v, err := a.testView(cmd, q)
	if err != nil {
		return err
	}
	tested, failures, err := q.Test(cmd.Context(), v)
	if err != nil {
		fmt.Fprintf(a.out, "%-12s ERROR\n", q.Name)
		return err
	}
	verdict := "ok"
	switch {
	case len(failures) > 0 && update && q.File != "":
		verdict = "updated"
	case len(failures) > 0:
		verdict = "FAILED"
	case tested == 0:
		verdict = "no examples"
	}
	fmt.Fprintf(a.out, "%-12s %s (%d)\n", q.Name, verdict, tested)
	for _, f := range failures {
		fmt.Fprintf(a.out, "  %s\n", f.Call)
		for _, line := range f.Differences() {
			fmt.Fprintf(a.out, "    %s\n", line)
		}
	}
	switch {
	case len(failures) == 0:
		return nil
	case !update:
		return errFound
	}
	return a.updateQuery(q, failures)
}

// updateQuery writes the rows of the answers to the query's file.
func (a *app) updateQuery(q *queries.Query, failures []queries.Failure) error {
	if q.File == "" {
		return usagef("query %s is kg's own: its rows can be rewritten only if --queries names the folder of its source", q.Name)
	}
	rows := map[int][][]string{}
	for _, f := range failures {
		rows[f.Example] = f.Got
	}
	err := a.replaceFile(q.File, func(w io.Writer) error {
		_, err := io.WriteString(w, q.WithRows(rows))
		return err
	})
	if err != nil {
		return fmt.Errorf("writing the rows of query %s: %w", q.Name, err)
	}
	return nil
}

// testView returns the view that a query's examples run on.
func (a *app) testView(cmd *cobra.Command, q *queries.Query) (*graph.View, error) {
	if q.Own {
		return a.queryView(q)
	}
	if a.article == nil {
		o, err := a.ontology()
		if err != nil {
			return nil, err
		}
		opt := graph.LoadOptions{Base: a.settings.base()}
		docs, err := bundled(o, opt.Base)
		if err != nil {
			return nil, err
		}
		if opt.Background, err = background(o, docs); err != nil {
			return nil, err
		}
		if a.article, err = a.scratch(cmd, o, docs, opt); err != nil {
			return nil, err
		}
	}
	return a.article.View(a.settings.base()), nil
}
