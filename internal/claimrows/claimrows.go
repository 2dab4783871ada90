// Package claimrows makes a table of evidence: one row per claim behind an answer or an
// edge, with who says it, how, and where its passage stands.
package claimrows

import (
	"context"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// Columns are the columns of a claim's row.
var Columns = []string{"witness", "claim", "says", "speaker", "via", "stance", "hedge", "source", "date",
	"paragraph", "start", "end", "passage", "see", "note"}

// Cells returns a row of cells per claim, beside Columns: witness by witness, numbered if
// there are several, and then the claims that deny a part. passage returns a claim's
// words, or an empty text.
func Cells(ctx context.Context, v *graph.View, e *graph.Evidence, passage func(*graph.Claim) (string, error)) ([][]graph.Cell, error) {
	var rows [][]graph.Cell
	add := func(witness string, claims []*graph.Claim) error {
		for _, c := range claims {
			words, err := passage(c)
			if err != nil {
				return err
			}
			cells, err := claimCells(ctx, v, c, witness, words)
			if err != nil {
				return err
			}
			rows = append(rows, cells)
		}
		return nil
	}
	for i, w := range e.Witnesses {
		number := ""
		if len(e.Witnesses) > 1 {
			number = strconv.Itoa(i + 1)
		}
		if err := add(number, w.Claims); err != nil {
			return nil, err
		}
	}
	for _, j := range e.Joins {
		cells, err := joinCells(ctx, v, j)
		if err != nil {
			return nil, err
		}
		rows = append(rows, cells)
	}
	if e.Unasserted { // the denials are the witness
		return rows, nil
	}
	return rows, add("denial", e.Denials)
}

// joinCells returns the row of a join, which is no claim about a text.
func joinCells(ctx context.Context, v *graph.View, j graph.Join) ([]graph.Cell, error) {
	cells := make([]graph.Cell, len(Columns))
	says := v.Base.Short(j.From) + " is the same as " + v.Base.Short(j.Node)
	cells[0] = graph.Cell{Value: quad.String("join"), Text: "join"}
	cells[2] = graph.Cell{Value: quad.String(says), Text: says}
	var err error
	if cells[3], err = v.DescribeFor(ctx, j.Annotator, []quad.IRI{j.Source}); err != nil {
		return nil, err
	}
	cells[7], err = v.DescribeFor(ctx, j.Source, []quad.IRI{j.Source})
	return cells, err
}

func claimCells(ctx context.Context, v *graph.View, c *graph.Claim, witness, passage string) ([]graph.Cell, error) {
	text := func(s string) graph.Cell {
		if s == "" {
			return graph.Cell{}
		}
		return graph.Cell{Value: quad.String(s), Text: s}
	}
	number := func(n int) graph.Cell {
		if c.Paragraph == 0 {
			return graph.Cell{}
		}
		return graph.Cell{Value: quad.Int(n), Text: strconv.Itoa(n)}
	}
	speaker, stance := graph.Cell{}, string(c.Stance)
	var err error
	if c.Speaker != "" {
		if speaker, err = v.Describe(ctx, c.Speaker); err != nil {
			return nil, err
		}
	} else {
		var from []string
		for _, iri := range c.DerivedFrom {
			from = append(from, v.Base.Short(iri))
		}
		stance = "derived from " + strings.Join(from, ", ")
	}
	if c.Retracted != nil {
		stance = "retracted: " + c.Retracted.Because() + "; " + stance
	}
	var via []string
	for _, step := range c.Via {
		cell, err := v.Describe(ctx, step)
		if err != nil {
			return nil, err
		}
		via = append(via, cell.Text)
	}
	source, err := v.Describe(ctx, c.Source)
	if err != nil {
		return nil, err
	}
	date, err := v.Issued(ctx, c.Source)
	if err != nil {
		return nil, err
	}
	paragraph := number(c.Paragraph)
	if len(c.Columns) > 0 || c.Page > 0 {
		paragraph = text(c.ParagraphText())
	}
	return []graph.Cell{
		text(witness), {Value: c.IRI, Text: v.Base.Short(c.IRI)}, text(c.Says), speaker, text(strings.Join(via, ", ")), text(stance), text(c.Hedge),
		source, date, paragraph, number(c.Start), number(c.End), text(passage), text(string(c.See)), text(c.Note),
	}, nil
}
