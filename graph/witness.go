package graph

import (
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/schema"
)

// Answer is a row of a query as it is to be explained: the values of its columns
// and, added one by one, the ways to it.
type Answer struct {
	Columns  []string
	Values   []quad.Value // beside Columns; nil for an empty cell
	Joined   bool         // a cell stands for all nodes that are joined to its value
	MoreWays bool         // there are more than were added
	Counted  bool         // it counts its ways: it rests on all of them, not on any
	Walked   bool         // the columns are tags in no order: cells follow the walk
	Untraced bool         // of some way it is not known how the query came by it

	list   []witnessed
	labels map[triple][]quad.IRI
	same   func(quad.Value) quad.Value // see View.canonical; nil for the value itself
	alias  map[quad.Value]quad.Value   // see Alias
}

// Alias takes a value for one of Values that people read alike.
func (a *Answer) Alias(value, shown quad.Value) {
	if a.alias == nil {
		a.alias = map[quad.Value]quad.Value{}
	}
	a.alias[value] = shown
}

// node is the value that stands for all that are the same.
func (a *Answer) node(v quad.Value) quad.Value {
	if shown, ok := a.alias[v]; ok {
		return shown
	}
	if a.same == nil {
		return v
	}
	return a.same(v)
}

// maxWitnesses bounds the witnesses that are kept of an answer.
const maxWitnesses = 64

// triple is a quad without its label.
type triple struct{ s, p, o quad.Value }

func tripleOf(q quad.Quad) triple { return triple{q.Subject, q.Predicate, q.Object} }

// witnessed is a witness before its claims are looked up.
type witnessed []triple

// Add adds a way to the answer, the quads that one derivation of it passed. A way
// that contains another is no witness. An edge that several claims state is one
// edge under several labels; what the ontology says is no evidence.
func (a *Answer) Add(way []quad.Quad) {
	if a.labels == nil {
		a.labels = map[triple][]quad.IRI{}
	}
	var w witnessed
	for _, q := range way {
		label := iriOf(q.Label)
		if label == schema.OntologyIRI {
			continue
		}
		t := tripleOf(q)
		if !slices.Contains(w, t) {
			w = append(w, t)
		}
		if !slices.Contains(a.labels[t], label) {
			a.labels[t] = append(a.labels[t], label)
		}
	}
	for _, have := range a.list {
		if have.within(w) {
			return
		}
	}
	a.list = slices.DeleteFunc(a.list, func(have witnessed) bool { return w.within(have) })
	if len(a.list) >= maxWitnesses {
		a.MoreWays = true
		return
	}
	a.list = append(a.list, w)
}

// witnesses are the minimal ones, the shortest first.
func (a *Answer) witnesses() []witnessed {
	slices.SortFunc(a.list, func(a, b witnessed) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), slices.CompareFunc(a, b, compareTriples))
	})
	return a.list
}

// within reports whether other has every edge of w.
func (w witnessed) within(other witnessed) bool {
	return len(w) <= len(other) && !slices.ContainsFunc(w, func(t triple) bool { return !slices.Contains(other, t) })
}

func compareTriples(a, b triple) int {
	return read.CompareTriples(quad.Quad{Subject: a.s, Predicate: a.p, Object: a.o}, quad.Quad{Subject: b.s, Predicate: b.p, Object: b.o})
}
