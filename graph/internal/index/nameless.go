package index

import (
	"cmp"
	"context"

	"kg/graph/internal/read"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// MostNameless is how many nodes a graph may have, so that those of other graphs are
// found by the ends of their IRIs that have neither a name nor a kind: to find them
// all nodes are read.
const MostNameless = 200_000

// addNameless adds the nodes of other graphs that have neither a name nor a kind.
// Whatever is the subject of a quad of ours has one. What is a class finds its things.
func (x *Index) addNameless(ctx context.Context, r *read.Quads, foreign Foreign) error {
	stats, err := r.QS.Stats(ctx, false)
	if err != nil || stats.Nodes.Value > MostNameless {
		return err
	}
	s := &others{r: r, is: foreign, labels: map[refs.Ref]bool{}}
	it := r.QS.NodesAllIterator().Iterate()
	defer it.Close()
	for it.Next(ctx) {
		value, err := r.QS.NameOf(it.Result())
		if err != nil {
			return err
		}
		if iri, is := value.(quad.IRI); is {
			if err := x.addIfNameless(ctx, s, iri, it.Result()); err != nil {
				return err
			}
		}
	}
	return cmp.Or(it.Err(), ctx.Err())
}

func (x *Index) addIfNameless(ctx context.Context, s *others, iri quad.IRI, node refs.Ref) error {
	if _, known := x.At[iri]; known || x.Kinds[iri] != nil {
		return nil
	}
	for _, d := range []quad.Direction{quad.Subject, quad.Object} {
		found, err := s.any(ctx, node, d)
		if err != nil {
			return err
		}
		if found {
			x.node(iri)
			return nil
		}
	}
	return nil
}

// any reports whether a node stands at d in a quad of another graph, by the first of
// its quads.
func (s *others) any(ctx context.Context, node refs.Ref, d quad.Direction) (bool, error) {
	it := s.r.QS.QuadIterator(d, node).Iterate()
	defer it.Close()
	if !it.Next(ctx) {
		return false, cmp.Or(it.Err(), ctx.Err())
	}
	label, err := s.r.QS.QuadDirection(it.Result(), quad.Label)
	if err != nil {
		return false, err
	}
	return s.isForeign(ctx, label)
}

// others knows the labels of other graphs.
type others struct {
	r      *read.Quads
	is     Foreign
	labels map[refs.Ref]bool
}

func (s *others) isForeign(ctx context.Context, label refs.Ref) (bool, error) {
	foreign, known := s.labels[label]
	if known || label == nil {
		return foreign || label == nil, nil
	}
	value, err := s.r.QS.NameOf(label)
	if err != nil {
		return false, err
	}
	foreign, err = s.is(ctx, value)
	s.labels[label] = foreign
	return foreign, err
}
