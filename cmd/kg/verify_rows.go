package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/data"
	"kg/graph"
	"kg/schema"
)

// verdicts is a listing of sources and their claims.
type verdicts struct {
	listing
	view   *graph.View // names sources by their titles; may be nil
	base   schema.Base
	failed bool // leaves out rows that are match or same
	file   func(path string) string
}

// printVerdicts lists the verdicts, and prints their counts on standard error.
func (a *app) printVerdicts(cmd *cobra.Command, v *graph.View, list []*data.Verified, f verifyFlags) error {
	l := &verdicts{view: v, base: a.settings.base(), failed: f.failed, file: a.fileName}
	l.columns = []string{"source", "claim", "paragraph", "verdict", "nearest"}
	for _, one := range list {
		if err := l.add(cmd.Context(), one); err != nil {
			return err
		}
	}
	if err := a.limit(&l.listing, f.limit); err != nil {
		return err
	}
	if err := a.print(cmd, &l.listing); err != nil {
		return err
	}
	a.countVerdicts(list)
	return nil
}

// add lists a source, and then its claims.
func (l *verdicts) add(ctx context.Context, v *data.Verified) error {
	source, err := l.name(ctx, v.Source)
	if err != nil {
		return err
	}
	row := func(verdict data.Verdict, cells ...graph.Cell) {
		if !l.failed || !verdict.Good() {
			l.rows = append(l.rows, listingRow{cells: []graph.Cell{source, cells[0], cells[1], word(string(verdict)), cells[2]}})
		}
	}
	file := graph.Cell{}
	if v.Text != nil {
		name := l.file(v.Text.Name)
		file = graph.Cell{Text: name, Data: map[string]string{"file": name}}
	}
	row(v.State, graph.Cell{}, graph.Cell{}, file)
	for i := range v.Results {
		r := &v.Results[i]
		claim := graph.Cell{Value: r.Claim, Text: l.base.Short(r.Claim)}
		if r.Claim == "" {
			claim = word("(skipped)")
		}
		nearest, err := l.nearest(ctx, r.Nearest)
		if err != nil {
			return err
		}
		at := number(r.Paragraph)
		if v.Table != "" {
			at.Text = "row " + at.Text
		} else if r.Page > 0 {
			at.Text = r.ParagraphText()
		}
		row(r.Verdict, claim, at, nearest)
	}
	return nil
}

func (l *verdicts) nearest(ctx context.Context, n *data.Range) (graph.Cell, error) {
	if n == nil {
		return graph.Cell{}, nil
	}
	c := graph.Cell{Text: n.String(), Data: n}
	if n.Source != "" {
		other, err := l.name(ctx, n.Source)
		if err != nil {
			return c, err
		}
		c.Text = other.Text + ", " + c.Text
	}
	return c, nil
}

func (l *verdicts) name(ctx context.Context, source quad.IRI) (graph.Cell, error) {
	if l.view == nil {
		return graph.Cell{Value: source, Text: l.base.Short(source)}, nil
	}
	return l.view.Describe(ctx, source)
}

// countVerdicts prints the counts of verdicts on standard error.
func (a *app) countVerdicts(list []*data.Verified) {
	if len(list) == 0 {
		fmt.Fprintln(a.err, "nothing to verify: no claim stands in a text")
		return
	}
	counts, all := map[data.Verdict]int{}, 0
	for _, v := range list {
		for _, r := range v.Results {
			counts[r.Verdict]++
			all++
		}
	}
	var parts []string
	for _, v := range data.Verdicts {
		if counts[v] > 0 {
			parts = append(parts, thousands(counts[v])+" "+string(v))
		}
	}
	fmt.Fprintf(a.err, "%s checked in the texts of %s", plural(all, "passage"), plural(len(list), "source"))
	if len(parts) > 0 {
		fmt.Fprintf(a.err, ": %s", strings.Join(parts, ", "))
	}
	fmt.Fprintln(a.err)
}
