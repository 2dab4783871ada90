package graph

import (
	"context"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/stats"
)

// Count is how often something occurs in a graph, or is lost by an export.
type Count struct {
	Of    string     // kind, relation, source, speaker, author of derived claims, or graph; of an export, what is lost
	Value quad.Value // the kind, relation and so on that is counted, or the entity that loses something
	N     int
}

// Stats counts entities by kind, asserted edges by relation, and claims by
// source, by speaker and by the author of derived ones; the largest first. Of other
// graphs it counts quads by label and by predicate, and what has a kind. It passes
// over claims that are retracted.
func (v *View) Stats(ctx context.Context) ([]Count, error) {
	return countsOf(stats.All(ctx, v.counted()))
}

// CountSpeakers counts claims by who speaks, those with most first, without what is
// retracted.
func (v *View) CountSpeakers(ctx context.Context) ([]Count, error) {
	return countsOf(stats.Speakers(ctx, v.counted()))
}

func countsOf(list []stats.Count, err error) ([]Count, error) {
	var counts []Count
	for _, c := range list {
		counts = append(counts, Count(c))
	}
	return counts, err
}

// counted is the view as package stats counts it.
func (v *View) counted() *stats.Graph {
	g := &stats.Graph{R: v.r, Foreign: v.isForeign}
	if d := v.joins.Decisions; d != nil && len(d.Each) > 0 {
		g.Retired = v.leavesOut
	}
	return g
}

// isForeign reports whether a label is that of another graph.
func (v *View) isForeign(ctx context.Context, label quad.Value) (bool, error) {
	e, err := v.edge(ctx, quad.Quad{Label: label}, true)
	return e.Foreign, err
}

// foreignIn tells which labels of a store are those of other graphs.
func foreignIn(qs cayley.QuadStore) func() read.Foreign {
	return func() read.Foreign { return NewView(qs, "").isForeign }
}
