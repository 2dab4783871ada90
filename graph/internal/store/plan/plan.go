package plan

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// Plan is a shape that runs natively. It can be built, and run, many times and
// by several goroutines; it reads the state of the Index it was made with,
// the oldest of them if its parts were made with several.
type Plan struct {
	ix   Index
	node node
	quad bool // results are quads

	agrees bool // some part is Agreed
}

// Optimize leaves the plan as it is.
func (p *Plan) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return p, false }

// BuildIterator makes the plan's iterators. The store is for the parts of the plan that
// are not native, if the Index has none of its own.
func (p *Plan) BuildIterator(qs graph.QuadStore) iterator.Shape { return p.iterators(qs) }

func (p *Plan) iterators(qs graph.QuadStore) *iterators {
	var seeds seeds
	if a, ok := qs.(around); ok {
		qs, seeds = a.QuadStore, a.seeds
	}
	if pinned := p.ix.Store(); pinned != nil {
		qs = pinned
	}
	return &iterators{ix: p.ix, qs: qs, plan: p.node, quad: p.quad, seeds: seeds}
}

// Nodes iterates over all nodes of a state, for graph.QuadStore's
// NodesAllIterator.
func Nodes(ix Index) iterator.Shape { return &iterators{ix: ix, plan: allNodes} }

// Quads iterates over all quads of a state, for graph.QuadStore's
// QuadsAllIterator. Results are Links.
func Quads(ix Index) iterator.Shape {
	return &iterators{ix: ix, plan: &links{at: quadRef}, quad: true}
}

// QuadsOf iterates over the quads that have a node at a direction, for
// graph.QuadStore's QuadIterator. Results are Links.
func QuadsOf(ix Index, d quad.Direction, node refs.Ref) iterator.Shape {
	id, err := resolveErr(ix, node)
	if err != nil {
		return iterator.NewError(err)
	}
	position, ok := positionOf(d)
	if id == term.None || !ok {
		return iterator.NewNull()
	}
	n := &links{at: quadRef}
	n.pattern.Quad[position] = id
	return &iterators{ix: ix, plan: n, quad: true}
}

// positionOf is the position of a direction in a term.Quad.
func positionOf(d quad.Direction) (int, bool) {
	switch d {
	case quad.Subject:
		return term.Subject, true
	case quad.Predicate:
		return term.Predicate, true
	case quad.Object:
		return term.Object, true
	case quad.Label:
		return term.Label, true
	}
	return 0, false
}
