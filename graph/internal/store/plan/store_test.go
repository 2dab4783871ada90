package plan

import (
	"context"
	"errors"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// store is a graph.QuadStore over an index, to be read.
type store struct {
	*memory
	stock bool // without operators
}

func (s *store) OptimizeShape(ctx context.Context, sh shape.Shape) (shape.Shape, bool) {
	if s.stock {
		return sh, false
	}
	return Optimize(ctx, s.memory, sh)
}

func (s *store) ValueOf(v quad.Value) (refs.Ref, error) {
	// an unknown value is Absent: see the package's story
	return TermRef{s.ids[v], s.Numbering()}, nil
}

func (s *store) NameOf(r refs.Ref) (quad.Value, error) {
	switch r := r.(type) {
	case nil:
		return nil, nil
	case TermRef:
		return s.values[r.ID], nil
	case refs.PreFetchedValue:
		return r.NameOf(), nil
	}
	return nil, errors.New("no node")
}

func (s *store) Quad(r refs.Ref) (quad.Quad, error) {
	q := r.(QuadRef).Quad
	return quad.Quad{
		Subject: s.values[q[0]], Predicate: s.values[q[1]], Object: s.values[q[2]], Label: s.values[q[3]],
	}, nil
}

func (s *store) QuadIterator(d quad.Direction, r refs.Ref) iterator.Shape {
	return QuadsOf(s.memory, d, r)
}

func (s *store) QuadIteratorSize(ctx context.Context, d quad.Direction, r refs.Ref) (refs.Size, error) {
	c, err := s.QuadIterator(d, r).Stats(ctx)
	return c.Size, err
}

func (s *store) QuadDirection(r refs.Ref, d quad.Direction) (refs.Ref, error) {
	if id := r.(QuadRef).Quad.Get(d); id != 0 {
		return TermRef{id, s.Numbering()}, nil
	}
	return nil, nil
}

func (s *store) Stats(context.Context, bool) (graph.Stats, error) {
	return graph.Stats{
		Nodes: refs.Size{Value: int64(len(s.live)), Exact: true},
		Quads: refs.Size{Value: int64(len(s.orders[0])), Exact: true},
	}, nil
}

func (s *store) NodesAllIterator() iterator.Shape { return Nodes(s.memory) }
func (s *store) QuadsAllIterator() iterator.Shape { return Quads(s.memory) }
func (s *store) Close() error                     { return nil }

func (s *store) ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error {
	return errors.New("only to be read")
}

func (s *store) NewQuadWriter() (quad.WriteCloser, error) {
	return nil, errors.New("only to be read")
}
