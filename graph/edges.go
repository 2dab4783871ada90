package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/edges"
	"kg/graph/internal/store/term"
	"kg/schema"
)

type (
	// Edge is one quad of an entity, seen from it.
	Edge = edges.Edge
	// EdgeFilter narrows the edges of an entity. The zero filter lets all through; of
	// several conditions an edge meets each.
	EdgeFilter = edges.Filter
	// EdgePage is a page of the edges of an entity.
	EdgePage = edges.Page
	// Relation is a relation of an entity in one direction, and how many edges it has.
	Relation = edges.Relation
)

// Edges lists every quad with the entity as subject or object: first what its source's
// file says it is, then what claims assert, then other edges that point to it, such as
// those of the claims it makes.
func (v *View) Edges(ctx context.Context, entity quad.IRI) ([]Edge, error) {
	p, err := v.Neighbours(ctx, entity, EdgeFilter{}, "", 0)
	if err != nil {
		return nil, err
	}
	return p.Edges, nil
}

// Neighbours lists the edges of an entity, in and out, of claims, of files and of other
// graphs, page by page. The first page has the empty cursor, the next one Next of the page
// before; limit is how many edges a page has at most, 0 for all. A subject that is its own
// object has its edge twice, out and in.
//
// Pages are by relation: first what files say the entity is, then its other relations out,
// those in, and last those of the records of claims and sources. Within a page edges are
// sorted as Edges sorts them. While the graph does not change, the pages together have each
// edge once; a cursor is valid for a later state, too, but edges that were added meanwhile
// may be missed.
//
// The cost grows with the page and with the relations of the entity, not with its edges.
// Only a filter of speaker, source or stance skips edges, and reads their labels. Nothing is
// read or named that the page does not have.
func (v *View) Neighbours(ctx context.Context, entity quad.IRI, f EdgeFilter, cursor string, limit int) (*EdgePage, error) {
	w := &edges.EdgePager{R: v.r, Claims: v.claims, Node: entity, Filter: f, Limit: limit}
	return w.Page(ctx, cursor)
}

// Reading returns a relation in words: forward as it leads from subject to object, "works
// for"; else as it is read from object to subject, "is governed by". A relation whose
// ontology has no words for the inverse is read "is … of".
func (v *View) Reading(ctx context.Context, relation quad.IRI, forward bool) (Cell, error) {
	return v.namer.Relation(ctx, relation, forward)
}

// Kind returns the IRI of the kind of an entity, empty if it has none.
func (v *View) Kind(ctx context.Context, entity quad.IRI) (quad.IRI, error) {
	kind, err := v.r.Object(ctx, entity, schema.Type)
	return iriOf(kind), err
}

// IsA reports whether an entity is of a kind, by the kind's name, or of a kind
// below it.
func (v *View) IsA(ctx context.Context, entity quad.IRI, kind string) (bool, error) {
	at, err := v.Kind(ctx, entity)
	if err != nil {
		return false, err
	}
	return v.namer.Below(ctx, at, kind)
}

// IsRelation reports whether any quad has the IRI as its predicate.
func (v *View) IsRelation(ctx context.Context, iri quad.IRI) (bool, error) {
	is, known := v.leads[iri]
	if known {
		return is, nil
	}
	none, err := v.leadsNowhere(iri)
	if err != nil {
		return false, err
	}
	if none {
		v.leads[iri] = false
		return false, nil
	}
	if is, err = v.r.Any(ctx, quad.Quad{Predicate: iri}); err != nil {
		return false, err
	}
	v.leads[iri] = is
	return is, nil
}

// leadsNowhere reports whether a count of the store shows that no quad has the IRI as
// its predicate.
func (v *View) leadsNowhere(iri quad.IRI) (bool, error) {
	ix, err := v.r.OwnIndex()
	if ix == nil || err != nil {
		return false, err
	}
	var p term.Pattern
	if p.Quad[term.Predicate], err = v.r.Terms(ix).Resolve(ix, iri); err != nil {
		return false, err
	}
	return p.Quad[term.Predicate] == term.None || ix.AtMost(p) == 0, nil
}
