package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/schema"
)

const compareHelp = `Compare shows where sources agree and where they contradict each other: all sources,
those named, or what sources say of one ENTITY and the events it takes part in.
Entities joined by same-as are one. The verdicts, the most serious first:

  contradiction         two figures that cannot both be true, or two sources that
                        name different parties in one role of one event
  differs from plan     the same, where one side states a plan or a promise
  denied                one claim denies what another states
  evolved               what was planned, promised or attempted is ongoing or done
                        later, or something changed one way and then another
  differing precision   one figure lies within the other, or they overlap: 2008 and
                        March 2008, about 30 and 28
  agreement             several sources say the same
  one source            only one of the sources that mention an entity says this;
                        with --all

A quantity is compared as an interval; if it is approximate, both ends are moved
outward by a tenth of their value. Quantities in different units are not compared. A source
that names one more party in a role does not contradict another source.
Background is not compared: these are claims that have see instead of a passage.

Two readings of one text (of: kg:source/… in the claims file) are one source. If
both are named, they are compared statement by statement: what only one of them has,
and where they read a passage differently, in subject, relation, object, speaker,
stance or hedge. Entities without a name are the same in both if they are of one kind
and have the same passages.`

func newCompare(a *app) *cobra.Command {
	var all bool
	limit := 100
	cmd := &cobra.Command{
		Use:     "compare [SOURCE…|ENTITY]",
		Short:   "Compare what sources say of the same things",
		Long:    compareHelp,
		Example: "  kg compare\n  kg compare \"Coastal Bank\"\n  kg compare courier-2019-04-08 courier-again",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.compare(cmd, args, all, limit) },
		ValidArgsFunction: func(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
			if a.settings.complete(cmd) != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return a.entities(cmd.Context(), typed, "entity"), cobra.ShellCompDirectiveNoFileComp
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "show what one source alone says, too")
	cmd.Flags().IntVar(&limit, "limit", limit, "show at most so many rows; 0 shows all")
	addFormat(cmd)
	return cmd
}

func (a *app) compare(cmd *cobra.Command, args []string, all bool, limit int) error {
	v, err := a.wholeView()
	if err != nil {
		return err
	}
	sources, entity, err := comparedWith(cmd.Context(), v, args)
	if err != nil {
		return err
	}
	if len(sources) == 2 && sources[0] != sources[1] {
		one, err := sameText(cmd.Context(), v, sources)
		if err != nil {
			return err
		}
		if one {
			return a.compareReadings(cmd, v, sources, limit)
		}
	}
	out, err := v.Compare(cmd.Context(), sources, entity)
	if err != nil {
		return err
	}
	p := comparePrinter{ctx: cmd.Context(), v: v, passages: a.passages(v)}
	l := &listing{columns: []string{"verdict", "about", "in"}, nested: "said",
		details: []string{"value", "status", "said by", "sure", "denied by", "source", "claim", "locator", "passage"}}
	hidden := 0
	for _, one := range out.Comparisons {
		if one.Verdict == graph.OneSource && !all {
			hidden++
			continue
		}
		row, err := p.row(one)
		if err != nil {
			return err
		}
		l.rows = append(l.rows, row)
	}
	if err := p.shared(a, out.Shared, out.Sources, entity); err != nil {
		return err
	}
	if hidden > 0 {
		fmt.Fprintf(a.err, "%s more that one source alone says: --all shows them\n", thousands(hidden))
	}
	if len(l.rows) == 0 && hidden == 0 {
		if err := a.nothingToCompare(cmd.Context(), v, sources, entity); err != nil {
			return err
		}
		if err := p.background(a, out.Background); err != nil {
			return err
		}
	}
	if err := a.limit(l, limit); err != nil {
		return err
	}
	return a.print(cmd, l)
}

// nothingToCompare says on standard error why there are no comparisons: the claims may
// be retracted.
func (a *app) nothingToCompare(ctx context.Context, v *graph.View, sources []quad.IRI, entity quad.IRI) error {
	why := "no two claims say something of one thing"
	if !v.ShowsRetracted() {
		out, err := v.WithRetracted().Compare(ctx, sources, entity)
		if err != nil {
			return err
		}
		if len(out.Comparisons) > 0 {
			why = "what could be is retracted; --include-retracted shows it, marked so"
		}
	}
	fmt.Fprintln(a.err, "nothing to compare: "+why)
	return nil
}

// comparedWith resolves the arguments: sources, or one entity.
func comparedWith(ctx context.Context, v *graph.View, args []string) (sources []quad.IRI, entity quad.IRI, err error) {
	for _, arg := range args {
		found, err := v.Find(ctx, arg)
		if err != nil {
			return nil, "", err
		}
		kind, err := v.Kind(ctx, found)
		switch {
		case err != nil:
			return nil, "", err
		case kind == schema.SourceClass:
			sources = append(sources, found)
		case len(args) > 1:
			return nil, "", usagef("%q is no source: kg compare takes sources, or one entity", arg)
		default:
			entity = found
		}
	}
	return sources, entity, nil
}

type comparePrinter struct {
	ctx      context.Context
	v        *graph.View
	passages *passages
}

// mostShared is how many shared things are named before the rows.
const mostShared = 8

// shared prints on standard error the entities that several sources mention.
func (p comparePrinter) shared(a *app, shared []quad.IRI, sources int, entity quad.IRI) error {
	if entity != "" || sources == 1 {
		return nil
	}
	if len(shared) == 0 && sources > 1 {
		fmt.Fprintln(a.err, "no two of these sources speak of one thing")
	}
	if len(shared) == 0 {
		return nil
	}
	var names []string
	for i, node := range shared {
		if i == mostShared {
			names = append(names, "…")
			break
		}
		cell, err := p.v.DescribeAll(p.ctx, node, nil)
		if err != nil {
			return err
		}
		names = append(names, cell.Text)
	}
	fmt.Fprintf(a.err, "several sources speak of %s: %s\n", plural(len(shared), "thing"), strings.Join(names, ", "))
	return nil
}

// background names on standard error the first background sources, which are not
// compared, and counts the others; kg's own is left out.
func (p comparePrinter) background(a *app, sources []quad.IRI) error {
	const most = 5 // names in one line
	sources = slices.DeleteFunc(slices.Clone(sources), func(source quad.IRI) bool {
		return schema.IRI(source).IsBackground()
	})
	if len(sources) == 0 {
		return nil
	}
	var names []string
	for _, source := range sources[:min(most, len(sources))] {
		cell, err := p.v.DescribeAll(p.ctx, source, nil)
		if err != nil {
			return err
		}
		names = append(names, cell.Text)
	}
	listed := strings.Join(names, ", ")
	if more := len(sources) - most; more > 0 {
		listed += " and " + plural(more, "more source")
	}
	fmt.Fprintf(a.err, "not compared: %s, whose claims have see instead of a passage: that is background (kg help claims)\n", listed)
	return nil
}

func plural(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return thousands(n) + " " + word
}

func (p comparePrinter) row(c graph.Comparison) (row listingRow, err error) {
	about, err := p.v.DescribeAll(p.ctx, c.About, nil)
	if err != nil {
		return row, err
	}
	in, err := p.v.Describe(p.ctx, c.Relation)
	if err != nil {
		return row, err
	}
	row.cells = []graph.Cell{word(c.Verdict), about, in}
	for _, s := range c.Said {
		detail, err := p.said(c, s)
		if err != nil {
			return row, err
		}
		row.details = append(row.details, detail)
	}
	return row, nil
}

// said returns the cells of one statement. For a change the first is the event, not the
// entity that changed.
func (p comparePrinter) said(c graph.Comparison, s graph.Edge) ([]graph.Cell, error) {
	value := s.Quad.Object
	if c.Relation == schema.Changes {
		value = s.Quad.Subject
	}
	sources := []quad.IRI{s.Claim.Source}
	shown, err := p.v.DescribeFor(p.ctx, value, sources)
	if err != nil {
		return nil, err
	}
	e, err := p.v.EdgeEvidence(p.ctx, s.Quad)
	if err != nil {
		return nil, err
	}
	source, err := p.v.DescribeFor(p.ctx, s.Claim.Source, sources)
	if err != nil {
		return nil, err
	}
	passage, err := p.passages.of(p.ctx, s.Claim)
	if err != nil {
		return nil, err
	}
	claim := graph.Cell{Value: s.Claim.IRI, Text: p.v.Base.Short(s.Claim.IRI)}
	cells := append([]graph.Cell{shown}, words(s.Status, e.SaidBy(), e.Sure(), e.DeniedBy())...)
	return append(append(cells, source, claim), words(s.Claim.LocatorText(), passage)...), nil
}
