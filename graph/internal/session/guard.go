package session

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/internal/js"
)

// guard wraps a store so that its iterators end when the query must: most of Cayley's
// never check their context, and an intersection may go through millions of quads before
// its first result.
func guard(qs graph.QuadStore, stop *js.Stopper) graph.QuadStore {
	g := guarded{qs, stop}
	if o, ok := qs.(shape.Optimizer); ok {
		return guardedOptimizer{g, o}
	}
	return g
}

type guarded struct {
	graph.QuadStore
	stop *js.Stopper
}

// guardedOptimizer keeps the store's own view of shapes, which Cayley asks for
// by this method.
type guardedOptimizer struct {
	guarded
	shape.Optimizer
}

// index is the state of the store that its plans read.
func (s *session) index() (plan.Index, error) {
	if g, ok := s.qs.(guardedOptimizer); ok {
		if store, ok := g.QuadStore.(interface{ Index() (plan.Index, error) }); ok {
			return store.Index()
		}
	}
	return nil, plan.ErrPlan
}

func (g guarded) NodesAllIterator() iterator.Shape { return g.wrap(g.QuadStore.NodesAllIterator()) }
func (g guarded) QuadsAllIterator() iterator.Shape { return g.wrap(g.QuadStore.QuadsAllIterator()) }

func (g guarded) QuadIterator(d quad.Direction, ref refs.Ref) iterator.Shape {
	return g.wrap(g.QuadStore.QuadIterator(d, ref))
}

func (g guarded) wrap(it iterator.Shape) iterator.Shape {
	if iterator.IsNull(it) {
		return it
	}
	return guardedShape{it, g.stop}
}

// guardedShape checks the stopper before each result.
type guardedShape struct {
	iterator.Shape
	stop *js.Stopper
}

func (s guardedShape) Iterate() iterator.Scanner {
	return &guardedScanner{s.Shape.Iterate(), s.stop}
}

// Optimize keeps the guard around the optimized iterator.
func (s guardedShape) Optimize(ctx context.Context) (iterator.Shape, bool) {
	it, ok := s.Shape.Optimize(ctx)
	if !ok {
		return s, false
	}
	if iterator.IsNull(it) {
		return it, true
	}
	return guardedShape{it, s.stop}, true
}

type guardedScanner struct {
	iterator.Scanner
	stop *js.Stopper
}

func (s *guardedScanner) Next(ctx context.Context) bool {
	return !s.stop.Now() && s.Scanner.Next(ctx)
}

func (s *guardedScanner) Err() error {
	if s.stop.Now() {
		return js.ErrStopped
	}
	return s.Scanner.Err()
}
