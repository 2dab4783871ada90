package store_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// TestHide compares a handle that hides labels with a model that never had
// their quads, while the store changes under it.
func TestHide(t *testing.T) {
	t.Parallel()
	seeds := uint64(8)
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 4))
		qs, all := newStore(t), newModel(t)
		all.patterns = 60 // it compares 120 times
		labels, prefixes := []quad.Value{values[r.IntN(6)], quad.BNode("x")}, []quad.Value(nil)
		if r.IntN(2) == 0 {
			prefixes = []quad.Value{quad.IRI("a:a/")}
		}
		hidden, err := qs.Hide(labels, prefixes)
		if err != nil {
			t.Fatal(err)
		}
		more, err := hidden.Hide([]quad.Value{quad.IRI("a:c")}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			for range 20 {
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
			shown := all.without(labels, prefixes)
			shown.compare(hidden)
			shown.without([]quad.Value{quad.IRI("a:c")}, nil).compare(more)
			all.compare(qs)
		}
	}
}

// without is the model less the quads under some labels.
func (m *model) without(labels, prefixes []quad.Value) *model {
	out := newModel(m.T)
	out.patterns = m.patterns
	for k, q := range m.Quads {
		hide := false
		for _, l := range labels {
			hide = hide || q.Label != nil && key(m.T, q.Label) == key(m.T, l)
		}
		for _, p := range prefixes {
			iri, ok := q.Label.(quad.IRI)
			hide = hide || ok && strings.HasPrefix(string(iri), string(p.(quad.IRI)))
		}
		if !hide {
			out.Quads[k] = q
		}
	}
	return out
}

// Many hidden labels are counted another way than few; an export leaves their
// quads out.
func TestHideMany(t *testing.T) {
	t.Parallel()
	qs, all := newStore(t), newModel(t)
	var labels []quad.Value
	r := rand.New(rand.NewPCG(1, 4))
	for i := range 300 {
		q := properQuad(r)
		q.Label = quad.IRI("a:l" + strings.Repeat("x", i%150))
		if i%3 > 0 {
			labels = append(labels, q.Label)
		}
		if err := errors.Join(qs.ApplyDeltas(add(q), graph.IgnoreOpts{IgnoreDup: true}),
			all.Apply(add(q), graph.IgnoreOpts{IgnoreDup: true})); err != nil {
			t.Fatal(err)
		}
	}
	hidden, err := qs.Hide(labels, nil)
	if err != nil {
		t.Fatal(err)
	}
	shown := all.without(labels, nil)
	for range 2 {
		shown.compare(hidden)
		var list []quad.Quad
		for _, q := range shown.Quads {
			list = append(list, q)
		}
		if got, want := exported(t, hidden), canonical(t, list); got != want {
			t.Errorf("exported\n%s\nwant\n%s", got, want)
		}
		if err := qs.Compact(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if err := hidden.ApplyDeltas(add(numbered(1)), graph.IgnoreOpts{}); !errors.Is(err, db.ErrReadOnly) {
		t.Error(err)
	}
	if _, err := hidden.NewQuadWriter(); !errors.Is(err, db.ErrReadOnly) {
		t.Error(err)
	}
	if _, err := hidden.Import(context.Background(), nil, bulk.Options{}); !errors.Is(err, db.ErrReadOnly) {
		t.Error(err)
	}
	if _, err := qs.Hide([]quad.Value{nil}, nil); err == nil {
		t.Error("hid the default graph")
	}
}
