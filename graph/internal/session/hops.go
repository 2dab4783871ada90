package session

import (
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// hopStep follows quads out of, into, or out of and into a node.
type hopStep struct {
	in, both bool
	via      via
	tags     []string // take the predicate
	labels   labels
}

func (h hopStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	if !h.both {
		return h.one(in, b, h.in)
	}
	return shape.Union{h.one(in, b, true), h.one(in, b, false)}
}

func (h hopStep) one(in shape.Shape, b *shapeBuilder, inward bool) shape.Shape {
	from, to := quad.Subject, quad.Object
	if inward {
		from, to = to, from
	}
	predicate := h.via.shape(b)
	predicate = b.save(predicate, h.tags...)
	quads := where(nil, from, b.joined(in))
	quads = where(quads, quad.Predicate, predicate)
	return shape.NodesFrom{Dir: to, Quads: b.quads(quads, h.labels, from, to)}
}

func (h hopStep) reverse() pathStep {
	h.in = !h.in
	return h
}

// where adds a condition on a direction of quads, if it is one.
func where(quads shape.Quads, d quad.Direction, nodes shape.Shape) shape.Quads {
	if _, ok := nodes.(shape.AllNodes); ok {
		return quads
	}
	return append(quads, shape.QuadFilter{Dir: d, Values: nodes})
}

// hasStep keeps the nodes that have such a quad.
type hasStep struct {
	via     via
	in      bool
	nodes   via
	filters filters
	labels  labels
}

func (h hasStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	from, to := quad.Subject, quad.Object
	if h.in {
		from, to = to, from
	}
	nodes := h.nodes.shape(b)
	if len(h.filters) > 0 {
		nodes = shape.Filter{From: shape.AllNodes{}, Filters: h.filters}
	}
	quads := where(nil, to, b.joined(nodes))
	quads = where(quads, quad.Predicate, h.via.shape(b))
	return b.meet(in, b.joined(shape.NodesFrom{Dir: from, Quads: b.quads(quads, h.labels, from, to)}))
}

func (h hasStep) reverse() pathStep { return h }

// saveStep tags the other end of a node's quads and stays at the node.
type saveStep struct {
	via          via
	tag          string
	in, optional bool
	labels       labels
}

func (s saveStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	from, to := quad.Subject, quad.Object
	if s.in {
		from, to = to, from
	}
	if b.quiet && s.optional {
		return in
	}
	quads := where(nil, to, b.save(shape.AllNodes{}, s.tag))
	quads = append(quads, shape.QuadFilter{Dir: quad.Predicate, Values: s.via.shape(b)})
	save := b.joined(shape.NodesFrom{Dir: from, Quads: b.quads(quads, s.labels, from, to)})
	if s.optional {
		return b.optional(in, save)
	}
	return b.meet(in, save)
}

func (s saveStep) reverse() pathStep { return s }

// predicatesStep goes from nodes to the predicates of their quads, each once.
// Backwards it goes from predicates to the nodes that have them.
type predicatesStep struct {
	in, back bool
	labels   labels
}

func (s predicatesStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	node, predicate := quad.Subject, quad.Predicate
	if s.in {
		node = quad.Object
	}
	if s.back {
		node, predicate = predicate, node
	}
	return b.unique(shape.NodesFrom{Dir: predicate, Quads: b.quads(where(nil, node, b.joined(in)), s.labels, node, predicate)})
}

func (s predicatesStep) reverse() pathStep {
	s.back = !s.back
	return s
}

// savePredicatesStep tags the predicates of a node's quads.
type savePredicatesStep struct {
	in     bool
	tag    string
	labels labels
}

func (s savePredicatesStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	node := quad.Subject
	if s.in {
		node = quad.Object
	}
	quads := where(nil, quad.Predicate, b.save(shape.AllNodes{}, s.tag))
	return b.meet(in, b.joined(shape.NodesFrom{Dir: node, Quads: b.quads(quads, s.labels, node, quad.Predicate)}))
}

func (s savePredicatesStep) reverse() pathStep { return s }

// labelsStep goes from nodes to the labels of the quads they are in, each once.
type labelsStep struct {
	back   bool
	labels labels
}

func (s labelsStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	var all shape.Union
	for _, d := range []quad.Direction{quad.Subject, quad.Object} {
		from, to := d, quad.Label
		if s.back {
			from, to = to, from
		}
		all = append(all, shape.NodesFrom{Dir: to, Quads: b.quads(where(nil, from, b.joined(in)), s.labels, from, to)})
	}
	return b.unique(all)
}

func (s labelsStep) reverse() pathStep { return labelsStep{!s.back, s.labels} }
