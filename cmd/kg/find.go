package main

import (
	"context"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/claimrows"
	"kg/internal/strict"
)

const findHelp = `Find searches by words and lists the best matches first: entities and sources by
their names, other names, descriptions and ids; then the ontology's terms; then
claims, by their sentences and notes; and with --text the passages of claims. Words
match in any order, whatever their case and accents. The order is: whole names,
names that begin with the words, names that contain them, names with words that
begin like them ("N. Korea" finds North Korea), entities of a kind of that name
("bank" finds Banco Delta Asia), and parts of words. Among equal matches entities
come before events, and those with more edges first. If nothing matches, one typing
error per word of four letters or more is allowed: "embasy" finds embassies.

Every verb, question and page resolves the name of an entity in this way: to the
entity of exactly this name, or else to the only entity that the words find, which is
printed on standard error. An entity that matches only with a typing error is
proposed and never chosen.

In JSON a row is {"kind", "name", "@id", "matched", "edges"}: matched is the text
that has the words; edges counts the edges to and from an entity, without its kind
and names, or the edges that a claim states. --evidence adds to each claim, under
evidence, its speaker, stance and locator, and the claims that deny one of its edges.`

type findFlags struct {
	limit    int
	evidence bool
}

func newFind(a *app) *cobra.Command {
	var f findFlags
	cmd := &cobra.Command{
		Use:   "find WORDS",
		Short: "Find entities, claims and passages by words, the best first",
		Long:  findHelp,
		Example: `  kg find korea
  kg find "N. Korea" -o json
  kg find oil captain --text article.txt`,
		Args: func(_ *cobra.Command, args []string) error {
			if strings.TrimSpace(strings.Join(args, "")) == "" {
				return usagef("kg find takes words to look for, such as: kg find korea")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.find(cmd, strings.Join(args, " "), f)
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 || a.settings.complete(cmd) != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return a.entities(cmd.Context(), typed, "entity"), cobra.ShellCompDirectiveNoFileComp
		},
	}
	cmd.Flags().IntVar(&f.limit, "limit", 100, "show at most so many rows; 0 shows all")
	cmd.Flags().BoolVar(&f.evidence, "evidence", false, "list the speaker and stance of each claim, and the claims that deny it")
	addFormat(cmd)
	return cmd
}

func (a *app) find(cmd *cobra.Command, words string, flags findFlags) error {
	if err := checkLimit(flags.limit); err != nil {
		return err
	}
	v, err := a.wholeView()
	if err != nil {
		return err
	}
	options := graph.FindOptions{Texts: true, Limit: flags.limit}
	p := a.passages(v)
	if p.path != "" {
		options.Passage = func(ctx context.Context, c *graph.Claim) (string, error) {
			words, _, err := p.words(ctx, c)
			return words, err
		}
	}
	found, all, err := v.FindAll(cmd.Context(), words, options)
	if err != nil {
		return err
	}
	if all == 0 {
		return nothingFound(cmd.Context(), v, words, options)
	}
	l := &listing{columns: []string{"kind", "name", "@id", "matched", "edges"}}
	if flags.evidence {
		l.details = claimrows.Columns
	}
	for _, f := range found {
		id := graph.Cell{Value: quad.String(f.IRI), Text: v.Base.Short(f.IRI)}
		row := listingRow{cells: []graph.Cell{word(f.Kind), word(f.Name), id, word(f.Matched), number(f.Edges)}}
		if flags.evidence && f.OfClaim {
			if row.details, err = p.behindClaim(cmd.Context(), f.IRI); err != nil {
				return err
			}
		}
		l.rows = append(l.rows, row)
	}
	a.cut(l, flags.limit, all)
	return a.print(cmd, l)
}

// nothingFound returns the error of a search without results: the results are
// retracted, or there are similar words to propose.
func nothingFound(ctx context.Context, v *graph.View, words string, options graph.FindOptions) error {
	if !v.ShowsRetracted() {
		_, n, err := v.WithRetracted().FindAll(ctx, words, options)
		if err != nil {
			return err
		}
		if n > 0 {
			return &graph.UnknownError{Msg: strict.Sprintf("%q finds only what is retracted: --include-retracted shows it, marked so", words)}
		}
	}
	near, err := v.Nearest(ctx, words)
	if err != nil {
		return err
	}
	msg := strict.Sprintf("nothing is found by %q", words)
	empty, err := nothingSaid(ctx, v)
	if err != nil {
		return err
	}
	retracted := false
	if empty {
		if retracted, err = holdsRetracted(ctx, v); err != nil {
			return err
		}
	}
	switch {
	case retracted:
		msg += ": all of the graph is retracted; --include-retracted shows it, marked so"
	case empty:
		msg += ": the graph is empty: kg load"
	case len(near) == 0:
		msg += ": kg stats lists what there is, and the name of a kind finds those of it; of graphs of others, --names says which relations name things"
	default:
		var names []string
		for _, f := range near[:min(len(near), 3)] {
			names = append(names, strict.Sprintf("%q", f.Name))
		}
		msg += " (did you mean " + strings.Join(names, " or ") + "?)"
	}
	return &graph.UnknownError{Msg: msg, Near: near}
}
