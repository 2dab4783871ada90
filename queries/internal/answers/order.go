package answers

import (
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// sortRows sorts rows, unless the context ends meanwhile.
func sortRows(ctx context.Context, rows []Row) error {
	slices.SortStableFunc(rows, func(a, b Row) int {
		if ctx.Err() != nil {
			return 0 // the rest of the sort takes a moment
		}
		return compareRows(a, b)
	})
	return ctx.Err()
}

// compareRows orders rows by their cells, from left to right, and then by their terms.
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

// compareTerms orders terms as they are written. It makes the order of rows that people
// read alike the same from every store.
func compareTerms(a, b quad.Value) int {
	if a == b {
		return 0
	}
	return strings.Compare(quad.StringOf(a), quad.StringOf(b))
}
