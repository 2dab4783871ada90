package graph

import (
	"slices"

	"github.com/cayleygraph/quad"

	"kg/internal/fold"
	"kg/schema"
)

// Decides reports whether somebody of a name decided anything: who did need not be
// anybody in the graph.
func (v *View) Decides(name string) bool {
	d := v.joins.Decisions
	if d == nil {
		return false
	}
	return slices.ContainsFunc(d.Authors, func(author string) bool { return fold.Name(author) == fold.Name(name) })
}

// Retraction is the decision by which a source, a claim or a label of another graph
// is left out of answers, or nil: its own, its source's, or that on a claim it is
// derived from.
func (v *View) Retraction(iri quad.IRI) *schema.Decision {
	if v.state == nil {
		return nil
	}
	return v.state.decisions.Of(iri)
}

// leavesOut reports whether a claim's edges are left out of the view as retracted,
// though its record is there.
func (v *View) leavesOut(claim quad.IRI) bool {
	return v.Retraction(claim) != nil && !v.ShowsRetracted()
}

// WithRetracted returns a view that shows what is retracted, too, and the
// decisions; v itself where there are none.
func (v *View) WithRetracted() *View {
	if v.ShowsRetracted() {
		return v
	}
	all := v.state.all
	return v.beside(all.handle(v.whole), all.denials, all.names)
}

// ShowsRetracted reports whether the view shows what is retracted, too.
func (v *View) ShowsRetracted() bool { return v.state == nil || v.denials == v.state.all.denials }

// Match is what was decided about two things, or nil.
func (v *View) Match(a, b quad.IRI) *schema.Decision {
	if d := v.joins.Decisions; d != nil {
		return d.Matches[[2]quad.IRI{min(a, b), max(a, b)}]
	}
	return nil
}

// Matches are the decisions on two things that hold, in the order of these.
func (v *View) Matches() (list []*schema.Decision) {
	if d := v.joins.Decisions; d != nil {
		list = d.InOrder()
	}
	return list
}
