package graph

import (
	"context"

	cayley "github.com/cayleygraph/cayley/graph"

	"kg/graph/internal/claims"
	"kg/graph/internal/read"
	"kg/graph/internal/stats"
)

// Count is how often something occurs in a graph, or is lost by an export.
type Count = stats.Count

// Stats counts entities by kind, asserted edges by relation, and claims by source, by
// speaker and by the author of derived ones; the largest first. Of other graphs it
// counts quads by label and by predicate, and nodes with a kind. It leaves out claims
// that are retracted.
func (v *View) Stats(ctx context.Context) ([]Count, error) {
	return stats.All(ctx, v.counted())
}

// CountSpeakers counts claims by speaker, the largest first, without retracted ones.
func (v *View) CountSpeakers(ctx context.Context) ([]Count, error) {
	return stats.Speakers(ctx, v.counted())
}

// counted returns the view as the graph of package stats.
func (v *View) counted() *stats.Graph {
	g := &stats.Graph{R: v.r, Foreign: v.claims.Foreign}
	if d := v.joins.Decisions; d != nil && len(d.Each) > 0 {
		g.Retired = v.leavesOut
	}
	return g
}

// foreignIn returns a function that reports whether a label of a store is that of
// another graph.
func foreignIn(qs cayley.QuadStore) func() read.Foreign {
	return func() read.Foreign { return claims.NewCache(read.Of(qs), nil).Foreign }
}
