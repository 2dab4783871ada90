package session

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"testing"
)

// TestRowsAhead: the rows that a query finds ahead are those of Rows in their order, with
// the error it ends with, and it has ended when who ranges over them wants no more.
func TestRowsAhead(t *testing.T) {
	t.Parallel()
	qs := newStore(t, mesh(12))
	read := func(rows iter.Seq2[Row, error], most int) (list []string) {
		for row, err := range rows {
			ways, failed := row.Ways()
			if failed != nil {
				t.Fatal(failed)
			}
			x, failed := row.Value("x")
			if failed != nil {
				t.Fatal(failed)
			}
			if list = append(list, fmt.Sprint(x, ways, err)); len(list) == most {
				break
			}
		}
		return list
	}
	for _, text := range []string{
		`g.V().tag("x").both().both().all()`,
		`g.V().tag("x").getLimit(1); g.V().forEach(function (d) { g.V(d.id).both().both().tag("x").all() })`,
		`g.V().tag("x").both().both().all(); throw "enough"`,
		`g.V("<x:nobody>").all()`,
	} {
		run := func(unread bool) *PreparedQuery {
			return Run(t.Context(), qs, text, Options{Evidence: true, Unread: unread})
		}
		all := read(run(false).Rows(), 0)
		for _, most := range []int{0, 1, aheadRows, aheadRows + 1, 3 * aheadRows} {
			want := all
			if most > 0 {
				want = all[:min(most, len(all))]
			}
			for _, unread := range []bool{true, false} {
				asked := run(unread)
				if got := read(asked.RowsAhead(), most); !slices.Equal(got, want) {
					t.Errorf("%s: %d rows, want %d of %d\n%v\n%v", text, len(got), len(want), len(all), got, want)
				}
				asked.s.sent++ // the race detector tells if it has not ended
			}
		}
	}
}

// TestRowsAheadPanic has a panic of who ranges over the rows be that one's, once the query
// has ended.
func TestRowsAheadPanic(t *testing.T) {
	t.Parallel()
	asked := Run(t.Context(), newStore(t, mesh(12)), `g.V().both().both().both().all()`, Options{Unread: true})
	defer func() {
		if x := recover(); x != "mine" {
			t.Errorf("the panic is %v", x)
		}
		asked.s.sent++
	}()
	for range asked.RowsAhead() {
		panic("mine")
	}
}

// TestRowsAheadLeft leaves a query that would not end by itself, and gives no more rows.
func TestRowsAheadLeft(t *testing.T) {
	t.Parallel()
	text := fmt.Sprintf("g.V().both().both().getLimit(%d); while (true) {}", aheadRows)
	asked := Run(t.Context(), newStore(t, mesh(12)), text, Options{Unread: true})
	for range asked.RowsAhead() {
		break
	}
	asked.s.sent++
}

// TestRowsLeftWhenStopped leaves a query that something else has just stopped: nothing
// more is given to who left.
func TestRowsLeftWhenStopped(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	asked := Run(ctx, newStore(t, mesh(3)), `g.V().both().all()`, Options{})
	for range asked.Rows() {
		cancel()
		for !asked.s.Stop.Now() {
			runtime.Gosched()
		}
		break
	}
}
