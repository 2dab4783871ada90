package plan

import (
	"context"
	"errors"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// Shapes that Cayley lacks, or has in a form that loses rows. A store with a planner
// replaces them by a Plan; no other store can run them.
var (
	_ shape.Shape = Optional{}
	_ shape.Shape = Joined{}
	_ shape.Shape = Witnessed{}
)

// Optional is a left join: every row of From, with the tags of each row of With at the
// same node, or without any. Cayley's own loses the combinations of two optional parts,
// and the second of two after another step.
type Optional struct{ From, With shape.Shape }

// Parts returns the main and the optional shape, for displaying shapes.
func (o Optional) Parts() (from, with shape.Shape) { return o.From, o.With }

// Optimize optimizes the parts and offers the whole to the store.
func (o Optional) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	from, ok1 := o.From.Optimize(ctx, r)
	with, ok2 := o.With.Optimize(ctx, r)
	switch {
	case shape.IsNull(from):
		return nil, true
	case shape.IsNull(with):
		return from, true
	}
	return offer(ctx, r, Optional{from, with}, ok1 || ok2)
}

// BuildIterator is for a store that does not plan.
func (Optional) BuildIterator(graph.QuadStore) iterator.Shape { return unplanned() }

// Joined is the rows of From, each as every node of its node's class: a statement about
// one of them is one about all.
type Joined struct {
	From    shape.Shape
	Classes *Classes
}

// Classes are classes of nodes that are the same entity. They are for one goroutine.
type Classes struct {
	Others map[quad.IRI][]quad.IRI // of a node, the others of its class

	in      *Numbering // the numbering of byID
	version uint64
	byID    map[term.ID][]term.ID
}

// Optimize optimizes the part and offers the whole to the store.
func (j Joined) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	return offerWith(ctx, r, j.From, func(from shape.Shape) shape.Shape { j.From = from; return j })
}

// BuildIterator is for a store that does not plan.
func (Joined) BuildIterator(graph.QuadStore) iterator.Shape { return unplanned() }

// Witnessed is Cayley's Unique with evidence: a node is yielded once, with the tags of
// its first row and, under Tag, a Bundle of the ways to all rows that show the same.
type Witnessed struct {
	From   shape.Shape
	Traces []string // the tags of From that hold a quad or a Bundle
	Tag    string
}

// Optimize optimizes the part and offers the whole to the store.
func (w Witnessed) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	return offerWith(ctx, r, w.From, func(from shape.Shape) shape.Shape { w.From = from; return w })
}

// BuildIterator is for a store that does not plan.
func (Witnessed) BuildIterator(graph.QuadStore) iterator.Shape { return unplanned() }

// Recursion applies Step, which leads from Seed to the next nodes, to the nodes of From,
// again and again: it yields all nodes that it meets, each once, with its least depth and
// the tags of the last step. A start is yielded only if it is met again.
type Recursion struct {
	From      shape.Shape
	Seed      *Seed
	Step      shape.Shape
	MaxDepth  int // as in Follow
	DepthTags []string
	Lineage   *Lineage // nil: a node comes once for each row of its start, as in Follow
}

// Parts returns the start of the recursion, its step from seed, and the tags for the
// number of steps, for displaying shapes.
func (r Recursion) Parts() (from, seed, step shape.Shape, depths []string) {
	return r.From, r.Seed, r.Step, r.DepthTags
}

// Seed stands in the step of one recursion for the nodes to go on from.
type Seed struct{ node seed }

// Lineage makes a recursion record how it reached a node. A node is yielded once for each
// of the rows of its first start that show something else.
type Lineage struct {
	Before, Step         []string // the tags of From, and of Step, that hold a quad or a Bundle
	MadeBefore, MadeStep []Made
	Tag                  string // takes a Bundle with all shortest ways; "" for none
	Hops                 bool   // the Bundle has the hops of the first way
	First                bool   // the hops are shown: no other way will do
}

// Made is a shown tag that is derived from another: the label of its quad, or the walk
// that passes it.
type Made struct {
	Name, Trace string
	Walk        bool
}

// Optimize optimizes the start and offers the whole to the store, which is to
// optimize the step for the state that it plans for.
func (s Recursion) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	if shape.IsNull(s.Step) {
		return nil, true
	}
	return offerWith(ctx, r, s.From, func(from shape.Shape) shape.Shape { s.From = from; return s })
}

// BuildIterator is for a store that does not plan.
func (Recursion) BuildIterator(graph.QuadStore) iterator.Shape { return unplanned() }

// Optimize offers the seed to the store.
func (s *Seed) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	return offer(ctx, r, s, false)
}

// BuildIterator is for a store that does not plan.
func (*Seed) BuildIterator(graph.QuadStore) iterator.Shape { return unplanned() }

// offerWith optimizes the part of a shape, and offers the resulting shape to the store.
func offerWith(ctx context.Context, r shape.Optimizer, part shape.Shape, with func(shape.Shape) shape.Shape) (shape.Shape, bool) {
	part, changed := part.Optimize(ctx, r)
	if shape.IsNull(part) {
		return nil, true
	}
	return offer(ctx, r, with(part), changed)
}

func offer(ctx context.Context, r shape.Optimizer, s shape.Shape, changed bool) (shape.Shape, bool) {
	if r == nil {
		return s, changed
	}
	out, ok := r.OptimizeShape(ctx, s)
	return out, ok || changed
}

// ErrPlan is the error of a query on a store that makes no plan of it.
var ErrPlan = errors.New("the store cannot run this query: it makes no plan of it")

// own reports whether a shape is of this package: without a plan, nothing runs it.
func own(s shape.Shape) bool {
	switch s.(type) {
	case Optional, Joined, Agreed, Witnessed, Recursion:
		return true
	}
	return false
}

// failed is a shape that could not be planned.
type failed struct{ err error }

func (f failed) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return f, false }
func (f failed) BuildIterator(graph.QuadStore) iterator.Shape                  { return iterator.NewError(f.err) }

func unplanned() iterator.Shape { return iterator.NewError(ErrPlan) }
