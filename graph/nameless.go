package graph

import (
	"cmp"
	"context"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// mostNameless is how many nodes a graph may have, so that those of other graphs are
// found by the ends of their IRIs that have neither a name nor a kind: to find them
// all nodes are read.
const mostNameless = 200_000

// addNameless adds the nodes of other graphs that have neither a name nor a kind.
// Whatever is the subject of a quad of ours has one. What is a class finds its things.
func (x *index) addNameless(ctx context.Context, v *View) error {
	stats, err := v.qs.Stats(ctx, false)
	if err != nil || stats.Nodes.Value > mostNameless {
		return err
	}
	s := &foreignStats{v: v, foreign: map[refs.Ref]bool{}}
	it := v.qs.NodesAllIterator().Iterate()
	defer it.Close()
	for it.Next(ctx) {
		value, err := v.qs.NameOf(it.Result())
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

func (x *index) addIfNameless(ctx context.Context, s *foreignStats, iri quad.IRI, node refs.Ref) error {
	if _, known := x.at[iri]; known || x.kinds[iri] != nil {
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
func (s *foreignStats) any(ctx context.Context, node refs.Ref, d quad.Direction) (bool, error) {
	it := s.v.qs.QuadIterator(d, node).Iterate()
	defer it.Close()
	if !it.Next(ctx) {
		return false, cmp.Or(it.Err(), ctx.Err())
	}
	label, err := s.v.qs.QuadDirection(it.Result(), quad.Label)
	if err != nil {
		return false, err
	}
	return s.isForeign(ctx, label)
}
