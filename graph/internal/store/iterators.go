package store

import (
	"context"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/shape"

	"kg/graph/internal/store/plan"
)

var _ shape.Optimizer = (*QuadStore)(nil)

// OptimizeShape implements shape.Optimizer: Cayley offers it each part of a
// query, and gets a plan that runs natively. The plan shows the store as it is
// now.
func (qs *QuadStore) OptimizeShape(ctx context.Context, s shape.Shape) (shape.Shape, bool) {
	v, err := qs.view()
	if err != nil {
		return s, false // and then its iterators will say so
	}
	return plan.Optimize(ctx, v, s)
}

// present is an iterator over the store as it is whenever it is begun.
// (Optimize must not change it: Cayley compares.)
type present struct {
	qs   *QuadStore
	over func(plan.Index) iterator.Shape
}

func (s *present) now() iterator.Shape {
	v, err := s.qs.view()
	if err != nil {
		return iterator.NewError(err)
	}
	return s.over(v)
}

func (s *present) String() string { return "kg" }

func (s *present) Iterate() iterator.Scanner { return s.now().Iterate() }

func (s *present) Lookup() iterator.Index { return s.now().Lookup() }

func (s *present) Stats(ctx context.Context) (iterator.Costs, error) { return s.now().Stats(ctx) }

func (s *present) Optimize(context.Context) (iterator.Shape, bool) { return s, false }

func (s *present) SubIterators() []iterator.Shape { return nil }
