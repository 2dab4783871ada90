package graph_test

import (
	"context"
	"maps"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/testsize"
)

// What Each gives for a pattern are those of all quads that match it, in a store of
// ours with denied edges hidden and without; a walk within a walk changes neither.
func TestEachAgainstAll(t *testing.T) {
	t.Parallel()
	ctx, store := context.Background(), scratch(t, ferry)
	most := testsize.Of(3, 40)
	for _, v := range []*graph.View{store.View(base), whole(store)} {
		all := map[quad.Quad]bool{}
		for q, err := range v.Each(ctx, quad.Quad{}) {
			if err != nil || all[q] {
				t.Fatalf("%v: twice, or %v", q, err)
			}
			all[q] = true
		}
		tried := 0
		for q := range all {
			if tried++; tried > most {
				break
			}
			for subset := range 1 << 4 {
				checkEach(t, v, pattern(q, subset), all)
			}
		}
		checkEach(t, v, quad.Quad{Subject: quad.IRI("https://ex.org/unknown")}, all)
	}
}

// pattern has some of the terms of a quad.
func pattern(q quad.Quad, subset int) (p quad.Quad) {
	for i, d := range quad.Directions {
		if subset>>i&1 == 1 {
			p.Set(d, q.Get(d))
		}
	}
	return p
}

func checkEach(t *testing.T, v *graph.View, p quad.Quad, all map[quad.Quad]bool) {
	t.Helper()
	got, want := map[quad.Quad]int{}, map[quad.Quad]int{}
	for q := range all {
		if (p.Subject == nil || p.Subject == q.Subject) && (p.Predicate == nil || p.Predicate == q.Predicate) &&
			(p.Object == nil || p.Object == q.Object) && (p.Label == nil || p.Label == q.Label) {
			want[q]++
		}
	}
	for q, err := range v.Each(context.Background(), p) {
		if err != nil {
			t.Fatal(err)
		}
		got[q]++
		for range v.Each(context.Background(), quad.Quad{Subject: q.Object}) {
			break
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("%v: %v, want %v", p, got, want)
	}
}
