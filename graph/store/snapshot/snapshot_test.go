package snapshot

import (
	"math/rand/v2"
	"testing"

	"kg/graph/store/term"
)

// Against the oracle, with batches and sorters so small that all is merged
// from many runs.
func TestOracle(t *testing.T) {
	for seed := range uint64(150) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		quads := randomQuads(rnd, 1+rnd.IntN(1<<rnd.IntN(12)))
		budget := int64(32 << 20)
		if seed%2 == 0 {
			budget = 1
		}
		newOracle(quads).compareAll(t, open(t, build(t, budget, quads)), rnd, 100)
	}
}

func TestEmpty(t *testing.T) {
	r := open(t, build(t, 1<<20, nil))
	newOracle(nil).compareAll(t, r, rand.New(rand.NewPCG(1, 1)), 200)
	if _, ok := r.Find([]byte("x")); ok {
		t.Error("an empty snapshot has a term")
	}
	if r.Contains(term.Quad{1, 1, 1}) || r.Contains(term.Quad{}) {
		t.Error("an empty snapshot has a quad")
	}
}
