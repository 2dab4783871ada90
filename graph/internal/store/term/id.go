package term

import "github.com/cayleygraph/quad"

// ID is the number of a term in one store. A snapshot's terms are numbered
// from 1 in the order of their keys, terms that came after it by arrival, from
// the next number on. None stands for no term: the label of a quad of the
// default graph, or any term in a Pattern.
type ID uint32

// None is the ID of no term.
const None ID = 0

// Quad is a quad by the IDs of its subject, predicate, object and label.
type Quad [4]ID

// The positions of a Quad.
const (
	Subject = iota
	Predicate
	Object
	Label
)

// Get returns the term at a direction, None for any other direction.
func (q Quad) Get(d quad.Direction) ID {
	switch d {
	case quad.Subject:
		return q[Subject]
	case quad.Predicate:
		return q[Predicate]
	case quad.Object:
		return q[Object]
	case quad.Label:
		return q[Label]
	}
	return None
}

// Pattern selects quads: by each term that is not None and, where ObjectTo is
// not None, by objects from ObjectFrom up to but not including ObjectTo. The
// zero Pattern selects all.
type Pattern struct {
	Quad
	ObjectFrom, ObjectTo ID
}

// Matches reports whether the pattern selects q.
func (p Pattern) Matches(q Quad) bool {
	for i, id := range p.Quad {
		if id != None && id != q[i] {
			return false
		}
	}
	return p.ObjectTo == None || p.ObjectFrom <= q[Object] && q[Object] < p.ObjectTo
}
