package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

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
	after, err := parseCursor(entity, cursor)
	if err != nil {
		return nil, err
	}
	p := &EdgePage{}
	if p.Relations, err = v.relations(ctx, entity, f); err != nil {
		return nil, err
	}
	walk := &edgeWalk{v: v, entity: entity, filter: f, limit: limit, page: p, passes: map[refs.Ref]bool{}}
	for _, r := range p.Relations {
		p.All += r.N
		if after.Quad.Predicate != nil && compareRelations(r, Relation{IRI: after.Relation(), Out: after.Out}) < 0 {
			continue
		}
		from := quad.Quad{}
		if r.IRI == after.Relation() && r.Out == after.Out {
			from = after.Quad
		}
		if err := walk.relation(ctx, r, from); err != nil {
			return nil, err
		}
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

// relations lists the relations of an entity that a filter lets through.
func (v *View) relations(ctx context.Context, entity quad.IRI, f EdgeFilter) (list []Relation, err error) {
	for _, out := range []bool{true, false} {
		if f.At != quad.Any && f.At != endOf(out) {
			continue
		}
		counts, err := v.walker().Relations(ctx, entity, endOf(out))
		if err != nil {
			return nil, err
		}
		for _, c := range counts {
			r := Relation{IRI: iriOf(c.Predicate), Out: out, N: c.Count}
			if len(f.Relations) == 0 || slices.Contains(f.Relations, r.IRI) {
				list = append(list, r)
			}
		}
	}
	slices.SortFunc(list, compareRelations)
	return list, nil
}

// endOf is where an entity stands in its edges.
func endOf(out bool) quad.Direction {
	if out {
		return quad.Subject
	}
	return quad.Object
}

// ofFile and ofRecord are the relations by which files say what an entity is, and by
// which claims and sources keep it.
var (
	ofFile   = append(slices.Clone(schema.Naming), schema.Type, schema.AltLabel, schema.Description, schema.Comment, schema.SameAs)
	ofRecord = []quad.IRI{schema.Speaker, schema.ViaParty, schema.AnnotatedBy, schema.Publisher, schema.FromSource,
		schema.DerivedFrom, schema.HasSource, schema.DecisionOn, schema.DecidedBy}
)

func compareRelations(a, b Relation) int {
	rank := func(r Relation) int {
		switch {
		case r.Out && slices.Contains(ofFile, r.IRI):
			return 0
		case r.Out:
			return 1
		case slices.Contains(ofRecord, r.IRI):
			return 3
		}
		return 2
	}
	return cmp.Or(rank(a)-rank(b), cmp.Compare(a.IRI, b.IRI))
}

// edgeWalk fills a page.
type edgeWalk struct {
	v      *View
	entity quad.IRI
	filter EdgeFilter
	limit  int
	page   *EdgePage
	last   Edge              // the last of the page, in the order of the walk
	passes map[refs.Ref]bool // the labels that were looked at
}

// relation adds the edges of a relation, from behind a quad. An edge that the page
// has no room for makes the cursor.
func (w *edgeWalk) relation(ctx context.Context, r Relation, after quad.Quad) error {
	if w.page.Next != "" {
		return nil
	}
	for ref, err := range w.v.walker().Along(ctx, w.entity, endOf(r.Out), r.IRI, after) {
		if err != nil {
			return err
		}
		if passes, err := w.pass(ctx, ref); err != nil || !passes {
			if err != nil {
				return err
			}
			continue
		}
		if w.limit > 0 && len(w.page.Edges) == w.limit {
			w.page.Next, err = w.last.cursor()
			return err
		}
		q, err := w.v.qs.Quad(ref)
		if err != nil {
			return err
		}
		if w.last, err = w.v.edge(ctx, q, r.Out); err != nil {
			return err
		}
		w.page.Edges = append(w.page.Edges, w.last)
	}
	return nil
}

// edge is a quad as an edge, with its claim.
func (v *View) edge(ctx context.Context, q quad.Quad, out bool) (Edge, error) {
	e := Edge{Quad: q, Out: out}
	var err error
	if e.Claim, err = v.Claim(ctx, iriOf(q.Label)); err == nil && e.Claim == nil {
		e.Foreign, err = v.foreign(ctx, iriOf(q.Label))
	}
	return e, err
}

// labelsKept is how many labels a walk remembers.
const labelsKept = 4096

// pass reports whether the filter lets a quad through, by its label alone.
func (w *edgeWalk) pass(ctx context.Context, ref refs.Ref) (bool, error) {
	if !w.filter.ofClaims() {
		return true, nil
	}
	label, err := w.v.qs.QuadDirection(ref, quad.Label)
	if err != nil || label == nil {
		return false, err
	}
	if known, ok := w.passes[label]; ok {
		return known, nil
	}
	value, err := w.v.qs.NameOf(label)
	if err != nil {
		return false, err
	}
	passes, err := w.v.labelPasses(ctx, iriOf(value), &w.filter)
	if len(w.passes) == labelsKept {
		clear(w.passes)
	}
	w.passes[label] = passes
	return passes, err
}

// labelPasses reports whether a filter lets through what stands under a label.
func (v *View) labelPasses(ctx context.Context, label quad.IRI, f *EdgeFilter) (bool, error) {
	if f.Source != "" && sourceOf(label) != f.Source {
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
