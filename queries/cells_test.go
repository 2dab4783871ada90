package queries_test

import (
	"slices"
	"testing"

	"kg/queries"
)

// TestCellsInOrder: the cells that somebody is sure of are named in the order of the
// columns, and not in one that differs from run to run.
func TestCellsInOrder(t *testing.T) {
	t.Parallel()
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range set.Names() {
		v, whole := views(t, "donga-2008-04-04.yaml")
		q := set[name]
		if q.Denied {
			v = whole
		}
		params, err := q.Bind(t.Context(), v, nil) // the defaults
		if err != nil {
			t.Fatal(name, err)
		}
		res, err := q.Run(t.Context(), v, params)
		if err != nil {
			t.Fatal(name, err)
		}
		for _, row := range res.Rows {
			for _, s := range row.Evidence.Sureness {
				if !slices.IsSortedFunc(s.Cells, func(a, b string) int { return slices.Index(res.Columns, a) - slices.Index(res.Columns, b) }) {
					t.Errorf("%s: cells in the order %q of columns %q", name, s.Cells, res.Columns)
				}
			}
		}
	}
}
