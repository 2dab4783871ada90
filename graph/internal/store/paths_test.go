package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// TestPaths compares random paths on a store that is partly in a snapshot and
// partly beside it with the same paths on Cayley's memstore. Sets of results
// are compared: how often a node comes is not the same for all of Cayley's
// iterators.
func TestPaths(t *testing.T) {
	t.Parallel()
	seeds := uint64(10)
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 6))
		qs, mem := newStore(t), memstore.New()
		there := map[string]quad.Quad{}
		for i := range 120 {
			q := pathQuad(r)
			var list []graph.Delta
			if _, ok := there[spell(t, q)]; ok {
				list = del(q)
				delete(there, spell(t, q))
			} else {
				list = add(q)
				there[spell(t, q)] = q
			}
			mustApply(t, qs, list)
			if i == 70 {
				if err := qs.Compact(context.Background()); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, q := range there {
			mem.AddQuad(q)
		}
		for i := range 150 {
			build := randomPath(r, 1)
			got, want := results(t, build(path.StartPath(qs)), qs), results(t, build(path.StartPath(mem)), mem)
			if !slices.Equal(got, want) {
				t.Fatalf("seed %d, path %d: %v\ngot  %q\nwant %q", seed, i, build(path.StartPath(qs)).Shape(), got, want)
			}
		}
	}
}

var pathNodes = []quad.Value{
	quad.IRI("a:1"), quad.IRI("a:2"), quad.IRI("a:3"), quad.IRI("a:4"), quad.IRI("a:5"), quad.IRI("a:6"),
	quad.Int(1), quad.Int(5), quad.Int(30), quad.String("1"), quad.String("b"), quad.BNode("x"),
}

func pathQuad(r *rand.Rand) quad.Quad {
	q := quad.Quad{Subject: pathNodes[r.IntN(6)], Predicate: pathNodes[3+r.IntN(3)], Object: pathNodes[r.IntN(len(pathNodes))]}
	if r.IntN(3) > 0 {
		q.Label = pathNodes[r.IntN(3)]
	}
	return q
}

// randomPath gives a way to go on from a path, the same for every store.
func randomPath(r *rand.Rand, depth int) func(*path.Path) *path.Path {
	node := func() quad.Value { return pathNodes[r.IntN(len(pathNodes))] }
	via := func() []any {
		var list []any
		for range r.IntN(3) {
			list = append(list, pathNodes[3+r.IntN(3)])
		}
		return list
	}
	var steps []func(*path.Path) *path.Path
	for range 1 + r.IntN(4) {
		n, v := node(), via()
		op := []iterator.Operator{iterator.CompareLT, iterator.CompareLTE, iterator.CompareGT, iterator.CompareGTE}[r.IntN(4)]
		kind := r.IntN(11)
		if depth == 0 {
			kind = r.IntN(8)
		}
		var sub func(*path.Path) *path.Path
		if kind >= 8 {
			sub = randomPath(r, depth-1)
		}
		steps = append(steps, func(p *path.Path) *path.Path {
			switch kind {
			case 0, 1:
				return p.Out(v...)
			case 2, 3:
				return p.In(v...)
			case 4:
				return p.Both(v...)
			case 5:
				return p.Has(pathNodes[4], n)
			case 6:
				return p.Is(n, pathNodes[1], pathNodes[2])
			case 7:
				return p.Filters(shape.Comparison{Op: op, Val: n})
			case 8:
				return p.And(sub(path.StartMorphism()))
			case 9:
				return p.Or(sub(path.StartMorphism()))
			}
			return p.Except(sub(path.StartMorphism()))
		})
	}
	return func(p *path.Path) *path.Path {
		for _, step := range steps {
			p = step(p).Unique() // or there are too many ways
		}
		return p
	}
}

// results are the values of a path, each once.
func results(t *testing.T, p *path.Path, qs graph.QuadStore) []string {
	t.Helper()
	list := []string{}
	err := p.Iterate(context.Background()).EachValue(qs, func(v quad.Value) error {
		list = append(list, fmt.Sprintf("%T %v", v, v))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
