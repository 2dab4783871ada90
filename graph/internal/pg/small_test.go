package pg_test

import (
	"bytes"
	"testing"

	"kg/graph/internal/pg"
	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
)

// TestSmallGraphIsReadAtOnce holds that a small graph is there before the first run, and
// a graph that is not small is not; and that it takes two trips: the counts, and the graph.
func TestSmallGraphIsReadAtOnce(t *testing.T) {
	writer, address := open(t, pg.Options{Write: true})
	added, err := writer.Import(t.Context(), text("a", lines(0, 500)), bulk.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := exported(t, writer.Store())
	defer func(was int64) { pg.Small = was }(pg.Small)
	for _, c := range []struct {
		small  int64
		rounds bool
	}{{int64(added.Added), false}, {int64(added.Added) - 1, true}} {
		pg.Small = c.small
		s := session(t, address, pg.Options{Ask: true})
		got := answer(t, s, func(qs *store.QuadStore) (string, error) {
			var out bytes.Buffer
			_, err := qs.Export(t.Context(), &out, nil)
			return out.String(), err
		})
		if !c.rounds && (s.Statements != 4 || s.Trips() != 2) {
			t.Errorf("a small graph was read by %d statements in %d trips, want 4 in 2", s.Statements, s.Trips())
		}
		if got != want || !s.Whole() || s.Rounds > 0 != c.rounds {
			t.Errorf("small is %d quads: got %d bytes, want %d; whole: %t, %d rounds", c.small, len(got), len(want), s.Whole(), s.Rounds)
		}
	}
}
