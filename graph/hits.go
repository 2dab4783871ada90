package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/index"
	"kg/graph/internal/search"
)

// search is the view as package search goes through it.
func (v *View) search() *search.Graph {
	return &search.Graph{Base: v.Base, Names: v.names, LeavesOut: v.leavesOut, Edges: NewView(v.names.Whole, v.Base).edgesOf}
}

// narrowed are the options as package search has them.
func (v *View) narrowed(o FindOptions) search.Options {
	narrow := search.Options{Entities: o.Scope == Entities, Texts: o.Scope == Texts, Kind: o.Kind, Limit: o.Limit}
	if o.Passage != nil {
		narrow.Passage = func(ctx context.Context, claim quad.IRI) (string, search.Place, error) {
			c, err := v.Claim(ctx, claim)
			if c == nil || err != nil {
				return "", search.Place{}, err
			}
			text, err := o.Passage(ctx, c)
			return text, search.Place{Source: c.Source, Start: c.Start, End: c.End}, err
		}
	}
	return narrow
}

// form is what was typed as an IRI or a short form, folded; empty for any other
// words.
func (v *View) form(text string) string { return search.Form(v.Base, text) }

// edgesOf counts the edges of a node: of a claim those it states.
func (v *View) edgesOf(ctx context.Context, n *index.Node) (int, error) {
	if n.Rank == index.AClaim {
		quads, err := v.Asserted(ctx, &Claim{IRI: n.IRI})
		return len(quads), err
	}
	ref, err := v.qs.ValueOf(n.IRI)
	if err != nil || ref == nil {
		return 0, err
	}
	edges := -n.Facts
	for _, d := range []quad.Direction{quad.Subject, quad.Object} {
		size, err := v.qs.QuadIteratorSize(ctx, d, ref)
		if err != nil {
			return 0, err
		}
		edges += int(size.Value)
	}
	return edges, nil
}
