package plan

import (
	"slices"

	"github.com/cayleygraph/cayley/query/shape"

	"kg/graph/internal/store/term"
)

// links makes a node of quads with conditions, nil if it cannot.
func (b *nodeBuilder) links(s shape.Quads) node {
	n := &links{at: quadRef}
	for _, f := range s {
		position, ok := positionOf(f.Dir)
		if !ok {
			return nil
		}
		values := b.part(f.Values)
		if values == nil {
			return nil
		}
		if !n.limit(position, values) {
			return fixed(nil)
		}
	}
	if !n.settle() {
		return fixed(nil)
	}
	return n
}

// limit adds a condition on a position. It is false if no quad can meet it.
func (n *links) limit(position int, values node) bool {
	switch v := values.(type) {
	case *tags:
		if v.fixed != nil {
			break
		}
		for _, name := range v.names {
			n.saves = append(n.saves, save{position, name})
		}
		return n.limit(position, v.from)
	case fixed:
		if len(v) == 0 {
			return false
		}
		if len(v) > 1 {
			break
		}
		have := &n.pattern.Quad[position]
		if *have != term.None && *have != v[0] {
			return false
		}
		*have = v[0]
		return true
	case *nodes:
		if v.all {
			// every term of a quad is a node, but the label can be missing
			n.labelled = n.labelled || position == term.Label
			return true
		}
		if position != term.Object {
			break
		}
		if n.ranges == nil {
			n.ranges = v.ranges
		} else {
			n.ranges = overlap(n.ranges, v.ranges)
		}
		return len(n.ranges) > 0
	}
	n.ends = append(n.ends, end{position, values})
	return true
}

// settle makes the ranges a condition of the object, where that is known or
// has a plan: a range in a pattern is for objects of which nothing is known. It
// is false if no quad can meet it.
func (n *links) settle() bool {
	if n.ranges == nil {
		return true
	}
	if o := n.pattern.Quad[term.Object]; o != term.None {
		in := within(n.ranges, o)
		n.ranges = nil
		return in
	}
	for i, e := range n.ends {
		if e.position == term.Object {
			n.ends[i].plan = &filter{from: e.plan, ranges: n.ranges}
			n.ranges = nil
			break
		}
	}
	return true
}

// nodesFrom makes a node of the nodes at one position of quads.
func (b *nodeBuilder) nodesFrom(s shape.NodesFrom) node {
	position, ok := positionOf(s.Dir)
	if !ok {
		return nil
	}
	switch q := s.Quads.(type) {
	case nil, shape.Null:
		return fixed(nil)
	case *Plan:
		if l, ok := q.node.(*links); ok && q.quad && b.joins(q) {
			hop := *l
			hop.at = position
			return &hop
		}
	case shape.Quads: // given to us alone, not from the bottom up
		if l, ok := b.links(q).(*links); ok {
			l.at = position
			return l
		}
	case shape.Union: // as for Labels
		parts := make(union, 0, len(q))
		for _, u := range q {
			n := b.nodesFrom(shape.NodesFrom{Dir: s.Dir, Quads: u})
			if n == nil {
				return nil
			}
			parts = append(parts, n)
		}
		return parts
	case shape.Save:
		return saveQuads(b.nodesFrom(shape.NodesFrom{Dir: s.Dir, Quads: q.From}), q.Tags)
	}
	return nil
}

// saveQuads tags the rows of hops with their quads. It returns nil for a node that is no
// hop.
func saveQuads(n node, names []string) node {
	switch n := n.(type) {
	case fixed: // nothing
		return n
	case *links:
		c := *n
		c.refs = append(slices.Clip(n.refs), names...)
		return &c
	case union:
		parts := make(union, 0, len(n))
		for _, u := range n {
			part := saveQuads(u, names)
			if part == nil {
				return nil
			}
			parts = append(parts, part)
		}
		return parts
	}
	return nil
}

func (b *nodeBuilder) action(s shape.QuadsAction) node {
	position, ok := positionOf(s.Result)
	if !ok {
		return nil
	}
	n := &links{at: position}
	for d, r := range s.Filter {
		p, ok := positionOf(d)
		if !ok {
			return nil
		}
		id := b.resolve(r)
		if id == term.None {
			return fixed(nil)
		}
		n.pattern.Quad[p] = id
	}
	for d, names := range s.Save {
		p, ok := positionOf(d)
		if !ok {
			return nil
		}
		n.labelled = n.labelled || p == term.Label
		for _, name := range names {
			n.saves = append(n.saves, save{p, name})
		}
	}
	return n
}

// intersect joins the parts of an intersection, and of those in it.
func (b *nodeBuilder) intersect(must, optional []shape.Shape) node {
	n := &intersect{parts: make([]joint, 0, len(must))}
	needed, all := 0, false
	for _, s := range must {
		p := b.part(s)
		switch p := p.(type) {
		case nil:
			return nil
		case *intersect:
			n.parts = append(n.parts, p.parts...)
			needed++
			continue
		case *nodes:
			if all = all || p.all; p.all {
				continue
			}
		case fixed:
			if len(p) == 0 {
				return p
			}
		}
		n.parts = append(n.parts, joint{node: p})
		needed++
	}
	if needed == 0 {
		if !all && len(optional) == 0 {
			return fixed(nil)
		}
		n.parts = append(n.parts, joint{node: allNodes})
	}
	for _, s := range optional {
		p := b.part(s)
		if p == nil {
			return nil
		}
		if f, ok := p.(fixed); !ok || len(f) > 0 {
			n.parts = append(n.parts, joint{p, true})
		}
	}
	if len(n.parts) == 1 {
		return n.parts[0].node
	}
	return n
}

func (b *nodeBuilder) union(s shape.Union) node {
	if resultsOf(s) == values {
		return nil
	}
	parts := make(union, 0, len(s))
	for _, u := range s {
		n := b.part(u)
		if n == nil {
			return nil
		}
		if f, ok := n.(fixed); !ok || len(f) > 0 {
			parts = append(parts, n)
		}
	}
	switch len(parts) {
	case 0:
		return fixed(nil)
	case 1:
		return parts[0]
	}
	return parts
}

func (b *nodeBuilder) except(s shape.Except) node {
	var from node = allNodes
	if s.From != nil {
		from = b.rows(s.From)
	}
	not := b.part(s.Exclude)
	if from == nil || not == nil {
		return nil
	}
	if f, ok := not.(fixed); ok && len(f) == 0 {
		return from
	}
	return &filter{from: from, not: not}
}
