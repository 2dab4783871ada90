package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/storetest"
	"kg/graph/internal/store/term"
)

// model is a set of quads that is compared with a store in all that can be
// asked.
type model struct {
	*storetest.SetModel
	cursor   plan.Cursor // one for all, as plans use theirs again and again
	patterns int         // that a comparison asks for
}

func newModel(t testing.TB) *model { return &model{SetModel: storetest.NewModel(t), patterns: 300} }

// randomDeltas has adds and removes of the same quads, so that some
// transactions fail and some come to nothing.
func randomDeltas(r *rand.Rand) (list []graph.Delta) {
	for range r.IntN(6) {
		d := graph.Delta{Quad: randomQuad(r), Action: graph.Add}
		if len(list) > 0 && r.IntN(3) == 0 {
			d.Quad = list[r.IntN(len(list))].Quad
		}
		if r.IntN(3) == 0 {
			d.Action = graph.Delete
		}
		list = append(list, d)
	}
	return list
}

// TestModel does random things to a store and to the model, and compares all
// that can be asked.
func TestModel(t *testing.T) {
	t.Parallel()
	seeds := uint64(12)
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 1))
			path := newPath(t)
			l := db.Usual
			l.Short = int64(seed%2) << 10 // import by half, or commit
			l.Bulk, l.Part = int(seed%3), 1<<20
			reopen := func() *store.QuadStore {
				qs, err := storetest.Open(path, db.Options{Create: true, Limits: &l})
				if err != nil {
					t.Fatal(err)
				}
				return qs.QuadStore
			}
			qs, m := reopen(), newModel(t)
			old := map[string]graph.Ref{}
			for range 60 {
				switch n := r.IntN(20); {
				case n == 0:
					if err := qs.Close(); err != nil {
						t.Fatal(err)
					}
					qs = reopen()
					clear(old)
				case n <= 2:
					if err := qs.Compact(context.Background()); err != nil {
						t.Fatal(err)
					}
				case n == 3:
					q := []quad.Quad{properQuad(r), properQuad(r)}
					mustImport(t, qs, bulk.Options{}, text("x.nq", canonical(t, q)))
					if err := m.Apply(add(q...), graph.IgnoreOpts{IgnoreDup: true}); err != nil {
						t.Fatal(err)
					}
				default:
					list, o := randomDeltas(r), graph.IgnoreOpts{IgnoreDup: r.IntN(2) == 0, IgnoreMissing: r.IntN(2) == 0}
					got, want := qs.ApplyDeltas(list, o), m.Apply(list, o)
					if delta, ok := got.(*graph.DeltaError); (want != nil) != (got != nil) || want != nil && (!ok || delta.Err != want) {
						t.Fatalf("%v: got %v, want %v", list, got, want)
					}
				}
				m.remember(qs, old)
			}
			verify(t, qs)
			m.compare(qs)
			m.oldRefs(qs, old)
			if err := qs.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// remember looks a value up, to be asked for later.
func (m *model) remember(qs *store.QuadStore, old map[string]graph.Ref) {
	for _, v := range values[:4] {
		ref, err := qs.ValueOf(v)
		if err != nil {
			m.T.Fatal(err)
		}
		if ref != nil && old[v.String()] == nil {
			old[v.String()] = ref
		}
	}
}

// oldRefs checks that refs mean what they meant when they were looked up, or
// are refused.
func (m *model) oldRefs(qs *store.QuadStore, old map[string]graph.Ref) {
	m.T.Helper()
	for name, ref := range old {
		v, err := qs.NameOf(ref)
		if err == nil && v.String() != name {
			m.T.Fatalf("the ref of %s is now that of %v", name, v)
		}
	}
}

// compare asks for everything there is.
func (m *model) compare(qs *store.QuadStore) {
	m.T.Helper()
	if got, want := contents(m.T, qs), m.List(); !slices.Equal(got, want) {
		m.T.Fatalf("got %d quads %q\nwant %d %q", len(got), got, len(want), want)
	}
	nodes := m.nodes()
	m.compareNodes(qs, nodes)
	v, err := qs.View()
	if err != nil {
		m.T.Fatal(err)
	}
	r := rand.New(rand.NewPCG(uint64(len(m.Quads)), 2))
	for range m.patterns {
		m.comparePattern(v, randomPattern(r, v))
	}
	for _, op := range []iterator.Operator{iterator.CompareLT, iterator.CompareLTE, iterator.CompareGT, iterator.CompareGTE} {
		for _, value := range values {
			m.compareRanges(v, op, value)
		}
	}
}

func (m *model) nodes() map[string]quad.Value {
	nodes := map[string]quad.Value{}
	for _, q := range m.Quads {
		for _, d := range quad.Directions {
			if v := q.Get(d); v != nil {
				nodes[key(m.T, v)] = v
			}
		}
	}
	return nodes
}

func key(t testing.TB, v quad.Value) string {
	b, err := term.Append(nil, v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func (m *model) compareNodes(qs *store.QuadStore, nodes map[string]quad.Value) {
	m.T.Helper()
	ctx := context.Background()
	st, err := qs.Stats(ctx, true)
	if err != nil || st.Quads.Value != int64(len(m.Quads)) || st.Nodes.Value != int64(len(nodes)) || !st.Quads.Exact || !st.Nodes.Exact {
		m.T.Fatalf("stats %+v, %v, want %d quads and %d nodes", st, err, len(m.Quads), len(nodes))
	}
	it := qs.NodesAllIterator().Iterate()
	found := 0
	for ; it.Next(ctx); found++ {
		v, err := qs.NameOf(it.Result())
		if err != nil || nodes[key(m.T, v)] != v {
			m.T.Fatalf("node %v, %v", v, err)
		}
	}
	if found != len(nodes) || it.Err() != nil {
		m.T.Fatalf("found %d nodes of %d, %v", found, len(nodes), it.Err())
	}
	for _, v := range values {
		ref, err := qs.ValueOf(v)
		if _, there := nodes[key(m.T, v)]; err != nil || there != (ref != nil) {
			m.T.Fatalf("%v is a node: %v, found: %v, %v", v, there, ref, err)
		}
	}
}

// randomPattern fixes some terms of the store, and ones that are not in it.
func randomPattern(r *rand.Rand, v *store.View) (p term.Pattern) {
	last := int(v.Last())
	for i := range p.Quad {
		if r.IntN(5) < 2 {
			p.Quad[i] = term.ID(r.IntN(last+2) + 1)
		}
	}
	if p.Quad[term.Object] == term.None && r.IntN(3) == 0 {
		p.ObjectFrom = term.ID(r.IntN(last + 2))
		p.ObjectTo = p.ObjectFrom + term.ID(r.IntN(last+2)) + 1
	}
	return p
}

// comparePattern checks what a view gives against a walk through all quads,
// and that it comes in the order that is promised.
func (m *model) comparePattern(v *store.View, p term.Pattern) {
	m.T.Helper()
	want := map[term.Quad]bool{}
	v.Each(term.Pattern{}, func(q term.Quad) {
		if p.Matches(q) {
			want[q] = true
		}
	})
	if got := v.Count(p); got != uint64(len(want)) {
		m.T.Fatalf("pattern %v: counted %d of %d", p, got, len(want))
	}
	m.compareEnds(v, p, want)
	var last term.Quad
	c := &m.cursor
	c.Begin(p)
	var quads [3]term.Quad
	for n := v.Quads(c, quads[:]); n > 0; n = v.Quads(c, quads[:]) {
		for _, q := range quads[:n] {
			if !want[q] || !v.Contains(q) {
				m.T.Fatalf("pattern %v: got %v", p, q)
			}
			if !ascends(p, last, q) {
				m.T.Fatalf("pattern %v: %v comes after %v", p, q, last)
			}
			last = q
			delete(want, q)
		}
	}
	if len(want) > 0 {
		m.T.Fatalf("pattern %v: missing %v", p, want)
	}
}

// ascends reports whether a quad may come after another, by what plan.Cursor
// promises: subjects ascend under a predicate and an object, objects under a
// subject and a predicate.
func ascends(p term.Pattern, last, q term.Quad) bool {
	switch s, o := p.Quad[term.Subject] != term.None, p.Quad[term.Object] != term.None; {
	case p.Quad[term.Predicate] == term.None:
		return true
	case o && !s:
		return last[term.Subject] <= q[term.Subject]
	case s && !o:
		return last[term.Object] <= q[term.Object]
	}
	return true
}

// compareEnds checks the terms at each position of the quads of a pattern.
func (m *model) compareEnds(v *store.View, p term.Pattern, quads map[term.Quad]bool) {
	m.T.Helper()
	for position := range 4 {
		var got, want []term.ID
		for q := range quads {
			want = append(want, q[position])
		}
		for _, size := range []int{1, 3, 100} {
			got = got[:0]
			ids := make([]term.ID, size, size+5)
			m.cursor.Begin(p)
			for !m.cursor.Done {
				n := v.Ends(&m.cursor, position, ids)
				if n == 0 {
					break
				}
				got = append(got, ids[:n]...)
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				m.T.Fatalf("pattern %v, position %d, %d at a time: got %v, want %v", p, position, size, got, want)
			}
		}
	}
}

// compareRanges checks a comparison against Cayley's own, term by term, where
// Cayley has one.
func (m *model) compareRanges(v *store.View, op iterator.Operator, value quad.Value) {
	m.T.Helper()
	ranges, err := v.Ranges(op, value)
	if err != nil {
		m.T.Fatal(err)
	}
	keys, err := term.Ranges(op, value)
	if err != nil {
		m.T.Fatal(err)
	}
	for id := term.ID(1); id <= v.Last(); id++ {
		key := v.AppendKey(nil, id)
		want := slices.ContainsFunc(keys, func(r term.KeyRange) bool { return r.Contains(key) })
		if got := store.Within(ranges, id); got != want {
			m.T.Fatalf("%v %v: term %q is in it: %v, want %v", op, value, key, got, want)
		}
	}
	for i := 1; i < len(ranges); i++ {
		if ranges[i-1].To >= ranges[i].From {
			m.T.Fatalf("%v %v: ranges %v", op, value, ranges)
		}
	}
}
