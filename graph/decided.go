package graph

import (
	"slices"

	"github.com/cayleygraph/quad"

	"kg/internal/fold"
	"kg/schema"
)

// Decides reports whether somebody of that name made a decision; the name need not be
// that of an entity of the graph.
func (v *View) Decides(name string) bool {
	d := v.joins.Decisions
	if d == nil {
		return false
	}
	return slices.ContainsFunc(d.Authors, func(author string) bool { return fold.Name(author) == fold.Name(name) })
}

// Retraction returns the decision that leaves a source, a claim or the label of another
// graph out of answers: its own, that on its source, or that on a claim it is derived
// from; nil if there is none.
func (v *View) Retraction(iri quad.IRI) *schema.Decision {
	if v.state == nil {
		return nil
	}
	return v.state.decisions.Of(iri)
}

// leavesOut reports whether the view leaves out the edges of a claim as retracted,
// although it has the record of the claim.
func (v *View) leavesOut(claim quad.IRI) bool {
	return v.Retraction(claim) != nil && !v.ShowsRetracted()
}

// WithRetracted returns a view that also shows what is retracted, and the decisions; v
// itself if there are none.
func (v *View) WithRetracted() *View {
	if v.ShowsRetracted() {
		return v
	}
	all := v.state.all
	return v.beside(all.handle(v.whole), all.denials, all.names)
}

// ShowsRetracted reports whether the view also shows what is retracted.
func (v *View) ShowsRetracted() bool { return v.state == nil || v.denials == v.state.all.denials }

// Match returns the decision on whether two entities are the same, or nil.
func (v *View) Match(a, b quad.IRI) *schema.Decision {
	if d := v.joins.Decisions; d != nil {
		return d.Matches[[2]quad.IRI{min(a, b), max(a, b)}]
	}
	return nil
}

// Matches lists the valid decisions on pairs of entities, in the order of the pairs.
func (v *View) Matches() (list []*schema.Decision) {
	if d := v.joins.Decisions; d != nil {
		list = d.InOrder()
	}
	return list
}
