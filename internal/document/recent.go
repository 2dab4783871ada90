package document

import "github.com/cayleygraph/quad"

// iriCache is a direct-mapped cache of values by IRI, such as the predicates of quads,
// which are few and recur: a lookup takes a tenth of a map's time. IRIs with the same
// slot evict each other.
type iriCache[T any] struct{ slots [128]recentSlot[T] }

type recentSlot[T any] struct {
	iri quad.IRI
	is  T
}

// of returns the slot of an IRI, which may hold another one.
func (r *iriCache[T]) of(iri quad.IRI) *recentSlot[T] {
	n := len(iri)
	if n < 4 {
		return &r.slots[n]
	}
	return &r.slots[(n+7*int(iri[n-1])+31*int(iri[n-3])+5*int(iri[n-4]))%len(r.slots)]
}
