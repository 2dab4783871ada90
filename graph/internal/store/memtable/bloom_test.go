package memtable

import (
	"math/rand/v2"
	"testing"

	"kg/graph/internal/store/term"
)

// TestBloom: no change is overlooked by any version since it was made, and
// most terms without a change are known to have none.
func TestBloom(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	table := New(nil)
	if table.Touches(term.Subject, 1) {
		t.Error("a new table has changes")
	}
	versions, quads := []*Table{}, []term.Quad{}
	for range 1000 {
		table = table.Edit()
		var q term.Quad
		for i := range q {
			q[i] = term.ID(1 + r.Uint32N(1<<20))
		}
		if r.IntN(3) == 0 {
			q[term.Label] = term.None
		}
		table.touch(q)
		versions, quads = append(versions, table), append(quads, q)
	}
	for i, q := range quads {
		for position, id := range q {
			if id != term.None && !(versions[i].Touches(position, id) && table.Touches(position, id) && table.Touches(anyPosition, id)) {
				t.Fatalf("change %v is overlooked in position %d", q, position)
			}
		}
	}
	wrong := 0
	const asked = 100_000
	for range asked {
		if table.Touches(r.IntN(4), term.ID(1+r.Uint32N(1<<20))) {
			wrong++
		}
	}
	if wrong > asked/50 {
		t.Errorf("%d of %d terms may have changes", wrong, asked)
	}
}
