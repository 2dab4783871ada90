package snapshot

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"kg/graph/internal/store/term"
	"kg/internal/testsize"
)

// Against the oracle, with batches and sorters so small that all is merged
// from many runs.
func TestOracle(t *testing.T) {
	for seed := range testsize.Of[uint64](12, 60) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		quads := randomQuads(rnd, 1+rnd.IntN(1<<rnd.IntN(12)))
		budget := int64(32 << 20)
		if seed%2 == 0 {
			budget = 1
		}
		r := open(t, build(t, budget, quads))
		if seed%3 == 0 { // as if rows were too wide for one load
			r.bySubject.narrow, r.byObject.narrow = false, false
		}
		newOracle(quads).compareAll(t, r, rnd, 100)
	}
}

// Each quad under its own label, and of its own predicate: tables too long to
// be kept in memory.
func TestManyLabels(t *testing.T) {
	if testing.Short() {
		t.Skip("a large file")
	}
	rnd := rand.New(rand.NewPCG(1, 8))
	var quads []quadKeys
	for i := range knownIDs + 1000 {
		quads = append(quads, quadKeys{fmt.Sprint("s", i/3), fmt.Sprint("p", i), fmt.Sprint("o", i%50), fmt.Sprint("l", i)})
	}
	newOracle(quads).compareAll(t, open(t, build(t, 1<<20, quads)), rnd, 100)
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
