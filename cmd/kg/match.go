package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/strict"
	"kg/schema"
)

type matchFlags struct {
	between     string
	kind        string
	least       int
	limit       int
	all         bool
	rules       bool
	interactive bool
	decide      string
	because     string
	undo        bool
}

func newMatch(a *app) *cobra.Command {
	f := matchFlags{least: graph.MatchLeast, limit: 100}
	_, manual := topic("match")
	cmd := &cobra.Command{
		Use:   "match [A B]",
		Short: "List entities that may be the same, and decide whether they are",
		Long:  manual,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 || len(args) > 2 {
				return usagef("kg match takes no arguments, or two things A and B, found %s", plural(len(args), "argument"))
			}
			return f.check(len(args) == 2)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.rules:
				return a.matchRules(cmd)
			case len(args) == 0:
				return a.matchList(cmd, f)
			case f.decide == "" && !f.undo:
				return a.matchPair(cmd, args)
			}
			return a.matchDecide(cmd, args, f)
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 1 || a.settings.complete(cmd) != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return a.entities(cmd.Context(), typed, "entity"), cobra.ShellCompDirectiveNoFileComp
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.between, "between", "", "two `sources` A,B: pairs of an entity in A and one in B")
	flags.StringVar(&f.kind, "kind", "", "only entities of a `kind`, such as Person")
	flags.IntVar(&f.least, "least", f.least, "the least `score` of a pair, 1 to 100")
	flags.IntVar(&f.limit, "limit", f.limit, "show at most so many pairs; 0 shows all")
	flags.BoolVar(&f.all, "all", false, "also list pairs that are decided, or joined by a source")
	flags.BoolVar(&f.rules, "rules", false, "list the rules by which pairs are scored")
	flags.BoolVarP(&f.interactive, "interactive", "i", false, "go through the pairs one by one, on a terminal")
	flags.StringVar(&f.decide, "decide", "", "the decision on A and B: `same`, different or undecided")
	flags.StringVar(&f.because, "because", "", "the reason, a `text`")
	flags.BoolVar(&f.undo, "undo", false, "undo the decision on A and B")
	completeFlag(cmd, "decide", []string{"same", "different", "undecided"})
	a.settings.addAuthor(cmd)
	a.settings.addDecisions(cmd)
	addFormat(cmd)
	return cmd
}

// check validates the flags.
func (f matchFlags) check(pair bool) error {
	verdicts := []string{"same", "different", "undecided"}
	switch {
	case f.least < 1 || f.least > 100:
		return usagef("--least takes a score of 1 to 100, not %d", f.least)
	case f.limit < 0:
		return usagef("--limit takes a number of pairs, or 0 for all, not %d", f.limit)
	case !pair && (f.decide != "" || f.undo):
		return usagef("--decide and --undo need two things: kg match A B")
	case pair && (f.between != "" || f.kind != "" || f.all || f.interactive || f.rules):
		return usagef("--between, --kind, --all, -i and --rules list pairs, and A B is one: leave one out")
	case f.decide != "" && f.undo:
		return usagef("--decide and --undo exclude each other")
	case f.decide != "" && !slices.Contains(verdicts, f.decide):
		return usagef("--decide takes same, different or undecided, not %q%s", strict.Brief(f.decide), strict.DidYouMean(f.decide, verdicts))
	case f.decide != "" && strings.TrimSpace(f.because) == "":
		return usagef("a decision needs a reason: --because TEXT")
	case f.decide == "" && f.because != "":
		return usagef("--because goes with --decide")
	}
	return nil
}

func (a *app) matchRules(cmd *cobra.Command) error {
	l := &listing{columns: []string{"rule", "points", "when"}}
	for _, r := range graph.MatchRules {
		points := word("rules out")
		if !r.Out {
			points = number(r.Points)
		}
		l.rows = append(l.rows, listingRow{cells: []graph.Cell{word(r.Name), points, word(r.Says)}})
	}
	return a.print(cmd, l)
}

// pairOptions returns the flags as options of graph.
func (a *app) pairOptions(cmd *cobra.Command, v *graph.View, f matchFlags) (graph.PairOptions, error) {
	o := graph.PairOptions{Kind: f.kind, Least: f.least, Decided: f.all}
	if f.kind != "" {
		if err := v.KnowsKind(cmd.Context(), f.kind); err != nil {
			return o, err
		}
	}
	if f.between == "" {
		return o, nil
	}
	list := strings.Split(f.between, ",")
	if len(list) != 2 {
		return o, usagef("--between takes two sources with a comma between them, such as donga-2008-04-04,eu-list, not %q", strict.Brief(f.between))
	}
	for i, one := range list {
		source, err := v.FindRetractable(cmd.Context(), strings.TrimSpace(one))
		if err != nil {
			return o, err
		}
		o.Between[i] = source
	}
	if o.Between[0] == o.Between[1] {
		return o, usagef("--between takes two sources, and %s is one: without --between pairs of things in one source are listed, too", v.Base.Short(o.Between[0]))
	}
	return o, nil
}

func (a *app) matchList(cmd *cobra.Command, f matchFlags) error {
	v, err := a.view()
	if err != nil {
		return err
	}
	o, err := a.pairOptions(cmd, v, f)
	if err != nil {
		return err
	}
	pairs, err := v.Pairs(cmd.Context(), o)
	if err != nil {
		return err
	}
	if f.interactive {
		if err := a.drop(a.opened[len(a.opened)-1]); err != nil { // the decisions write
			return err
		}
		return a.matchOneByOne(cmd, pairs, f.limit)
	}
	l, err := a.matchListing(cmd, v, pairs)
	if err != nil {
		return err
	}
	if err := a.sayCertain(cmd, v, pairs, o); err != nil {
		return err
	}
	if err := a.limit(l, f.limit); err != nil {
		return err
	}
	return a.print(cmd, l)
}

// sayCertain prints on standard error the certain pairs: only those that a person decided
// or a source states.
func (a *app) sayCertain(cmd *cobra.Command, v *graph.View, pairs []graph.Likeness, o graph.PairOptions) error {
	likely := 0
	for _, p := range pairs {
		if p.Score >= graph.MatchLikely && !p.Joined {
			likely++
		}
	}
	joined, err := v.JoinedBetween(cmd.Context(), o.Between)
	if err != nil {
		return err
	}
	certain := "nothing is certain"
	if o.Between[0] != "" {
		certain = fmt.Sprintf("nobody for certain is both in %s and in %s", v.Base.Short(o.Between[0]), v.Base.Short(o.Between[1]))
	}
	if joined > 0 {
		certain = "joined by people or sources, and so certain as these are: " + plural(joined, "pair")
	}
	fmt.Fprintf(a.err, "%s: %s likely, %s possible", certain, thousands(likely), thousands(len(pairs)-likely))
	if len(pairs) > 0 {
		fmt.Fprint(a.err, "; a person decides: kg match A B --decide same --because TEXT")
	}
	_, err = fmt.Fprintln(a.err)
	return err
}

// matchListing returns the pairs as rows, with their reasons as details.
func (a *app) matchListing(cmd *cobra.Command, v *graph.View, pairs []graph.Likeness) (*listing, error) {
	l := &listing{columns: []string{"one", "other", "kind", "score", "seems", "decided"}, nested: "reasons", details: []string{"reason", "points", "what"}}
	for _, p := range pairs {
		var cells []graph.Cell
		for _, node := range []quad.IRI{p.A, p.B} {
			cell, err := v.Describe(cmd.Context(), node)
			if err != nil {
				return nil, err
			}
			cells = append(cells, cell)
		}
		kind := p.Kinds[0]
		if p.Kinds[1] != kind {
			kind += ", " + p.Kinds[1]
		}
		cells = append(cells, append([]graph.Cell{word(kind), number(p.Score)}, words(p.Seems(), decidedOn(p))...)...)
		row := listingRow{cells: cells}
		for _, r := range p.Reasons {
			points := word("rules out")
			if r.Points != 0 {
				points = number(r.Points)
			}
			row.details = append(row.details, []graph.Cell{word(r.Rule), points, word(r.Text)})
		}
		if forPeople(cmd) { // names may be alike: these are what one types
			row.details = append(row.details, []graph.Cell{word("ids"), {}, word(v.Base.Short(p.A) + " and " + v.Base.Short(p.B))})
		}
		l.rows = append(l.rows, row)
	}
	return l, nil
}

func decidedOn(p graph.Likeness) string {
	if p.Decision == nil {
		return ""
	}
	return string(p.Decision.Verdict) + ": " + p.Decision.Because()
}

// matchPair shows one pair, alike or not.
func (a *app) matchPair(cmd *cobra.Command, args []string) error {
	v, err := a.view()
	if err != nil {
		return err
	}
	var nodes [2]quad.IRI
	for i, arg := range args {
		if nodes[i], err = v.Find(cmd.Context(), arg); err != nil {
			return err
		}
	}
	if nodes[0] == nodes[1] {
		return usagef("%q and %q are one thing, %s", strict.Brief(args[0]), strict.Brief(args[1]), v.Base.Short(nodes[0]))
	}
	p, err := v.Pair(cmd.Context(), nodes[0], nodes[1])
	if err != nil {
		return err
	}
	l, err := a.matchListing(cmd, v, []graph.Likeness{p})
	if err != nil {
		return err
	}
	if p.Score == 0 && !p.Out {
		fmt.Fprintln(a.err, "no ground to hold them for one: no name or identifier in common; of events, no participant with a date or an amount")
	}
	return a.print(cmd, l)
}

// verdict returns the verdict of --decide.
func (f matchFlags) verdict() schema.Verdict { return schema.Verdict(f.decide) }
