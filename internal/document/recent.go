package document

import "github.com/cayleygraph/quad"

// iriCache is what some IRIs are, such as the predicates of quads, which are few and come
// again and again: one is found in a tenth of the time that a map takes. Others with the
// same place take each other's.
type iriCache[T any] struct{ places [128]recentSlot[T] }

type recentSlot[T any] struct {
	iri quad.IRI
	is  T
}

// of is the place of an IRI, which may have another one.
func (r *iriCache[T]) of(iri quad.IRI) *recentSlot[T] {
	n := len(iri)
	if n < 4 {
		return &r.places[n]
	}
	return &r.places[(n+7*int(iri[n-1])+31*int(iri[n-3])+5*int(iri[n-4]))%len(r.places)]
}
