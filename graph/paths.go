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

// exampleClaims is how many claims Example reads.
const exampleClaims = 200

// Example returns an entity to begin with: one of another graph, of high degree, or else
// the named entity of which the first claims of the graph say most. It is empty for a graph
// that has none.
func (v *View) Example(ctx context.Context) (best quad.IRI, err error) {
	if best, err = v.hubs.Example(ctx, v.claims.Foreign); best != "" || err != nil {
		return best, err
	}
	edges, claims := map[quad.IRI]int{}, 0
	for q, err := range v.Each(ctx, quad.Quad{Predicate: schema.Type, Object: schema.ClaimClass}) {
		if err != nil {
			return "", err
		}
		if claims++; claims > exampleClaims {
			break
		}
		if schema.IRI(iriOf(q.Label)).IsBackground() {
			continue
		}
		for edge, err := range v.Each(ctx, quad.Quad{Label: q.Subject}) {
			if err != nil {
				return "", err
			}
			for _, end := range []quad.Value{edge.Subject, edge.Object} {
				if iri := iriOf(end); iri != "" && !schema.IRI(iri).Under(iriOf(q.Label)) {
					edges[iri]++
				}
			}
		}
	}
	for iri, n := range edges {
		if n < edges[best] || n == edges[best] && iri > best {
			continue
		}
		if is, err := v.IsA(ctx, iri, "Thing"); err != nil {
			return "", err
		} else if is {
			best = iri
		}
	}
	return best, nil
}
