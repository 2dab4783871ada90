package queries

import (
	"math/rand/v2"
	"testing"
)

// TestKeyTable holds the table of answers against a map.
func TestKeyTable(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 7))
	var table keyTable
	naive := map[string]*fold{}
	for range 20_000 {
		key := make([]byte, r.IntN(4))
		for i := range key {
			key[i] = byte(r.IntN(32))
		}
		if got := table.get(key); got != naive[string(key)] {
			t.Fatalf("key %q: found %p, want %p", key, got, naive[string(key)])
		} else if got == nil {
			f := &fold{key: key}
			table.put(f)
			naive[string(key)] = f
		}
	}
	if table.n != len(naive) || len(naive) < 1000 {
		t.Errorf("%d keys, want %d", table.n, len(naive))
	}
}
