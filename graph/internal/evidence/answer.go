package evidence

import (
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/schema"
)

// Answer is a row of a query that is to be explained: the values of its columns and,
// added one by one, the ways to it.
type Answer struct {
	Columns  []string
	Values   []quad.Value // beside Columns; nil for an empty cell
	Joined   bool         // a cell stands for all nodes that are joined to its value
	MoreWays bool         // there are more ways than were added
	Counted  bool         // the row counts its ways: it rests on all of them, not on any
	Walked   bool         // the columns are tags in no order: cells follow the walk
	Untraced bool         // the quads of some way are not known

	minimal   []way
	edges     map[triple]*edge
	added     int                         // how many ways were added
	canonical func(quad.Value) quad.Value // see joins.Reader; nil for the value itself
	alias     map[quad.Value]quad.Value   // see Alias
}

// Alias makes a value count as one of Values that people read alike.
func (a *Answer) Alias(value, shown quad.Value) {
	if a.alias == nil {
		a.alias = map[quad.Value]quad.Value{}
	}
	a.alias[value] = shown
}

// node returns the value that stands for all that are the same.
func (a *Answer) node(v quad.Value) quad.Value {
	if shown, ok := a.alias[v]; ok {
		return shown
	}
	if a.canonical == nil {
		return v
	}
	return a.canonical(v)
}

// maxWitnesses bounds the witnesses of an answer.
const maxWitnesses = 64

// triple is a quad without its label.
type triple struct{ s, p, o quad.Value }

func tripleOf(q quad.Quad) triple { return triple{q.Subject, q.Predicate, q.Object} }

// edge is an edge of some ways, with all labels under which they have it.
type edge struct {
	triple
	labels []quad.IRI
	many   map[quad.IRI]bool // the labels, if there are more than fewLabels
	last   int               // the number of the last way that has the edge, from 1
}

// fewLabels is how many labels are compared one by one.
const fewLabels = 16

// addLabel adds a label, once.
func (e *edge) addLabel(label quad.IRI) {
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

// way is a way to an answer before its claims are looked up: edges of Answer.edges, each
// once.
type way []*edge

// Add adds a way to the answer: the quads of one derivation of it. A way that contains
// another is no witness. An edge that several claims state is one edge under several
// labels; the edges of the ontology are no evidence.
func (a *Answer) Add(quads []quad.Quad) {
	if a.edges == nil {
		a.edges = map[triple]*edge{}
	}
	a.added++
	var w way
	for _, q := range quads {
		label := read.IRI(q.Label)
		if label == schema.OntologyIRI {
			continue
		}
		t := tripleOf(q)
		e := a.edges[t]
		if e == nil {
			e = &edge{triple: t}
			a.edges[t] = e
		}
		if e.last != a.added {
			e.last = a.added
			w = append(w, e)
		}
		e.addLabel(label)
	}
	larger := false // a way that was added before has every edge of w
	for _, have := range a.minimal {
		n := have.shared(a.added)
		if n == len(have) {
			return
		}
		larger = larger || n == len(w)
	}
	if larger {
		a.minimal = slices.DeleteFunc(a.minimal, func(have way) bool { return have.shared(a.added) == len(w) })
	}
	if len(a.minimal) >= maxWitnesses {
		a.MoreWays = true
		return
	}
	a.minimal = append(a.minimal, w)
}

// shared counts the edges that a way shares with the way added last, of that number.
// Terms are long, and each way is compared with each witness: so the numbers are compared.
func (w way) shared(last int) (n int) {
	for _, e := range w {
		if e.last == last {
			n++
		}
	}
	return n
}

// sorted returns the minimal ways, the shortest first.
func (a *Answer) sorted() []way {
	slices.SortFunc(a.minimal, func(a, b way) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), slices.CompareFunc(a, b, compareTriples))
	})
	return a.minimal
}

func compareTriples(a, b *edge) int {
	return read.CompareTriples(quad.Quad{Subject: a.s, Predicate: a.p, Object: a.o}, quad.Quad{Subject: b.s, Predicate: b.p, Object: b.o})
}
