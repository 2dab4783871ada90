package answers

import (
	"math/rand/v2"
	"testing"
)

// TestKeyTable compares the table of groups with a map.
func TestKeyTable(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 7))
	var gs groups
	naive := map[string]*group{}
	for range 20_000 {
		key := make([]byte, r.IntN(4))
		for i := range key {
			key[i] = byte(r.IntN(32))
		}
		g := gs.get(key)
		if g != naive[string(key)] {
			t.Fatalf("key %q: found %p, want %p", key, g, naive[string(key)])
		} else if g == nil {
			g = gs.alloc()
			g.key = gs.texts.add(key)
			gs.index(gs.n-1, key)
			naive[string(key)] = g
		}
	}
	if gs.table.n != len(naive) || len(naive) < 1000 {
		t.Errorf("%d keys, want %d", gs.table.n, len(naive))
	}
}
