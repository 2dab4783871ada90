package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// TestSeedIsKept: what keeps rows in the step of a recursion keeps with each which
// node the step went on from, so that the tags of the start go the right way.
func TestSeedIsKept(t *testing.T) {
	s := storeOf(t, "a p z", "z p y", "y p x", "b p f", "f p e", "e p d")
	p := quad.IRI("p")
	out := path.StartMorphism().Out(p)
	for name, step := range map[string]*path.Path{
		"order":     out.Order(),
		"recursion": path.StartMorphism().Filters(FollowRecursive(out, 1)),
		"unique":    out.Unique(),
	} {
		from := path.StartPath(s, quad.IRI("a"), quad.IRI("b")).Tag("from")
		sh := from.Filters(FollowRecursive(step, -1)).Shape()
		var got []string
		for _, a := range scanned(t, s, planned(s, sh).BuildIterator(s)) {
			got = append(got, text(s.values[a.id])+" "+a.tags["from"])
		}
		slices.Sort(got)
		if want := "d <b>; e <b>; f <b>; x <a>; y <a>; z <a>"; strings.Join(got, "; ") != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// TestWitnessed: a node comes once, with all ways to rows that show the same.
func TestWitnessed(t *testing.T) {
	s := storeOf(t, "a p c", "a p c l", "b p c", "b p d")
	hop := func(from ...string) shape.Shape {
		var ids shape.Lookup
		for _, f := range from {
			ids = append(ids, quad.IRI(f))
		}
		return shape.NodesFrom{Dir: quad.Object, Quads: shape.Save{From: shape.Quads{
			{Dir: quad.Subject, Values: shape.Save{From: ids, Tags: []string{"from"}}}, {Dir: quad.Predicate, Values: shape.Lookup{quad.IRI("p")}},
		}, Tags: []string{Hidden + "1"}}}
	}
	sh := Witnessed{From: hop("a", "b"), Traces: []string{Hidden + "1"}, Tag: Hidden + "2"}
	it := planned(s, sh).BuildIterator(s).Iterate()
	defer it.Close()
	var got []string
	for it.Next(t.Context()) {
		ways := it.(Rows).Ways([]string{Hidden + "2"})
		got = append(got, fmt.Sprintf("%s %d", text(s.values[it.Result().(TermRef).ID]), len(ways.List)))
	}
	if it.Err() != nil || strings.Join(got, "; ") != "c 2; d 1" {
		t.Errorf("got %q, %v", got, it.Err())
	}
}

// TestJoined: rows come as every node of their class, in a scan and when asked.
func TestJoined(t *testing.T) {
	s := storeOf(t, "a p b", "c p d", "b q x", "e q y")
	classes := &Classes{Others: map[quad.IRI][]quad.IRI{"b": {"e"}, "e": {"b"}}}
	hop := func(from shape.Shape, dir, to quad.Direction, via string) shape.Shape {
		return shape.NodesFrom{Dir: to, Quads: shape.Quads{{Dir: dir, Values: from}, {Dir: quad.Predicate, Values: shape.Lookup{quad.IRI(via)}}}}
	}
	all := Joined{From: hop(shape.AllNodes{}, quad.Subject, quad.Object, "p"), Classes: classes}
	asked := shape.Intersect{hop(shape.Lookup{quad.IRI("y")}, quad.Object, quad.Subject, "q"), all}
	for want, sh := range map[string]shape.Shape{"b; d; e": all, "e": asked, "x; y": hop(Joined{From: shape.Lookup{quad.IRI("e")}, Classes: classes}, quad.Subject, quad.Object, "q")} {
		var got []string
		for _, a := range scanned(t, s, planned(s, sh).BuildIterator(s)) {
			got = append(got, text(s.values[a.id]))
		}
		slices.Sort(got)
		if strings.Join(got, "; ") != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
