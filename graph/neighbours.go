package graph

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/edges"
	"kg/schema"
)

// EdgeFilter narrows the edges of an entity. The zero filter lets all through; of
// several conditions an edge meets each.
type EdgeFilter struct {
	At        quad.Direction  // where the entity stands: quad.Subject, quad.Object, or quad.Any
	Relations []quad.IRI      // any of these
	Speaker   quad.IRI        // of the edge's claim
	Source    quad.IRI        // of the edge's claim or file; of another graph's edge, the graph label
	Stances   []schema.Stance // of the edge's claim, any of these; "" is a derived claim, which has none
}

// Relation is a relation of an entity in one direction, and how many edges it has.
type Relation struct {
	IRI quad.IRI
	Out bool
	N   int
}

// OfFile reports whether it is one by which files say what an entity is, what it is called
// and the same as.
func (r Relation) OfFile() bool { return slices.Contains(edges.OfFile, r.IRI) }

// OfRecord reports whether it is one by which claims, sources and decisions are kept.
func (r Relation) OfRecord() bool { return slices.Contains(edges.OfRecord, r.IRI) }

// EdgePage is a part of the edges of an entity.
type EdgePage struct {
	Edges []Edge
	// Relations are those of the entity that the filter's At and Relations let
	// through, in the order of the pages. They count edges of every speaker, source
	// and stance.
	Relations []Relation
	// All is how many edges the filter lets through, on all pages. It is -1 if the
	// filter asks for a speaker, source or stance and there may be more than this page.
	All  int
	Next string // the cursor of the next page; empty on the last one
}

// Neighbours lists the edges of an entity, in and out, of claims, of files and of
// other graphs, page by page. The first page has the empty cursor, the next one
// Next of the page before; limit is how many edges a page has at most, 0 for all. A
// subject that is its own object has its edge twice, out and in.
//
// Pages come by relation: first what files say the entity is, then its other
// relations out, those in, and last what claims and sources keep of it. Within a
// page edges are sorted as Edges sorts them. While the graph does not change, the
// pages together have each edge once; a cursor is good for a later state, too, in
// which edges that came meanwhile may be missed.
//
// The cost grows with the page and with the relations of the entity, not with its
// edges. Only a filter of speaker, source or stance passes over edges, and of these
// it reads the label. Nothing is read or named that the page does not have.
func (v *View) Neighbours(ctx context.Context, entity quad.IRI, f EdgeFilter, cursor string, limit int) (*EdgePage, error) {
	walk := &edges.EdgePager{R: v.r, Node: entity, At: f.At, Only: f.Relations, Limit: limit}
	if f.ofClaims() {
		walk.Passes = func(label quad.IRI) (bool, error) { return v.labelPasses(ctx, label, &f) }
	}
	page, err := walk.Page(ctx, cursor)
	if err != nil {
		return nil, err
	}
	p := &EdgePage{Next: page.Next}
	for _, r := range page.Relations {
		p.Relations = append(p.Relations, Relation(r))
		p.All += r.N
	}
	for _, one := range page.Edges {
		e, err := v.edge(ctx, one.Quad, one.Out)
		if err != nil {
			return nil, err
		}
		p.Edges = append(p.Edges, e)
	}
	if f.ofClaims() {
		if p.All = -1; cursor == "" && p.Next == "" {
			p.All = len(p.Edges)
		}
	}
	slices.SortStableFunc(p.Edges, compareEdges)
	return p, nil
}

// ofClaims reports whether the filter asks for what stands behind an edge.
func (f *EdgeFilter) ofClaims() bool { return f.Speaker != "" || f.Source != "" || len(f.Stances) > 0 }

// edge is a quad as an edge, with its claim.
func (v *View) edge(ctx context.Context, q quad.Quad, out bool) (Edge, error) {
	e := Edge{Quad: q, Out: out}
	var err error
	if e.Claim, err = v.Claim(ctx, iriOf(q.Label)); err == nil && e.Claim == nil {
		e.Foreign, err = v.foreign(ctx, iriOf(q.Label))
	}
	return e, err
}

// labelPasses reports whether a filter lets through what stands under a label.
func (v *View) labelPasses(ctx context.Context, label quad.IRI, f *EdgeFilter) (bool, error) {
	if f.Source != "" && schema.IRI(iriOf(label)).Source() != f.Source {
		return false, nil
	}
	if f.Speaker == "" && len(f.Stances) == 0 {
		return true, nil
	}
	if !isClaim(label) {
		return false, nil
	}
	c, known := v.claims[label]
	if !known { // what is passed over is not remembered
		var err error
		if c, err = v.readClaim(ctx, label); err != nil {
			return false, err
		}
	}
	return c != nil && (f.Speaker == "" || c.Speaker == f.Speaker) && (len(f.Stances) == 0 || slices.Contains(f.Stances, c.Stance)), nil
}
