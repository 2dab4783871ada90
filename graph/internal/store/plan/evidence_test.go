package plan

import (
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// TestQuadsTagged has tags that hold the quads of two hops, one of them either
// way, and plans that have them natively.
func TestQuadsTagged(t *testing.T) {
	s := storeOf(t, "a p b", "b q c x", "b q c y", "d q b")
	hop := func(from shape.Shape, via string, in quad.Direction, tag string) shape.Shape {
		return shape.Save{From: shape.Quads{
			{Dir: in, Values: from}, {Dir: quad.Predicate, Values: shape.Lookup{quad.IRI(via)}},
		}, Tags: []string{tag}}
	}
	first := shape.NodesFrom{Dir: quad.Object, Quads: hop(shape.Lookup{quad.IRI("a")}, "p", quad.Subject, "one")}
	both := shape.Union{
		shape.NodesFrom{Dir: quad.Object, Quads: hop(first, "q", quad.Subject, "two")},
		shape.NodesFrom{Dir: quad.Subject, Quads: hop(first, "q", quad.Object, "three")},
	}
	p, ok := planned(s, both).(*Plan)
	if !ok {
		t.Fatal("it is no plan")
	}
	for _, hop := range p.node.(union) {
		if from, ok := hop.(*links).ends[0].plan.(*links); !ok || len(from.refs) != 1 {
			t.Errorf("the first hop is %#v", hop.(*links).ends[0].plan)
		}
	}
	var got []string
	for _, a := range scanned(t, s, p.BuildIterator(s)) {
		row := text(s.values[a.id])
		for _, tag := range []string{"one", "two", "three"} {
			row += " " + a.tags[tag]
		}
		got = append(got, row)
	}
	name := func(terms ...string) string {
		var q term.Quad
		for i, t := range terms {
			q[i] = s.ids[quad.IRI(t)]
		}
		return s.name(quadAnswer(q))
	}
	want := []string{
		"c " + name("a", "p", "b") + " " + name("b", "q", "c", "x") + " ",
		"c " + name("a", "p", "b") + " " + name("b", "q", "c", "y") + " ",
		"d " + name("a", "p", "b") + "  " + name("d", "q", "b"),
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
