package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// model is a store as simple as can be: a set of quads.
type model struct {
	t      testing.TB
	quads  map[string]quad.Quad
	cursor plan.Cursor // one for all, as plans use theirs again and again
}

func newModel(t testing.TB) *model { return &model{t: t, quads: map[string]quad.Quad{}} }

func (m *model) list() []string {
	list := []string{}
	for key := range m.quads {
		list = append(list, key)
	}
	slices.Sort(list)
	return list
}

// apply does what ApplyDeltas should, and tells whether it should fail.
func (m *model) apply(deltas []graph.Delta, o graph.IgnoreOpts) error {
	next := map[string]quad.Quad{}
	for key, q := range m.quads {
		next[key] = q
	}
	for _, d := range deltas {
		key := spell(m.t, d.Quad)
		_, there := next[key]
		switch {
		case d.Action == graph.Add && there && !o.IgnoreDup:
			return graph.ErrQuadExists
		case d.Action == graph.Delete && !there && !o.IgnoreMissing:
			return graph.ErrQuadNotExist
		case d.Action == graph.Add:
			next[key] = d.Quad
		default:
			delete(next, key)
		}
	}
	m.quads = next
	return nil
}

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
			l := usual
			l.short = int64(seed%2) << 10 // import by half, or commit
			reopen := func() *QuadStore {
				qs, err := open(path, Options{Create: true}, realDisk{}, l)
				if err != nil {
					t.Fatal(err)
				}
				return qs
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
					mustImport(t, qs, ImportOptions{}, text("x.nq", canonical(t, q)))
					if err := m.apply(add(q...), graph.IgnoreOpts{IgnoreDup: true}); err != nil {
						t.Fatal(err)
					}
				default:
					list, o := randomDeltas(r), graph.IgnoreOpts{IgnoreDup: r.IntN(2) == 0, IgnoreMissing: r.IntN(2) == 0}
					got, want := qs.ApplyDeltas(list, o), m.apply(list, o)
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
func (m *model) remember(qs *QuadStore, old map[string]graph.Ref) {
	for _, v := range values[:4] {
		ref, err := qs.ValueOf(v)
		if err != nil {
			m.t.Fatal(err)
		}
		if ref != nil && old[v.String()] == nil {
			old[v.String()] = ref
		}
	}
}

// oldRefs checks that refs mean what they meant when they were looked up, or
// are refused.
func (m *model) oldRefs(qs *QuadStore, old map[string]graph.Ref) {
	m.t.Helper()
	for name, ref := range old {
		v, err := qs.NameOf(ref)
		if err == nil && v.String() != name {
			m.t.Fatalf("the ref of %s is now that of %v", name, v)
		}
	}
}

// compare asks for everything there is.
func (m *model) compare(qs *QuadStore) {
	m.t.Helper()
	if got, want := contents(m.t, qs), m.list(); !slices.Equal(got, want) {
		m.t.Fatalf("got %d quads %q\nwant %d %q", len(got), got, len(want), want)
	}
	nodes := m.nodes()
	m.compareNodes(qs, nodes)
	v, err := qs.view()
	if err != nil {
		m.t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(uint64(len(m.quads)), 2))
	for range 300 {
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
	for _, q := range m.quads {
		for _, d := range quad.Directions {
			if v := q.Get(d); v != nil {
				nodes[key(m.t, v)] = v
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

func (m *model) compareNodes(qs *QuadStore, nodes map[string]quad.Value) {
	m.t.Helper()
	ctx := context.Background()
	st, err := qs.Stats(ctx, true)
	if err != nil || st.Quads.Value != int64(len(m.quads)) || st.Nodes.Value != int64(len(nodes)) || !st.Quads.Exact || !st.Nodes.Exact {
		m.t.Fatalf("stats %+v, %v, want %d quads and %d nodes", st, err, len(m.quads), len(nodes))
	}
	it := qs.NodesAllIterator().Iterate()
	found := 0
	for ; it.Next(ctx); found++ {
		v, err := qs.NameOf(it.Result())
		if err != nil || nodes[key(m.t, v)] != v {
			m.t.Fatalf("node %v, %v", v, err)
		}
	}
	if found != len(nodes) || it.Err() != nil {
		m.t.Fatalf("found %d nodes of %d, %v", found, len(nodes), it.Err())
	}
	for _, v := range values {
		ref, err := qs.ValueOf(v)
		if _, there := nodes[key(m.t, v)]; err != nil || there != (ref != nil) {
			m.t.Fatalf("%v is a node: %v, found: %v, %v", v, there, ref, err)
		}
	}
}

// randomPattern fixes some terms of the store, and ones that are not in it.
func randomPattern(r *rand.Rand, v *view) (p term.Pattern) {
	last := int(v.last())
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
func (m *model) comparePattern(v *view, p term.Pattern) {
	m.t.Helper()
	want := map[term.Quad]bool{}
	v.each(term.Pattern{}, func(q term.Quad) {
		if p.Matches(q) {
			want[q] = true
		}
	})
	if got := v.Count(p); got != uint64(len(want)) {
		m.t.Fatalf("pattern %v: counted %d of %d", p, got, len(want))
	}
	m.compareEnds(v, p, want)
	lead := m.leadOf(v, p)
	var last term.Quad
	c := &m.cursor
	c.Begin(p)
	var quads [3]term.Quad
	for n := v.Quads(c, quads[:]); n > 0; n = v.Quads(c, quads[:]) {
		for _, q := range quads[:n] {
			if !want[q] || !v.Contains(q) {
				m.t.Fatalf("pattern %v: got %v", p, q)
			}
			if !before(last, arrange(q, lead)) {
				m.t.Fatalf("pattern %v: %v comes after %v", p, q, restore(last, lead))
			}
			last = arrange(q, lead)
			delete(want, q)
		}
	}
	if len(want) > 0 {
		m.t.Fatalf("pattern %v: missing %v", p, want)
	}
}

// compareEnds checks the terms at each place of the quads of a pattern.
func (m *model) compareEnds(v *view, p term.Pattern, quads map[term.Quad]bool) {
	m.t.Helper()
	for place := range 4 {
		var got, want []term.ID
		for q := range quads {
			want = append(want, q[place])
		}
		for _, size := range []int{1, 3, 100} {
			got = got[:0]
			ids := make([]term.ID, size, size+5)
			m.cursor.Begin(p)
			for !m.cursor.Done {
				n := v.Ends(&m.cursor, place, ids)
				if n == 0 {
					break
				}
				got = append(got, ids[:n]...)
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				m.t.Fatalf("pattern %v, place %d, %d at a time: got %v, want %v", p, place, size, got, want)
			}
		}
	}
}

// leadOf is the order a pattern's quads come in.
func (m *model) leadOf(v *view, p term.Pattern) int {
	var w cursor
	v.begin(&w, p)
	if !v.changed(&p) {
		if w.rows.Next() && w.rows.ByObject() {
			return byObject
		}
		return bySubject
	}
	return w.lead
}

// compareRanges checks a comparison against Cayley's own, term by term, where
// Cayley has one.
func (m *model) compareRanges(v *view, op iterator.Operator, value quad.Value) {
	m.t.Helper()
	ranges, err := v.Ranges(op, value)
	if err != nil {
		m.t.Fatal(err)
	}
	keys, err := term.Ranges(op, value)
	if err != nil {
		m.t.Fatal(err)
	}
	for id := term.ID(1); id <= v.last(); id++ {
		key := v.appendKey(nil, id)
		want := slices.ContainsFunc(keys, func(r term.Range) bool { return r.Contains(key) })
		if got := within(ranges, id); got != want {
			m.t.Fatalf("%v %v: term %q is in it: %v, want %v", op, value, key, got, want)
		}
	}
	for i := 1; i < len(ranges); i++ {
		if ranges[i-1].To >= ranges[i].From {
			m.t.Fatalf("%v %v: ranges %v", op, value, ranges)
		}
	}
}
