package evidence

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/testsize"
	"kg/schema"
)

// naiveWitnesses are the ways that an answer keeps, each as its edges once for each
// label, by comparing every way with every other; and whether there were more.
func naiveWitnesses(ways [][]quad.Quad, most int) (list [][]quad.Quad, more bool) {
	var kept [][]quad.Quad // without labels
	bare := func(q quad.Quad) quad.Quad { q.Label = nil; return q }
	within := func(a, b []quad.Quad) bool {
		return !slices.ContainsFunc(a, func(q quad.Quad) bool { return !slices.Contains(b, q) })
	}
	for _, way := range ways {
		var w []quad.Quad
		for _, q := range way {
			if q.Label != schema.OntologyIRI && !slices.Contains(w, bare(q)) {
				w = append(w, bare(q))
			}
		}
		if slices.ContainsFunc(kept, func(have []quad.Quad) bool { return within(have, w) }) {
			continue
		}
		kept = slices.DeleteFunc(kept, func(have []quad.Quad) bool { return within(w, have) })
		if len(kept) == most {
			more = true
			continue
		}
		kept = append(kept, w)
	}
	for _, w := range kept {
		var labelled []quad.Quad
		for _, edge := range w {
			for _, way := range ways { // of those that are not kept, too
				for _, q := range way {
					if q.Label != schema.OntologyIRI && bare(q) == edge && !slices.Contains(labelled, q) {
						labelled = append(labelled, q)
					}
				}
			}
		}
		list = append(list, labelled)
	}
	return list, more
}

// TestWitnessesAgainstNaive: the ways that an answer keeps are those that contain no
// other, up to a bound, whatever ways come in whatever order.
func TestWitnessesAgainstNaive(t *testing.T) {
	t.Parallel()
	const most = 64
	answers := testsize.Of(20, 400)
	r := rand.New(rand.NewPCG(1, 2))
	full, dropped, empty, often := 0, 0, 0, 0
	for range answers {
		edges, least := 2+r.IntN(40), 1+r.IntN(3)      // with few, ways are often alike
		claims := 8 + r.IntN(2)*100                    // that state them
		ontology := quad.IRI("https://kg.example/c/0") // of a third, the ontology's own
		if r.IntN(3) == 0 {
			ontology = schema.OntologyIRI
		}
		var ways [][]quad.Quad
		for range r.IntN(200) {
			var way []quad.Quad
			for range least + r.IntN(3) {
				label := ontology
				if n := r.IntN(claims); n > 0 {
					label = quad.IRI(fmt.Sprintf("https://kg.example/c/%d", n))
				}
				n := r.IntN(edges)
				way = append(way, quad.Quad{Subject: quad.IRI(fmt.Sprint(n)), Predicate: quad.IRI("p"), Object: quad.Int(n % 3), Label: label})
			}
			ways = append(ways, way)
		}
		a := answer(ways...)
		got, more := waysOf(a), a.MoreWays
		want, wantMore := naiveWitnesses(ways, most)
		if more != wantMore || !slices.EqualFunc(got, want, slices.Equal) {
			t.Fatalf("of ways %v:\ngot  %v, more: %v\nwant %v, more: %v", ways, got, more, want, wantMore)
		}
		full += map[bool]int{true: 1}[more]
		dropped += map[bool]int{true: 1}[len(got) < len(ways)]
		often += map[bool]int{true: 1}[slices.ContainsFunc(got, func(way []quad.Quad) bool { return len(way) > 32 })]
		empty += map[bool]int{true: 1}[slices.ContainsFunc(got, func(way []quad.Quad) bool { return len(way) == 0 })]
	}
	if full < answers/20 || dropped < answers/4 || empty < answers/20 || often < answers/20 {
		t.Errorf("of %d answers %d had more ways than are kept, %d ways that contain others, %d a way without edges, %d edges of many claims", answers, full, dropped, empty, often)
	}
}

// waysOf returns the minimal ways of an answer in the order of a.minimal, each as its edges
// once for each label.
func waysOf(a *Answer) (list [][]quad.Quad) {
	for _, w := range a.minimal {
		var way []quad.Quad
		for _, e := range w {
			for _, label := range e.labels {
				way = append(way, quad.Quad{Subject: e.s, Predicate: e.p, Object: e.o, Label: label})
			}
		}
		list = append(list, way)
	}
	return list
}

// answer makes an answer of ways.
func answer(ways ...[]quad.Quad) *Answer {
	a := &Answer{}
	for _, way := range ways {
		a.Add(way)
	}
	return a
}
