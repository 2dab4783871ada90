package graph

import (
	"context"

	"kg/graph/internal/check"
)

// Checked is the result of an integrity check: Findings, the number of Quads, and how
// many of these are Foreign, that is, under labels of other graphs, which is no finding.
// A finding is a fault: the Rule that is broken, in two or three words, the Subject, and
// the Detail.
type Checked = check.Findings

// Check validates the graph against its own rules and against the ontology in it: every
// quad has a label and only absolute IRIs, every claim is complete, every edge joins
// entities of the kinds that its relation allows, an id that two sources use has names
// that agree, joined entities are of one kind, readings are of the text of their source,
// and decisions are complete. It needs a view that shows everything. report, which may
// be nil, receives the number of quads checked so far.
func (v *View) Check(ctx context.Context, report func(Progress)) (*Checked, error) {
	return check.Run(ctx, v.r, v.Base, func(done, total int64) {
		if report != nil {
			report(Progress{Doing: "checking rules", Quads: done, Done: done, Total: total})
		}
	})
}
