package queries

import (
	"math/rand/v2"
	"testing"
)

// TestKeyTable holds the table of answers against a map.
func TestKeyTable(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 7))
	var table folds
	naive := map[string]*fold{}
	for range 20_000 {
		key := make([]byte, r.IntN(4))
		for i := range key {
			key[i] = byte(r.IntN(32))
		}
		f := table.get(key)
		if f != naive[string(key)] {
			t.Fatalf("key %q: found %p, want %p", key, f, naive[string(key)])
		} else if f == nil {
			f = table.more()
			f.key = table.texts.add(key)
			table.index(table.found-1, key)
			naive[string(key)] = f
		}
	}
	if table.byKey.n != len(naive) || len(naive) < 1000 {
		t.Errorf("%d keys, want %d", table.byKey.n, len(naive))
	}
}
