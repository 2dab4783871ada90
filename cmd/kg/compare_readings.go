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

// sameText reports whether all sources are readings of one text.
func sameText(ctx context.Context, v *graph.View, sources []quad.IRI) (bool, error) {
	first, err := v.Root(ctx, sources[0])
	for _, source := range sources[1:] {
		root, failed := v.Root(ctx, source)
		if failed != nil || root != first {
			return false, failed
		}
	}
	return err == nil, err
}

// sayReadings says on standard error that the other readings of a source's text are
// not included.
func (a *app) sayReadings(ctx context.Context, v *graph.View, source quad.IRI, sources []quad.IRI, what string) error {
	list, err := v.Readings(ctx, source)
	for _, other := range list {
		if !slices.Contains(sources, other) {
			fmt.Fprintf(a.err, "%s is another reading of the text of %s, and %s\n", v.Base.Short(other), v.Base.Short(source), what)
		}
	}
	return err
}

// compareReadings prints the differences of two readings of one text.
func (a *app) compareReadings(cmd *cobra.Command, v *graph.View, sources []quad.IRI, limit int) error {
	same, differences, err := v.CompareReadings(cmd.Context(), sources[0], sources[1])
	if err != nil {
		return inputError{err}
	}
	p := comparePrinter{ctx: cmd.Context(), v: v, passages: a.passages(v)}
	l := &listing{columns: []string{"verdict", "differs in"}, nested: "read",
		details: []string{"reading", "statements", "status", "said by", "sure", "locator", "claim", "passage"}}
	for _, d := range differences {
		row := listingRow{cells: words(d.Verdict, strings.Join(d.Differs, ", "))}
		for _, s := range [][]graph.Edge{d.Said, d.Other} {
			if len(s) == 0 {
				continue
			}
			detail, err := p.read(s)
			if err != nil {
				return err
			}
			row.details = append(row.details, detail)
		}
		l.rows = append(l.rows, row)
	}
	fmt.Fprintf(a.err, "two readings of one text: %s the same in both, %s\n", plural(same, "statement"), plural(len(differences), "difference"))
	if err := a.limit(l, limit); err != nil {
		return err
	}
	return a.print(cmd, l)
}

// read returns the cells of the statements of one claim of a reading.
func (p comparePrinter) read(list []graph.Edge) ([]graph.Cell, error) {
	s, status := list[0], list[0].Status
	var statements []string
	for _, one := range list {
		statement, err := inWords(p.ctx, p.v, one.Quad)
		if err != nil {
			return nil, err
		}
		statements = append(statements, statement)
		if status == "" {
			status = one.Status
		}
	}
	e, err := p.v.EdgeEvidence(p.ctx, s.Quad)
	if err != nil {
		return nil, err
	}
	passage, err := p.passages.of(p.ctx, s.Claim)
	if err != nil {
		return nil, err
	}
	source := graph.Cell{Value: s.Claim.Source, Text: p.v.Base.Short(s.Claim.Source)}
	claim := graph.Cell{Value: s.Claim.IRI, Text: schema.IRI(s.Claim.IRI).LastPart()}
	cells := append([]graph.Cell{source}, words(strings.Join(statements, "; "), status, e.SaidBy(), e.Sure(), s.Claim.LocatorText())...)
	return append(append(cells, claim), words(passage)...), nil
}
