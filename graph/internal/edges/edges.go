// Package edges pages through the edges of an entity, with their claims: its relations, and
// its quads along these from a cursor on. Only the quads of the page are read.
package edges

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Edge is one quad of an entity, seen from it.
type Edge struct {
	Quad  quad.Quad
	Out   bool          // whether the entity is the subject
	Claim *claims.Claim // nil for what the source's file says of the entity itself
	// Foreign reports an edge of another graph: its label is no source's, no claim's and not
	// the ontology's. Its speaker is unknown, so that it has no stance and is no origin.
	Foreign bool
	Status  string // of a Comparison: the statuses of the event that the claim states, separated by ", "
}

// Relation returns the edge's predicate.
func (e Edge) Relation() quad.IRI { return read.IRI(e.Quad.Predicate) }

// Other returns the end that the entity is not.
func (e Edge) Other() quad.Value {
	if e.Out {
		return e.Quad.Object
	}
	return e.Quad.Subject
}

// Source returns the source of the edge: that of its claim, or its label.
func (e Edge) Source() quad.IRI { return schema.IRI(read.IRI(e.Quad.Label)).Source() }

// Stated reports whether a claim or another graph states the edge. What a source's file
// says the entity is and is called is not stated, nor what a graph names it.
func (e Edge) Stated() bool {
	return e.Claim != nil || e.Foreign && !slices.Contains(ofFile, e.Relation())
}

// IsCode reports whether the edge leads to a code, such as a status, which joins nothing.
func (e Edge) IsCode() bool {
	object, ok := e.Quad.Object.(quad.IRI)
	return ok && schema.IRI(object).OfOntology()
}

// compare orders the edges of a page: what the source's file says of the entity, then what
// claims assert, out and in, then other edges that point to it.
func compare(a, b Edge) int {
	rank := func(e Edge) int {
		switch {
		case e.Claim == nil && e.Out:
			return 0
		case e.Claim != nil && e.Out:
			return 1
		case e.Claim != nil:
			return 2
		}
		return 3
	}
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	key := func(e Edge) string {
		return string(e.Relation()) + "\x00" + term.TextOf(e.Other()) + "\x00" + term.TextOf(e.Quad.Label)
	}
	return strings.Compare(key(a), key(b))
}

// Relation is a relation of an entity in one direction, and how many edges it has.
type Relation struct {
	IRI quad.IRI
	Out bool
	N   int
}

// OfFile reports whether it is one of the relations by which files say what an entity is,
// what it is called and the same as.
func (r Relation) OfFile() bool { return slices.Contains(ofFile, r.IRI) }

// OfRecord reports whether it is one of the relations of the records of claims, sources and
// decisions.
func (r Relation) OfRecord() bool { return slices.Contains(ofRecord, r.IRI) }

// Filter narrows the edges of an entity. The zero filter lets all through; of several
// conditions an edge meets each.
type Filter struct {
	At        quad.Direction  // the entity's end of the edge: quad.Subject, quad.Object, or quad.Any
	Relations []quad.IRI      // any of these
	Speaker   quad.IRI        // of the edge's claim
	Source    quad.IRI        // of the edge's claim or file; of another graph's edge, the graph label
	Stances   []schema.Stance // of the edge's claim, any of these; "" is a derived claim, which has none
}

// ofClaims reports whether the filter needs the label of an edge.
func (f *Filter) ofClaims() bool { return f.Speaker != "" || f.Source != "" || len(f.Stances) > 0 }

// Page is a page of the edges of an entity.
type Page struct {
	Edges []Edge
	// Relations are those of the entity that the filter's At and Relations let through, in
	// the order of the pages. They count edges of every speaker, source and stance.
	Relations []Relation
	// All is how many edges the filter lets through, on all pages. It is -1 if the filter
	// asks for a speaker, source or stance and there may be more than this page.
	All  int
	Next string // the cursor of the next page; empty on the last one
}

// EdgePager reads the edges of an entity page by page.
type EdgePager struct {
	R      *read.Quads
	Claims *claims.Cache
	Node   quad.IRI
	Filter
	Limit int // how many edges a page has; 0 for all

	page   *Page
	last   Edge              // the last of the page
	passed map[refs.Ref]bool // whether a label is let through
}

// Page returns the page that a cursor begins; the empty one begins the first.
func (w *EdgePager) Page(ctx context.Context, cursor string) (*Page, error) {
	if err := w.read(ctx, cursor); err != nil {
		return nil, err
	}
	p := w.page
	for _, r := range p.Relations {
		p.All += r.N
	}
	for i := range p.Edges {
		e := &p.Edges[i]
		var err error
		if e.Claim, err = w.Claims.Claim(ctx, read.IRI(e.Quad.Label)); err == nil && e.Claim == nil {
			e.Foreign, err = w.Claims.Foreign(ctx, e.Quad.Label)
		}
		if err != nil {
			return nil, err
		}
	}
	if w.ofClaims() {
		if p.All = -1; cursor == "" && p.Next == "" {
			p.All = len(p.Edges)
		}
	}
	slices.SortStableFunc(p.Edges, compare)
	return p, nil
}

// read reads the quads of a page, in no order within a relation, and its cursor.
func (w *EdgePager) read(ctx context.Context, cursor string) error {
	after, err := parseCursor(w.Node, cursor)
	if err != nil {
		return err
	}
	w.page, w.passed = &Page{}, map[refs.Ref]bool{}
	if w.page.Relations, err = w.relations(ctx); err != nil {
		return err
	}
	at, _ := after.Quad.Predicate.(quad.IRI)
	for _, r := range w.page.Relations {
		if after.Quad.Predicate != nil && compareRelations(r, Relation{IRI: at, Out: after.Out}) < 0 {
			continue
		}
		from := quad.Quad{}
		if r.IRI == at && r.Out == after.Out {
			from = after.Quad
		}
		if err := w.along(ctx, r, from); err != nil {
			return err
		}
	}
	return nil
}

// relations lists the relations of the node that the walk is along.
func (w *EdgePager) relations(ctx context.Context) (list []Relation, err error) {
	for _, out := range []bool{true, false} {
		if w.At != quad.Any && w.At != endOf(out) {
			continue
		}
		counts, err := w.walker().Relations(ctx, w.Node, endOf(out))
		if err != nil {
			return nil, err
		}
		for _, c := range counts {
			r := Relation{IRI: read.IRI(c.Predicate), Out: out, N: c.Count}
			if len(w.Relations) == 0 || slices.Contains(w.Relations, r.IRI) {
				list = append(list, r)
			}
		}
	}
	slices.SortFunc(list, compareRelations)
	return list, nil
}

// endOf returns the entity's end of its edges.
func endOf(out bool) quad.Direction {
	if out {
		return quad.Subject
	}
	return quad.Object
}

// ofFile and ofRecord are the relations by which files say what an entity is, and those of
// the records of claims, sources and decisions.
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

// along adds the edges of a relation that come after a quad. The first edge beyond the limit
// of the page ends it and sets the cursor.
func (w *EdgePager) along(ctx context.Context, r Relation, after quad.Quad) error {
	if w.page.Next != "" {
		return nil
	}
	for ref, err := range w.walker().Along(ctx, w.Node, endOf(r.Out), r.IRI, after) {
		if err != nil {
			return err
		}
		if passes, err := w.pass(ctx, ref); err != nil || !passes {
			if err != nil {
				return err
			}
			continue
		}
		if w.Limit > 0 && len(w.page.Edges) == w.Limit {
			w.page.Next, err = w.last.cursor()
			return err
		}
		q, err := w.R.QS.Quad(ref)
		if err != nil {
			return err
		}
		w.last = Edge{Quad: q, Out: r.Out}
		w.page.Edges = append(w.page.Edges, w.last)
	}
	return nil
}

// labelsKept is how many labels a walk remembers.
const labelsKept = 4096

// pass reports whether a quad is let through, by its label alone.
func (w *EdgePager) pass(ctx context.Context, ref refs.Ref) (bool, error) {
	if !w.ofClaims() {
		return true, nil
	}
	label, err := w.R.QS.QuadDirection(ref, quad.Label)
	if err != nil || label == nil {
		return false, err
	}
	if known, ok := w.passed[label]; ok {
		return known, nil
	}
	value, err := w.R.QS.NameOf(label)
	if err != nil {
		return false, err
	}
	passes, err := w.passes(ctx, read.IRI(value))
	if len(w.passed) == labelsKept {
		clear(w.passed)
	}
	w.passed[label] = passes
	return passes, err
}

// passes reports whether the filter lets the edges under a label through.
func (w *EdgePager) passes(ctx context.Context, label quad.IRI) (bool, error) {
	if w.Source != "" && schema.IRI(label).Source() != w.Source {
		return false, nil
	}
	if w.Speaker == "" && len(w.Stances) == 0 {
		return true, nil
	}
	if !schema.IRI(label).IsClaim() {
		return false, nil
	}
	c, err := w.Claims.Passing(ctx, label)
	return c != nil && (w.Speaker == "" || c.Speaker == w.Speaker) && (len(w.Stances) == 0 || slices.Contains(w.Stances, c.Stance)), err
}
