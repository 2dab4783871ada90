package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
)

// TestNamed asks again and again for the values of more terms than are kept, of all
// sorts, from several goroutines: they are the values that were added, and refs are
// nodes, kept or not.
func TestNamed(t *testing.T) {
	qs := newStore(t)
	const nodes = 20_000
	object := func(i int) quad.Value {
		switch i % 4 {
		case 0:
			return quad.String(strings.Repeat("long ", i%120) + fmt.Sprint(i))
		case 1:
			return quad.Int(i)
		case 2:
			return quad.LangString{Value: quad.String(fmt.Sprint(i)), Lang: "en"}
		}
		return quad.TypedString{Value: quad.String(fmt.Sprint(i)), Type: "a:type"}
	}
	var deltas []graph.Delta
	for i := range nodes {
		deltas = append(deltas, graph.Delta{Action: graph.Add, Quad: quad.Quad{
			Subject: quad.IRI(fmt.Sprint("a:n/", i)), Predicate: quad.IRI("a:p"), Object: object(i)}})
	}
	mustApply(t, qs, deltas)
	var refs []graph.Ref
	var want []quad.Value
	for _, d := range deltas {
		for _, v := range []quad.Value{d.Quad.Subject, d.Quad.Object} {
			ref, err := qs.ValueOf(v)
			if err != nil {
				t.Fatal(err)
			}
			refs, want = append(refs, ref), append(want, v)
		}
	}
	var asking sync.WaitGroup
	for seed := range uint64(4) {
		asking.Go(func() {
			r := rand.New(rand.NewPCG(seed, 1))
			for range 50_000 {
				i := r.IntN(len(refs))
				for range r.IntN(4) {
					if got, err := qs.NameOf(refs[i]); err != nil || got != want[i] {
						t.Errorf("%v is named %v, %v, want %v", refs[i], got, err, want[i])
						return
					}
				}
			}
		})
	}
	asking.Wait()
	for range 3 {
		for _, i := range []int{1, 3} {
			if got, err := qs.NameOf(refs[i]); err != nil || got != want[i] {
				t.Errorf("%v is named %v, %v, want %v", refs[i], got, err, want[i])
			}
		}
	}
	found, err := path.StartPath(qs, want[0], want[2]).Out(quad.IRI("a:p")).Iterate(context.Background()).All()
	if err != nil || len(found) != 2 || found[0] != refs[1] || found[1] != refs[3] {
		t.Errorf("found %v, %v, want %v and %v", found, err, refs[1], refs[3])
	}
	if node, err := qs.NameOf(plan.TermRef{}); node != nil || err != nil {
		t.Errorf("no node is named %v, %v", node, err)
	}
}
