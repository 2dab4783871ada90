package queries

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// sortRows puts rows in order, unless the context ends meanwhile.
func sortRows(ctx context.Context, rows []Row) error {
	slices.SortStableFunc(rows, func(a, b Row) int {
		if ctx.Err() != nil {
			return 0 // the rest of the sort takes a moment
		}
		return compareRows(a, b)
	})
	return ctx.Err()
}

// compareRows orders rows by their cells, from left to right.
func compareRows(a, b Row) int {
	for i := range a.Cells {
		if d := CompareCells(a.Cells[i], b.Cells[i]); d != 0 {
			return d
		}
	}
	return 0
}

// CompareCells orders by figure where both have one - a number, the first day
// of a date - and by what people read otherwise. Nothing comes last.
func CompareCells(a, b graph.Cell) int {
	switch {
	case a.Value == nil && b.Value != nil:
		return 1
	case a.Value != nil && b.Value == nil:
		return -1
	}
	x, xok := figure(a)
	y, yok := figure(b)
	if xok && yok {
		if d := cmp.Compare(x, y); d != 0 {
			return d
		}
	}
	return cmp.Or(strings.Compare(firstDay(a), firstDay(b)), strings.Compare(a.Text, b.Text))
}

// figure is the number of a literal or a quantity; of a range, its lower end.
func figure(c graph.Cell) (float64, bool) {
	for _, value := range []quad.Value{c.Value, part(c, schema.Value), part(c, schema.MinValue), part(c, schema.MaxValue)} {
		switch t := value.(type) {
		case quad.Int:
			return float64(t), true
		case quad.Float:
			return float64(t), true
		}
	}
	return 0, false
}

// firstDay is the earliest day of a date, or the latest where it is open.
func firstDay(c graph.Cell) string {
	return cmp.Or(graph.Text(part(c, schema.Earliest)), graph.Text(part(c, schema.Latest)))
}

func part(c graph.Cell, predicate quad.IRI) quad.Value {
	return c.Parts[graph.LastPart(predicate)]
}
