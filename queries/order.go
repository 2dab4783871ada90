package queries

import (
	"context"
	"slices"
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
	return 0
}
