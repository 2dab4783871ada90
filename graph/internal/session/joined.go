package session

import (
	"github.com/cayleygraph/cayley/query/shape"

	"kg/graph/internal/store/plan"
)

// joined are nodes and, of each, the nodes that are said to be the same thing:
// what holds for one of them holds for all.
func (b *shapeBuilder) joined(nodes shape.Shape) shape.Shape {
	if _, all := nodes.(shape.AllNodes); all || len(b.s.opts.Joins) == 0 {
		return nodes
	}
	return plan.Joined{From: nodes, Classes: &b.s.classes}
}
