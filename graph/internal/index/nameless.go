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
var MostNameless uint64 = 200_000 // fewer in tests

// addNameless adds the nodes of other graphs that have neither a name nor a kind. Every
// subject of a quad of kg's has one. A class matches its members.
func (x *NameIndex) addNameless(ctx context.Context, r *read.Quads, foreign read.Foreign) error {
	stats, err := r.QS.Stats(ctx, false)
	if err != nil || uint64(stats.Nodes.Value) > MostNameless {
		return err
	}
	labels := r.Labels(foreign)
	it := r.QS.NodesAllIterator().Iterate()
	defer it.Close()
	for it.Next(ctx) {
		value, err := r.QS.NameOf(it.Result())
		if err != nil {
			return err
		}
		if iri, is := value.(quad.IRI); is {
			if err := x.addIfNameless(ctx, r, labels, iri, it.Result()); err != nil {
				return err
			}
		}
	}
	return cmp.Or(it.Err(), ctx.Err())
}

func (x *NameIndex) addIfNameless(ctx context.Context, r *read.Quads, labels *read.Labels, iri quad.IRI, node refs.Ref) error {
	if _, known := x.At[iri]; known || x.Kinds[iri] != nil {
		return nil
	}
	for _, d := range []quad.Direction{quad.Subject, quad.Object} {
		found, err := anyForeign(ctx, r, labels, node, d)
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

// anyForeign reports whether a node stands at d in a quad of another graph, by the first of
// its quads.
func anyForeign(ctx context.Context, r *read.Quads, labels *read.Labels, node refs.Ref, d quad.Direction) (bool, error) {
	it := r.QS.QuadIterator(d, node).Iterate()
	defer it.Close()
	if !it.Next(ctx) {
		return false, cmp.Or(it.Err(), ctx.Err())
	}
	label, err := r.QS.QuadDirection(it.Result(), quad.Label)
	if err != nil {
		return false, err
	}
	return labels.Foreign(ctx, label)
}
