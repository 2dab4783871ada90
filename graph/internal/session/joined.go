package session

import (
	"github.com/cayleygraph/cayley/query/shape"

	"kg/graph/internal/store/plan"
)

// joined returns nodes and all nodes that are stated to be the same: an edge of one of
// them is an edge of all.
func (b *shapeBuilder) joined(nodes shape.Shape) shape.Shape {
	if _, all := nodes.(shape.AllNodes); all || len(b.s.opts.Joins) == 0 {
		return nodes
	}
	return plan.Joined{From: nodes, Classes: &b.s.classes}
}
