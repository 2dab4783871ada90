package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/paths"
	"kg/schema"
)

// PathOptions say which paths to look for.
type PathOptions = paths.Options

// Paths finds paths between two entities: see package paths.
func (v *View) Paths(ctx context.Context, from, to quad.IRI, o PathOptions) (*paths.PathList, error) {
	g := &paths.Graph{R: v.r, Joins: v.joins, Claims: v.claims, Events: v.events, Hubs: v.hubs, Aside: []quad.IRI{schema.OntologyIRI}}
	if v.joins.Decisions != nil {
		for _, label := range v.joins.Decisions.Labels {
			g.Aside = append(g.Aside, iriOf(label))
		}
	}
	return paths.Find(ctx, g, from, to, o)
}

// Example returns an entity of another graph to begin with, of high degree; empty for a
// graph that has none.
func (v *View) Example(ctx context.Context) (quad.IRI, error) {
	return v.hubs.Example(ctx, v.claims.Foreign)
}
