package plan

import (
	"github.com/cayleygraph/cayley/graph/refs"

	"kg/graph/internal/store/term"
)

var (
	_ refs.Ref = TermRef{}
	_ refs.Ref = QuadRef{}
)

// Numbering is one way in which a store numbers its terms; it is known by its address.
// When a snapshot is rewritten its terms get new numbers, while queries go on with refs
// that have the old ones.
type Numbering struct{ Terms }

// Terms is a store's knowledge of a numbering.
type Terms interface {
	// Earlier returns the node of a term under the first of the earlier numberings that
	// refs still have, and that know the term. ok is false if there is none. The answer
	// for a term must not change while it is held.
	Earlier(id term.ID) (TermRef, bool)

	// Kept returns the TermRef of a term if it is cached as a ref, which spares an
	// allocation, or else nil.
	Kept(id term.ID) refs.Ref
}

// ref gives the Node of a term.
func (n *Numbering) ref(id term.ID) refs.Ref {
	if n.Terms != nil {
		if r := n.Kept(id); r != nil {
			return r
		}
	}
	return TermRef{id, n}
}

// TermRef is the ref of a term. There is nothing in it that would have to be
// fetched. It means the same term for as long as it is held; two that are one
// term have the same Key, and are equal if their numbering is the same.
type TermRef struct {
	ID term.ID
	In *Numbering // of the Index the ID is from
}

// Key identifies the term, whatever numbers it was given meanwhile: Cayley's iterators
// compare nodes by it.
func (n TermRef) Key() any { return n.first() }

func (n TermRef) first() TermRef {
	if n.In != nil && n.In.Terms != nil {
		if first, ok := n.In.Earlier(n.ID); ok {
			return first
		}
	}
	return n
}

// QuadRef is the ref of a quad.
type QuadRef struct {
	Quad term.Quad
	In   *Numbering // of the Index the IDs are from
}

// Key identifies the quad, as for a TermRef.
func (l QuadRef) Key() any {
	var nodes [len(l.Quad)]TermRef
	same := true
	key := QuadRef{In: l.In}
	for i, id := range l.Quad {
		if id == term.None {
			continue
		}
		nodes[i] = TermRef{id, l.In}.first()
		same = same && nodes[i].In == nodes[0].In
		key.Quad[i], key.In = nodes[i].ID, nodes[i].In
	}
	if same {
		return key
	}
	return nodes // known under several numberings
}
