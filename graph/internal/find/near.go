package find

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/schema"
)

// Near lists entities and their neighbours by edges of claims, at most so many: the entities
// themselves, then those one edge away, then those two edges away, each in order.
func Near(ctx context.Context, r *read.Quads, entities []quad.IRI, most int) ([]quad.IRI, error) {
	seen, list := map[quad.IRI]bool{}, []quad.IRI(nil)
	add := func(entity quad.IRI) {
		_, _, _, record := schema.IRI(entity).SplitClaim() // a claim, or a figure of one
		if entity != "" && !seen[entity] && !record && len(list) < most {
			seen[entity] = true
			list = append(list, entity)
		}
	}
	for _, entity := range entities {
		add(entity)
	}
	for from, hops := 0, 0; hops < 2 && from < len(list); hops++ {
		ring := list[from:]
		from = len(list)
		for _, entity := range ring {
			if len(list) == most {
				break
			}
			ends, err := ends(ctx, r, entity, most)
			if err != nil {
				return nil, err
			}
			for _, end := range ends {
				add(end)
			}
		}
	}
	return list, nil
}

// ends lists the other ends of an entity's edges, of most of them at most.
func ends(ctx context.Context, r *read.Quads, entity quad.IRI, most int) ([]quad.IRI, error) {
	var ends []quad.IRI
	for _, p := range []quad.Quad{{Subject: entity}, {Object: entity}} {
		seen := 0
		for q, err := range r.Each(ctx, p) {
			if err != nil {
				return nil, err
			}
			if schema.IRI(read.IRI(q.Label)).IsClaim() {
				other := q.Object
				if p.Object != nil {
					other = q.Subject
				}
				ends = append(ends, read.IRI(other))
			}
			if seen++; seen == most {
				break
			}
		}
	}
	slices.Sort(ends)
	return slices.Compact(ends), nil
}
