package store

import (
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// termCache caches the values of terms of a numbering that were asked for twice: kinds,
// predicates and labels recur, and so do the terms of a page. It is a direct-mapped
// table: a term replaces another with the same low bits when it was the last of these to
// be asked for, and is asked for again. It grows to some 2 MB, and more only where texts
// are long.
type termCache struct {
	kept  [namedTerms]atomic.Pointer[namedTerm]
	asked [namedTerms]atomic.Uint32 // the term that was asked for last
}

type namedTerm struct {
	id    term.ID
	ref   refs.Ref
	value quad.Value
}

const (
	namedTerms = 1 << 14
	namedBytes = 256 // a term with a longer key is not cached
)

// get returns nil for a term that is not cached.
func (n *termCache) get(id term.ID) *namedTerm {
	if e := n.kept[id%namedTerms].Load(); e != nil && e.id == id {
		return e
	}
	return nil
}

// put takes note of a term that was asked for, and of how long its key is.
func (n *termCache) put(id term.ID, of *plan.Numbering, value quad.Value, long int) {
	switch asked := &n.asked[id%namedTerms]; {
	case asked.Load() != uint32(id):
		asked.Store(uint32(id))
	case long <= namedBytes:
		n.kept[id%namedTerms].Store(&namedTerm{id, plan.TermRef{ID: id, In: of}, value})
	}
}

// Kept implements plan.Terms.
func (n *numbering) Kept(id term.ID) refs.Ref {
	if t := n.named.Load(); t != nil {
		if e := t.get(id); e != nil {
			return e.ref
		}
	}
	return nil
}

// value is the value of a term, nil if it is none.
func (n *numbering) value(id term.ID) (quad.Value, error) {
	t := n.named.Load()
	if t == nil {
		n.named.CompareAndSwap(nil, new(termCache))
		t = n.named.Load()
	}
	if e := t.get(id); e != nil {
		return e.value, nil
	}
	value, long, err := n.decode(id)
	if value != nil && err == nil {
		t.put(id, &n.ref, value, long)
	}
	return value, err
}
