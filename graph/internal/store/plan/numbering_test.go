package plan

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// renumbered are two stores: the second comes after the first, has other
// numbers for its terms, and some quads more and fewer.
func renumbered(t *testing.T, before, after []string) (old, now *store) {
	old, now = storeOf(t, before...), storeOf(t, after...)
	old.numbering.Terms, now.numbering.Terms = old.memory, now.memory
	now.earlier, now.version = old.memory, 1
	return old, now
}

func (s *store) node(name string) TermRef { return TermRef{s.ids[quad.IRI(name)], &s.numbering} }

func (s *store) link(names ...string) QuadRef {
	var q term.Quad
	for i, name := range names {
		q[i] = s.ids[quad.IRI(name)]
	}
	return QuadRef{q, &s.numbering}
}

func TestKeys(t *testing.T) {
	old, now := renumbered(t, []string{"x p y", "a p b"}, []string{"a p b", "c p b", "x q y"})
	if old.ids[quad.IRI("a")] == now.ids[quad.IRI("a")] {
		t.Fatal("the numbers are the same")
	}
	for _, c := range []struct {
		what string
		a, b refs.Ref
		same bool
	}{
		{"a node", old.node("a"), now.node("a"), true},
		{"two nodes", old.node("a"), now.node("b"), false},
		{"a node and another with its number", old.node("a"), TermRef{old.node("a").ID, &now.numbering}, false},
		{"a new node", now.node("c"), now.node("c"), true},
		{"a quad", old.link("a", "p", "b"), now.link("a", "p", "b"), true},
		{"two quads", old.link("a", "p", "b"), now.link("x", "p", "b"), false},
		{"a quad with a new node", now.link("c", "p", "b"), now.link("c", "p", "b"), true},
		{"two with new nodes", now.link("c", "p", "b"), now.link("c", "p", "a"), false},
		{"a node of no store", TermRef{ID: 1}, TermRef{ID: 1}, true},
	} {
		if same := refs.ToKey(c.a) == refs.ToKey(c.b); same != c.same {
			t.Errorf("%s: %v, want %v", c.what, same, c.same)
		}
	}
}

// Refs of another state are looked for by what they mean.
func TestRefsOfOtherStates(t *testing.T) {
	ctx := context.Background()
	old, now := renumbered(t, []string{"x p y", "a p b", "a p b l", "d p b"}, []string{"a p b", "c p b", "x q y", "c p d"})
	p := quad.IRI("p")
	index := path.StartPath(now, quad.IRI("c")).Out(p).BuildIterator(ctx).Lookup()
	for name, want := range map[string]bool{"b": true, "a": false, "y": false, "d": true} {
		if got := index.Contains(ctx, old.node(name)); got != want || index.Err() != nil {
			t.Errorf("contains %s: %v, want %v; %v", name, got, want, index.Err())
		}
	}
	if got, err := path.StartPathNodes(now, old.node("a")).Out(p).Iterate(ctx).All(); err != nil || len(got) != 1 || got[0] != refs.Ref(now.node("b")) {
		t.Errorf("a path goes on to %v, %v", got, err)
	}
	of := shape.Quads{{Dir: quad.Predicate, Values: shape.Lookup{p}}}
	for i, c := range []struct {
		link refs.Ref
		want bool
	}{
		{old.link("a", "p", "b"), true},
		{now.link("a", "p", "b"), true},
		{now.link("c", "p", "d"), true},
		{old.link("a", "p", "b", "l"), false}, // not there any more
		{old.link("x", "p", "y"), false},
		{old.link("d", "p", "b"), false},
		{now.link("x", "q", "y"), false}, // there, but not asked for
		{now.link("a", "p", "d"), false}, // of the state's own numbers, and never there
		{QuadRef{now.link("a", "p", "b").Quad, &old.numbering}, false},
	} {
		index := shape.BuildIterator(ctx, now, of).Lookup()
		if got := index.Contains(ctx, c.link); got != c.want || index.Err() != nil {
			t.Errorf("quad %d: %v, want %v; %v", i, got, c.want, index.Err())
		}
	}
	other := shape.BuildIterator(ctx, now, of).Lookup()
	if other.Contains(ctx, QuadRef{now.link("a", "p", "b").Quad, new(Numbering)}) || other.Err() == nil {
		t.Errorf("a quad of another store is in this one; %v", other.Err())
	}
}

// A plan is made of parts that were made at several moments.
func TestPartsOfOtherStates(t *testing.T) {
	ctx := context.Background()
	older, newer := storeOf(t, "a p b", "a p c"), storeOf(t, "a p b")
	newer.numbering.Terms, older.numbering.Terms = newer.memory, older.memory
	// The same numbers, or others.
	same := *newer.memory
	same.values, same.ids, same.version = older.values, older.ids, 1
	same.build(older.orders[0][:1])
	as := &numberedAs{&same, older.memory}
	for name, now := range map[string]Index{"of the same numbers": as, "of other numbers": newer.memory} {
		hop := func(ix Index) shape.Shape {
			s := shape.Shape(shape.NodesFrom{Dir: quad.Object, Quads: shape.Quads{{Dir: quad.Subject, Values: shape.Lookup{quad.IRI("a")}}}})
			s, _ = s.Optimize(ctx, lookups{ix})
			s, _ = s.Optimize(ctx, native{ix})
			return s
		}
		s, ok := Optimize(ctx, now, shape.Union{hop(now), hop(older.memory)})
		if !ok {
			t.Fatalf("%s: no plan", name)
		}
		var got []string
		err := iterator.Iterate(ctx, s.BuildIterator(older)).Each(func(r refs.Ref) error {
			n := r.(TermRef)
			got = append(got, n.In.Terms.(*memory).values[n.ID].String())
			return nil
		})
		want := "<b> <b> <c> <c>" // both parts of the older state
		if now == Index(newer.memory) {
			want = "<b> <b>" // what the newer state knows
		}
		if slices.Sort(got); strings.Join(got, " ") != want || err != nil {
			t.Errorf("%s: got %s, want %s; %v", name, got, want, err)
		}
	}
}

// numberedAs is an index with the numbers of another.
type numberedAs struct {
	*memory
	as *memory
}

func (m *numberedAs) Numbering() *Numbering { return &m.as.numbering }
