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

// What Cayley has no shape for, or one that loses rows. A store that plans puts
// a Plan in its place; no other store can run it.
var (
	_ shape.Shape = Optional{}
	_ shape.Shape = Joined{}
	_ shape.Shape = Witnessed{}
)

// Optional is a left join: every row of From, with the tags of each row of With
// at the same node, or without any. Cayley's own loses what two optional parts
// have together, and the second of two behind another step.
type Optional struct{ From, With shape.Shape }

// Parts are what is asked for, and what is joined to it where there is any, for whoever
// shows shapes.
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

// Joined are the rows of From, each as every node of its node's class: what
// holds for one of them holds for all.
type Joined struct {
	From    shape.Shape
	Classes *Classes
}

// Classes are nodes that are the same thing. They are for one goroutine.
type Classes struct {
	Others map[quad.IRI][]quad.IRI // of a node, the others of its class

	in      *Numbering // what byID is for
	version uint64
	byID    map[term.ID][]term.ID
}

// Optimize optimizes the part and offers the whole to the store.
func (j Joined) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	return offerWith(ctx, r, j.From, func(from shape.Shape) shape.Shape { j.From = from; return j })
}

// BuildIterator is for a store that does not plan.
func (Joined) BuildIterator(graph.QuadStore) iterator.Shape { return unplanned() }

// Witnessed is Cayley's Unique with evidence: a node comes once, with the tags of
// the first row of it and, under Tag, a Bundle of the ways to all rows that show
// the same.
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

// Recursion goes on from the nodes of From by Step, which leads from Seed to what
// is one step further, again and again: all nodes that it meets, each once, with
// its least depth and the tags of the last step. A start comes only if it is met
// again.
type Recursion struct {
	From      shape.Shape
	Seed      *Seed
	Step      shape.Shape
	MaxDepth  int // as in Follow
	DepthTags []string
	Lineage   *Lineage // nil: a node comes once for each row of its start, as in Follow
}

// Parts are where the recursion starts, what one step leads to from seed, and the tags
// that take the number of steps, for whoever shows shapes.
func (r Recursion) Parts() (from, seed, step shape.Shape, depths []string) {
	return r.From, r.Seed, r.Step, r.DepthTags
}

// Seed stands in the step of one recursion for the nodes to go on from.
type Seed struct{ node seed }

// Lineage makes a recursion tell how it came to a node. It comes once for each of
// the rows of its first start that show something else.
type Lineage struct {
	Before, Step         []string // the tags of From, and of Step, that hold a quad or a Bundle
	MadeBefore, MadeStep []Made
	Tag                  string // takes a Bundle with all shortest ways; "" for none
	Hops                 bool   // the Bundle has the hops of the first way
	First                bool   // the hops are shown: no other way will do
}

// Made is a tag that is shown and made of what another holds: the label of its
// quad, or the walk that passes it.
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

// offerWith optimizes the part of a shape, and offers the shape with it to the store.
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

// ErrPlan is the error of a query to a store that makes no plan of it.
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
