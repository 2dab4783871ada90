package store_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"kg/graph/internal/store"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// The quads of a walk along a node, resumed after any of them, and their number, are
// those of a set of quads; in a snapshot, in a memtable, in both, and where labels are
// hidden.
func TestAlong(t *testing.T) {
	t.Parallel()
	seeds := uint64(8)
	if testing.Short() {
		seeds = 3
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 7))
		qs, all := newStore(t), newModel(t)
		labels := []quad.Value{values[r.IntN(4)]}
		hidden, err := qs.Hide(labels, nil)
		if err != nil {
			t.Fatal(err)
		}
		for range 4 {
			for range 30 {
				list := randomDeltas(r)
				o := graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}
				if err := errors.Join(qs.ApplyDeltas(list, o), all.Apply(list, o)); err != nil {
					t.Fatal(err)
				}
			}
			if r.IntN(2) == 0 {
				if err := qs.Compact(context.Background()); err != nil {
					t.Fatal(err)
				}
			}
			for _, node := range values[:8] {
				for _, d := range []quad.Direction{quad.Subject, quad.Object} {
					all.along(qs, node, d, r)
					all.without(labels, nil).along(hidden, node, d, r)
				}
			}
		}
	}
}

// along compares the walks along a node with the model.
func (m *model) along(qs *store.QuadStore, node quad.Value, d quad.Direction, r *rand.Rand) {
	m.T.Helper()
	want := map[quad.Value][]string{}
	for key, q := range m.Quads {
		if q.Get(d) == node {
			want[q.Predicate] = append(want[q.Predicate], key)
		}
	}
	relations, err := qs.Relations(context.Background(), node, d)
	if err != nil || len(relations) != len(want) {
		m.T.Fatalf("%v at %v: got %v, %v; want those of %v", node, d, relations, err, want)
	}
	for _, rel := range relations {
		quads := m.walk(qs, node, d, rel.Predicate, quad.Quad{})
		slices.Sort(want[rel.Predicate])
		if got := spelled(m.T, quads); rel.Count != len(got) || !slices.Equal(got, want[rel.Predicate]) {
			m.T.Fatalf("%v at %v, %v: got %d, %v\nwant %v", node, d, rel.Predicate, rel.Count, got, want[rel.Predicate])
		}
		i := r.IntN(len(quads))
		if rest := m.walk(qs, node, d, rel.Predicate, quads[i]); !slices.Equal(rest, quads[i+1:]) {
			m.T.Fatalf("behind %v: got %v\nwant %v", quads[i], rest, quads[i+1:])
		}
		gone := quads[i] // what is behind a quad that is not there, as it was
		gone.Label = quad.IRI("a:none")
		if rest := m.walk(qs, node, d, rel.Predicate, gone); len(rest) > len(quads)-slices.IndexFunc(quads, func(q quad.Quad) bool { return q.Get(other(d)) == gone.Get(other(d)) }) {
			m.T.Fatalf("behind %v: got %v\nof %v", gone, rest, quads)
		}
	}
}

func other(d quad.Direction) quad.Direction {
	if d == quad.Subject {
		return quad.Object
	}
	return quad.Subject
}

func (m *model) walk(qs *store.QuadStore, node quad.Value, d quad.Direction, predicate quad.Value, after quad.Quad) (list []quad.Quad) {
	for ref, err := range qs.Along(context.Background(), node, d, predicate, after) {
		if err != nil {
			m.T.Fatal(err)
		}
		q, err := qs.Quad(ref)
		if err != nil {
			m.T.Fatal(err)
		}
		list = append(list, q)
	}
	return list
}

func spelled(t testing.TB, quads []quad.Quad) (list []string) {
	for _, q := range quads {
		list = append(list, spell(t, q))
	}
	slices.Sort(list)
	return list
}
