package plan

import (
	"cmp"
	"context"
	"errors"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"

	"kg/graph/internal/store/term"
)

// Optimize replaces a shape whose parts are plans already, or nodes, by a Plan: a store's
// OptimizeShape is to call it. Cayley offers it every sub-tree of a query, from the
// bottom up. An unknown shape stays, and is a part of the plan above it all the same.
func Optimize(ctx context.Context, ix Index, s shape.Shape) (shape.Shape, bool) {
	b := nodeBuilder{ctx: ctx, ix: ix}
	n, quad := b.build(s)
	switch {
	case b.err != nil && (own(s) || b.agrees):
		return failed{b.err}, true
	case b.err != nil || n == nil:
		return s, false
	case isCount(s):
		return countedPlan{&Plan{ix: b.ix, node: n, agrees: b.agrees}}, true
	}
	if f, ok := n.(fixed); ok && len(f) == 0 {
		return shape.Null{}, true
	}
	return &Plan{ix: b.ix, node: n, quad: quad, agrees: b.agrees}, true
}

var errMoved = errors.New("the store was written anew while the query was planned: ask again")

func isCount(s shape.Shape) bool {
	_, ok := s.(shape.Count)
	return ok
}

// nodeBuilder makes a node of a shape. An error leaves the shape to Cayley, which
// will come upon the same error.
type nodeBuilder struct {
	ctx context.Context
	ix  Index
	err error

	agrees bool // some part is Agreed
}

// joins reports whether a plan can be a part of this one unchanged: its terms have the
// same numbering. Both then read the older of their states, in which terms that are new
// in the other are in no quad.
func (b *nodeBuilder) joins(p *Plan) bool {
	b.agrees = b.agrees || p.agrees
	if p.ix.Numbering() != b.ix.Numbering() {
		if p.agrees { // with parts it cannot see
			b.err = cmp.Or(b.err, errMoved)
		}
		return false
	}
	if p.ix.Version() < b.ix.Version() {
		b.ix = p.ix
	}
	return true
}

// build returns nil for a shape that is to stay, and reports whether the results are
// quads.
func (b *nodeBuilder) build(s shape.Shape) (_ node, quad bool) {
	switch s := s.(type) {
	case shape.Quads:
		n := b.links(s)
		return n, n != nil
	case shape.NodesFrom:
		return b.nodesFrom(s), false
	case shape.QuadsAction:
		return b.action(s), false
	case shape.Intersect:
		return b.intersect(s, nil), false
	case shape.IntersectOpt:
		return b.intersect(s.Sub, s.Opt), false
	case shape.Union:
		return b.union(s), false
	case shape.Except:
		return b.except(s), false
	case shape.Filter:
		return b.filters(s), false
	case shape.Fixed:
		return b.known(s), false
	case Optional:
		return b.intersect([]shape.Shape{s.From}, []shape.Shape{s.With}), false
	case Joined:
		return b.join(s), false
	case Agreed:
		b.agrees = true
		if n := b.rows(s.From); n != nil {
			return &agreed{n, s.Tags}, false
		}
		return nil, false
	case Recursion:
		if n := b.rows(s.From); n != nil {
			return b.recursion(n, s), false
		}
		return nil, false
	case *Seed:
		return &s.node, false
	}
	return b.wrap(s), false
}

// wrap makes a node of a shape that does something to the rows of another.
func (b *nodeBuilder) wrap(s shape.Shape) node {
	switch s := s.(type) {
	case shape.Save:
		if n := b.rows(s.From); n != nil {
			return &tags{from: n, names: s.Tags}
		}
	case shape.FixedTags:
		if n := b.rows(s.On); n != nil {
			return &tags{from: n, fixed: s.Tags}
		}
	case shape.Unique:
		if n := b.rows(s.From); n != nil {
			return &unique{n}
		}
	case Witnessed:
		if n := b.rows(s.From); n != nil {
			return &witnessedPlan{n, s.Traces, s.Tag}
		}
	case shape.Page:
		if n := b.rows(s.From); n != nil {
			return &pageNode{from: n, skip: uint64(max(0, s.Skip)), limit: uint64(max(0, s.Limit))}
		}
	case shape.Sort:
		if n := b.rows(s.From); n != nil {
			return &sorted{n}
		}
	case shape.Materialize:
		// rows are not cached: reading them again is as fast
		return b.rows(s.Values)
	case shape.Count:
		if p, ok := s.Values.(*Plan); ok && b.joins(p) {
			return p.node
		}
		return b.rows(s.Values)
	}
	return nil
}

// part makes a node of a shape that is joined with others; an unknown shape becomes a
// foreign part. It returns nil for quads.
func (b *nodeBuilder) part(s shape.Shape) node {
	switch s := s.(type) {
	case nil, shape.Null:
		return fixed(nil)
	case *Plan:
		switch {
		case s.quad:
			return nil
		case b.joins(s):
			return s.node
		}
	case shape.AllNodes:
		return allNodes
	case shape.Fixed:
		return b.fixed(s)
	}
	if resultsOf(s) == quads {
		return nil
	}
	return &foreign{shape: s}
}

// rows is part for a shape whose rows are passed on: nil if they may be values that are
// no nodes, as counts are.
func (b *nodeBuilder) rows(s shape.Shape) node {
	if resultsOf(s) == values {
		return nil
	}
	return b.part(s)
}

// known makes a node of fixed nodes if some of them are absent; others are as
// well off with Cayley.
func (b *nodeBuilder) known(s shape.Fixed) node {
	for _, r := range s {
		if n, ok := r.(TermRef); ok && n.ID == term.None {
			return b.fixed(s)
		}
	}
	return nil
}

func (b *nodeBuilder) fixed(s shape.Fixed) node {
	ids := make(fixed, 0, len(s))
	for _, r := range s {
		if id := b.resolve(r); id != term.None {
			ids = append(ids, id)
		}
	}
	return ids
}

// resolve is term.None, too, when it fails and b.err is set.
func (b *nodeBuilder) resolve(r refs.Ref) term.ID {
	id, err := resolveErr(b.ix, r)
	if err != nil {
		b.err = err
	}
	return id
}
