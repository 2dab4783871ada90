package queries

import (
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
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
		if d := a.Cells[i].Compare(b.Cells[i]); d != 0 {
			return d
		}
	}
	for i := range a.Cells {
		if d := compareTerms(a.Cells[i].Value, b.Cells[i].Value); d != 0 {
			return d
		}
	}
	return 0
}

// compareTerms orders terms of which people read the same, as they are written: rows
// that are read alike come in one order whatever store they are from.
func compareTerms(a, b quad.Value) int {
	if a == b {
		return 0
	}
	return strings.Compare(quad.StringOf(a), quad.StringOf(b))
}
