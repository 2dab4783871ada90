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

	list  []witnessed
	edges map[triple]*passed
	ways  int                         // that were added
	same  func(quad.Value) quad.Value // see View.canonical; nil for the value itself
	alias map[quad.Value]quad.Value   // see Alias
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

// passed is an edge that ways pass, with all labels that they pass it under.
type passed struct {
	triple
	labels []quad.IRI
	many   map[quad.IRI]bool // the labels, if there are more than fewLabels
	way    int               // the last way that passes it, by its number from 1
}

// fewLabels is how many labels are compared one by one.
const fewLabels = 16

// addLabel adds a label, once.
func (e *passed) addLabel(label quad.IRI) {
	if e.many[label] || e.many == nil && slices.Contains(e.labels, label) {
		return
	}
	e.labels = append(e.labels, label)
	if e.many == nil && len(e.labels) > fewLabels {
		e.many = map[quad.IRI]bool{}
		for _, known := range e.labels {
			e.many[known] = true
		}
	} else if e.many != nil {
		e.many[label] = true
	}
}

// witnessed is a witness before its claims are looked up: edges of Answer.edges, each
// once.
type witnessed []*passed

// Add adds a way to the answer, the quads that one derivation of it passed. A way
// that contains another is no witness. An edge that several claims state is one
// edge under several labels; what the ontology says is no evidence.
func (a *Answer) Add(way []quad.Quad) {
	if a.edges == nil {
		a.edges = map[triple]*passed{}
	}
	a.ways++
	var w witnessed
	for _, q := range way {
		label := iriOf(q.Label)
		if label == schema.OntologyIRI {
			continue
		}
		t := tripleOf(q)
		e := a.edges[t]
		if e == nil {
			e = &passed{triple: t}
			a.edges[t] = e
		}
		if e.way != a.ways {
			e.way = a.ways
			w = append(w, e)
		}
		e.addLabel(label)
	}
	larger := false // one of the list has every edge of w
	for _, have := range a.list {
		n := have.on(a.ways)
		if n == len(have) {
			return
		}
		larger = larger || n == len(w)
	}
	if larger {
		a.list = slices.DeleteFunc(a.list, func(have witnessed) bool { return have.on(a.ways) == len(w) })
	}
	if len(a.list) >= maxWitnesses {
		a.MoreWays = true
		return
	}
	a.list = append(a.list, w)
}

// on counts the edges that the way of a number passes, which is the one added last.
// Terms are not compared for it: they are long, and each way is held against each witness.
func (w witnessed) on(way int) (n int) {
	for _, e := range w {
		if e.way == way {
			n++
		}
	}
	return n
}

// witnesses are the minimal ones, the shortest first.
func (a *Answer) witnesses() []witnessed {
	slices.SortFunc(a.list, func(a, b witnessed) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), slices.CompareFunc(a, b, compareTriples))
	})
	return a.list
}

func compareTriples(a, b *passed) int {
	return read.CompareTriples(quad.Quad{Subject: a.s, Predicate: a.p, Object: a.o}, quad.Quad{Subject: b.s, Predicate: b.p, Object: b.o})
}
