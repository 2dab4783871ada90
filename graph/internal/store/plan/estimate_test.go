package plan

import (
	"context"
	"fmt"
	"testing"

	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// TestLabelsLead has what one source tells read under its own claims, and not under a
// predicate that all sources use, nor by asking each thing of a kind.
func TestLabelsLead(t *testing.T) {
	var quads []string
	for claim := range 200 {
		quads = append(quads, fmt.Sprintf("c%d from s%d m", claim, claim/4),
			fmt.Sprintf("x%d owner y%d c%d", claim, claim, claim), fmt.Sprintf("x%d type Ownership m", claim))
	}
	s := storeOf(t, quads...)
	told := path.StartPath(s).LabelContext(path.StartPath(s, quad.IRI("s7")).In(quad.IRI("from"))).Has(quad.IRI("owner"))
	kind := path.StartPath(s, quad.IRI("Ownership")).In(quad.IRI("type"))
	opened := func(p *path.Path) op {
		sh, _ := shape.Optimize(context.Background(), p.Shape(), s)
		plan, ok := sh.(*Plan)
		if !ok {
			t.Fatalf("%T is no plan", sh)
		}
		return plan.node.open(&run{ix: plan.ix, ctx: context.Background()})
	}
	h, ok := opened(told).(*hop)
	if !ok {
		t.Fatal("what a source tells is no hop")
	}
	if i := h.best(); i < 0 || h.plan.ends[i].position != term.Label {
		t.Errorf("the hop begins with end %d of %v", i, h.plan.ends)
	}
	for _, p := range []*path.Path{told.Clone().Unique().And(kind), kind.Clone().And(told.Clone().Unique())} {
		both, ok := opened(p).(*intersectOp)
		if !ok {
			t.Fatal("what a source tells of a kind is no intersection")
		}
		if size := both.members.members[both.lead].size(); size > 4 {
			t.Errorf("it begins with what is estimated at %d rows", size)
		}
	}
}

// TestKindsAreCounted has a hop from the things of many kinds, of which one has most,
// begin with what few things have.
func TestKindsAreCounted(t *testing.T) {
	var quads []string
	for thing := range 3000 {
		quads = append(quads, fmt.Sprintf("x%d type kind%d m", thing, min(thing, 20)))
	}
	for thing := range 1000 {
		quads = append(quads, fmt.Sprintf("x%d date y%d m", 3*thing, thing))
	}
	s := storeOf(t, quads...)
	var kinds []quad.Value
	for kind := range 21 {
		kinds = append(kinds, quad.IRI(fmt.Sprintf("kind%d", kind)))
	}
	p := path.StartPath(s, kinds...).In(quad.IRI("type")).Unique().Tag("thing").Out(quad.IRI("date"))
	sh, _ := shape.Optimize(context.Background(), p.Shape(), s)
	plan, ok := sh.(*Plan)
	if !ok {
		t.Fatalf("%T is no plan", sh)
	}
	h, ok := plan.node.open(&run{ix: plan.ix, ctx: context.Background()}).(*hop)
	if !ok {
		t.Fatal("the dates of things are no hop")
	}
	if i := h.best(); i >= 0 && h.plan.ends[i].position == term.Subject {
		t.Errorf("the hop begins with %d things", h.endSize(i, ^uint64(0)))
	}
}
