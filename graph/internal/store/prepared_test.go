package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/plan"
	"kg/internal/testsize"
)

// onward goes on by some random steps.
func onward(r *rand.Rand, p *path.Path) *path.Path {
	iris := []any{quad.IRI("a"), quad.IRI("b"), quad.IRI("p"), quad.IRI("q"), quad.IRI("none")}
	some := func() any { return iris[r.IntN(len(iris))] }
	for i := range 1 + r.IntN(4) {
		switch n := r.IntN(9); {
		case n < 2:
			p = p.Out(some())
		case n < 4:
			p = p.In(some())
		case n == 4:
			p = p.Both()
		case n == 5:
			p = p.Has(some())
		case n == 6:
			p = p.And(path.StartMorphism().In(some()))
		case n == 7:
			p = p.Filters(shape.Comparison{Op: iterator.CompareGTE, Val: quad.IRI("b")})
		case i == 0: // later, which start a node is reached from first is the plan's to choose
			p = p.Filters(plan.FollowRecursive(path.StartMorphism().Out(some()), -1))
		}
	}
	return p
}

// TestPreparedAsOthers: a prepared path has the rows of one that is made anew,
// however often it is asked and whatever is written in between.
func TestPreparedAsOthers(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	names := []quad.Value{quad.IRI("a"), quad.IRI("b"), quad.IRI("c"), quad.IRI("d"), quad.IRI("p"), quad.Int(7), quad.IRI("unknown")}
	rows := 0
	for i := range testsize.Of(30, 300) {
		qs := store.Scratch()
		seed := func() *rand.Rand { return rand.New(rand.NewPCG(uint64(i), 9)) }
		r := seed()
		prepared := qs.Prepare(onward(seed(), path.StartMorphism()))
		for range 3 {
			for range 12 {
				q := quad.Quad{Subject: names[r.IntN(4)], Predicate: quad.IRI([]string{"p", "q", "a"}[r.IntN(3)]), Object: names[r.IntN(6)]}
				if err := qs.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
					t.Fatal(err)
				}
			}
			for _, from := range names {
				var want, got []string
				if err := onward(seed(), path.StartPath(qs, from)).Iterate(ctx).EachValue(qs, func(v quad.Value) error {
					want = append(want, v.String())
					return nil
				}); err != nil {
					t.Fatal(err)
				}
				if err := prepared.Ask(ctx, from, func(ref graph.Ref) bool {
					v, err := qs.NameOf(ref)
					if err != nil {
						t.Fatal(err)
					}
					got = append(got, v.String())
					return true
				}); err != nil {
					t.Fatal(err)
				}
				slices.Sort(want)
				slices.Sort(got)
				if rows += len(got); fmt.Sprint(got) != fmt.Sprint(want) {
					t.Fatalf("graph %d from %v: %v, expected %v", i, from, got, want)
				}
			}
		}
		if err := errors.Join(prepared.Close(), qs.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if rows < 1000 {
		t.Errorf("only %d rows", rows)
	}
}

// TestPreparedEnds: f ends the rows, and a context that is done ends the question.
func TestPreparedEnds(t *testing.T) {
	t.Parallel()
	qs := store.Scratch()
	defer qs.Close()
	for i := range 50 {
		q := quad.Quad{Subject: quad.IRI("a"), Predicate: quad.IRI("p"), Object: quad.Int(i)}
		if err := qs.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
	}
	prepared, n := qs.Prepare(path.StartMorphism().Out(quad.IRI("p"))), 0
	if err := prepared.Ask(context.Background(), quad.IRI("a"), func(graph.Ref) bool { n++; return n < 5 }); err != nil || n != 5 {
		t.Error(n, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := prepared.Ask(ctx, quad.IRI("a"), func(graph.Ref) bool { return true }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
