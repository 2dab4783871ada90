package plan

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// Follow is a recursion in the form of a filter, for path.Path.Filters: it replaces the
// nodes by those reachable from them by Via, applied once, twice and so on. Cayley's own
// FollowRecursive hides from a store; this runs natively.
//
// Each node is yielded once, with its least depth; if the start has several rows, once
// for each row of the start node it was first reached from, with its tags. A start is
// yielded only if it is reached again. The tags Via sets are those of the last step.
//
// Like a filter, it is unchanged when a path is reversed (Back, Has paths, Optional,
// FollowReverse): it is not to be used in such a path.
type Follow struct {
	Via *path.Path
	// MaxDepth is the number of steps after which to stop. With a negative
	// one there is no limit. With 0 it is DefaultDepth, and if there is more
	// to reach, the error ErrDepth.
	MaxDepth int
	// DepthTags are tags for the number of steps, a quad.Int.
	DepthTags []string
}

// FollowRecursive is Follow in one call. Via must not be nil.
func FollowRecursive(via *path.Path, maxDepth int, depthTags ...string) Follow {
	return Follow{Via: via, MaxDepth: maxDepth, DepthTags: depthTags}
}

// BuildIterator is for other stores: Cayley's own recursion, which with a depth
// of 0 stops after DefaultDepth steps without an error.
func (f Follow) BuildIterator(qs graph.QuadStore, it iterator.Shape) iterator.Shape {
	r := iterator.NewRecursive(it, f.Via.MorphismFor(qs), f.MaxDepth)
	for _, t := range f.DepthTags {
		r.AddDepthTag(t)
	}
	return r
}

// follow puts a Follow on a node.
func (b *nodeBuilder) follow(n node, f Follow) node {
	start := &Seed{}
	return b.recursion(n, Recursion{Seed: start, Step: f.Via.ShapeFrom(start), MaxDepth: f.MaxDepth, DepthTags: f.DepthTags})
}

// recursion makes the plan of one step and applies it to a node. The step goes through
// Cayley's three passes, as a query does.
func (b *nodeBuilder) recursion(n node, r Recursion) node {
	s := r.Step
	for _, o := range []shape.Optimizer{lookups{b.ix}, nil, native{b.ix}} {
		if shape.IsNull(s) {
			break
		}
		s, _ = s.Optimize(b.ctx, o)
	}
	step := b.rows(s)
	if step == nil {
		return nil
	}
	return &recursion{from: n, seed: &r.Seed.node, step: step, max: r.MaxDepth, depths: r.DepthTags, lineage: r.Lineage}
}

// native is the third pass.
type native struct{ ix Index }

func (o native) OptimizeShape(ctx context.Context, s shape.Shape) (shape.Shape, bool) {
	return Optimize(ctx, o.ix, s)
}

// lookups is the first pass: values become nodes.
type lookups struct{ ix Index }

func (o lookups) OptimizeShape(_ context.Context, s shape.Shape) (shape.Shape, bool) {
	if e, ok := s.(shape.Except); ok && e.Exclude == nil {
		// the second pass would panic
		if e.From == nil {
			return shape.AllNodes{}, true
		}
		return e.From, true
	}
	l, ok := s.(shape.Lookup)
	if !ok {
		return s, false
	}
	found := make(shape.Fixed, 0, len(l))
	for _, v := range l {
		r, err := o.ref(v)
		if err != nil {
			return s, false
		}
		if r.ID != 0 {
			found = append(found, r)
		}
	}
	return found, true
}

func (o lookups) ref(v quad.Value) (TermRef, error) {
	id, err := o.ix.Resolve(refs.PreFetched(v))
	return TermRef{id, o.ix.Numbering()}, err
}
