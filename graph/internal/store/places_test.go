package store

import (
	"math/rand/v2"
	"testing"

	"kg/graph/internal/store/term"
)

// TestPlaces: no change is overlooked by any version since it was made, and
// most terms without a change are known to have none.
func TestPlaces(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	o := newOverlay(nil)
	if o.touches(term.Subject, 1) {
		t.Error("a new overlay has changes")
	}
	versions, quads := []*overlay{}, []term.Quad{}
	for range 1000 {
		o = o.edit()
		var q term.Quad
		for i := range q {
			q[i] = term.ID(1 + r.Uint32N(1<<20))
		}
		if r.IntN(3) == 0 {
			q[term.Label] = term.None
		}
		o.touch(q)
		versions, quads = append(versions, o), append(quads, q)
	}
	for i, q := range quads {
		for place, id := range q {
			if id != term.None && !(versions[i].touches(place, id) && o.touches(place, id) && o.touches(anyPlace, id)) {
				t.Fatalf("change %v is overlooked at place %d", q, place)
			}
		}
	}
	wrong := 0
	const asked = 100_000
	for range asked {
		if o.touches(r.IntN(4), term.ID(1+r.Uint32N(1<<20))) {
			wrong++
		}
	}
	if wrong > asked/50 {
		t.Errorf("%d of %d terms may have changes", wrong, asked)
	}
}
