package graph

import (
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Edge is one quad of an entity, seen from it.
type Edge struct {
	Out      bool // whether the entity is the subject
	Relation quad.IRI
	Other    quad.Value
	Claim    *Claim // nil for what the source's file says of the entity itself
	Label    quad.Value
}

// Edges lists every quad with the entity as subject or object, those that
// claims assert first.
func (v *View) Edges(ctx context.Context, entity quad.IRI) ([]Edge, error) {
	var edges []Edge
	for _, d := range []quad.Direction{quad.Subject, quad.Object} {
		quads, err := v.quads(ctx, d, entity)
		if err != nil {
			return nil, err
		}
		for _, q := range quads {
			c, err := v.Claim(ctx, iriOf(q.Label))
			if err != nil {
				return nil, err
			}
			e := Edge{Out: d == quad.Subject, Relation: iriOf(q.Predicate), Other: q.Object, Claim: c, Label: q.Label}
			if !e.Out {
				e.Other = q.Subject
			}
			edges = append(edges, e)
		}
	}
	slices.SortFunc(edges, compareEdges)
	return edges, nil
}

func compareEdges(a, b Edge) int {
	rank := func(e Edge) int {
		r := 0
		if e.Claim == nil {
			r = 2
		}
		if !e.Out {
			r++
		}
		return r
	}
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	key := func(e Edge) string { return string(e.Relation) + "\x00" + Text(e.Other) + "\x00" + Text(e.Label) }
	return strings.Compare(key(a), key(b))
}

// Kind is the IRI of an entity's kind, or empty for what has none.
func (v *View) Kind(ctx context.Context, entity quad.IRI) (quad.IRI, error) {
	kind, err := v.object(ctx, entity, schema.Type)
	return iriOf(kind), err
}
