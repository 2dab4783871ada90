package graph

import (
	"context"

	"kg/graph/internal/check"
)

// Checked is the result of an integrity check: Findings, how many Quads there are, and
// how many of these are Foreign, under labels that are not ours, which are no finding. A
// finding is something that should not be: the Rule that is broken, in two or three
// words, the Subject, and the Detail.
type Checked = check.Findings

// Check holds the graph against its own rules and against the ontology in it:
// every quad has a label and only absolute IRIs, every claim is whole, every
// edge joins entities of the kinds its relation is for, an id that two sources use
// has names that agree, what is joined is of one kind, readings are of the text of their
// source, and decisions are whole. It
// is for a view that shows everything. report, if it is not nil, is told now and
// then how many quads are held against the rules.
func (v *View) Check(ctx context.Context, report func(Progress)) (*Checked, error) {
	return check.Run(ctx, v.r, v.Base, func(done, total int64) {
		if report != nil {
			report(Progress{Doing: "checking rules", Quads: done, Done: done, Total: total})
		}
	})
}
