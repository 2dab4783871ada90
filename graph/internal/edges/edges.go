// Package edges pages through the edges of a node: its relations, and its quads along
// these from a cursor on. Only the quads of the page are read.
package edges

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/schema"
)

// Edge is a quad of a node, seen from it.
type Edge struct {
	Quad quad.Quad
	Out  bool // the node is the subject
}

// Relation is a relation of a node in one direction, and how many edges it has.
type Relation struct {
	IRI quad.IRI
	Out bool
	N   int
}

// Page is a part of the edges of a node, in no order within a relation.
type Page struct {
	Edges     []Edge
	Relations []Relation // all of the node that the walk is along, in the order of pages
	Next      string     // the cursor of the next page; empty on the last one
}

// EdgePager is along the edges of a node.
type EdgePager struct {
	R     *read.Quads
	Node  quad.IRI
	At    quad.Direction // where the node stands: quad.Subject, quad.Object, or quad.Any
	Only  []quad.IRI     // the relations; none are all
	Limit int            // how many edges a page has; 0 for all
	// Passes reports whether edges under a label are let through; nil lets all.
	Passes func(label quad.IRI) (bool, error)

	page   *Page
	last   Edge              // the last of the page
	passed map[refs.Ref]bool // labels that were checked
}

// Page is the page that a cursor begins; the empty one begins the first.
func (w *EdgePager) Page(ctx context.Context, cursor string) (*Page, error) {
	after, err := parseCursor(w.Node, cursor)
	if err != nil {
		return nil, err
	}
	w.page, w.passed = &Page{}, map[refs.Ref]bool{}
	if w.page.Relations, err = w.relations(ctx); err != nil {
		return nil, err
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
			return nil, err
		}
	}
	return w.page, nil
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
			if len(w.Only) == 0 || slices.Contains(w.Only, r.IRI) {
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

// OfFile and OfRecord are the relations by which files describe an entity, and those of
// the records of claims, sources and decisions.
var (
	OfFile   = append(slices.Clone(schema.Naming), schema.Type, schema.AltLabel, schema.Description, schema.Comment, schema.SameAs)
	OfRecord = []quad.IRI{schema.Speaker, schema.ViaParty, schema.AnnotatedBy, schema.Publisher, schema.FromSource,
		schema.DerivedFrom, schema.HasSource, schema.DecisionOn, schema.DecidedBy}
)

func compareRelations(a, b Relation) int {
	rank := func(r Relation) int {
		switch {
		case r.Out && slices.Contains(OfFile, r.IRI):
			return 0
		case r.Out:
			return 1
		case slices.Contains(OfRecord, r.IRI):
			return 3
		}
		return 2
	}
	return cmp.Or(rank(a)-rank(b), cmp.Compare(a.IRI, b.IRI))
}

// along adds the edges of a relation, from behind a quad. An edge that the page has no
// room for makes the cursor.
func (w *EdgePager) along(ctx context.Context, r Relation, after quad.Quad) error {
	if w.page.Next != "" {
		return nil
	}
	for ref, err := range w.walker().Along(ctx, w.Node, endOf(r.Out), r.IRI, after) {
		if err != nil {
			return err
		}
		if passes, err := w.pass(ref); err != nil || !passes {
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
		w.last = Edge{q, r.Out}
		w.page.Edges = append(w.page.Edges, w.last)
	}
	return nil
}

// labelsKept is how many labels a walk remembers.
const labelsKept = 4096

// pass reports whether a quad is let through, by its label alone.
func (w *EdgePager) pass(ref refs.Ref) (bool, error) {
	if w.Passes == nil {
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
	passes, err := w.Passes(read.IRI(value))
	if len(w.passed) == labelsKept {
		clear(w.passed)
	}
	w.passed[label] = passes
	return passes, err
}
