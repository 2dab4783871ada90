package store

import (
	"runtime"

	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// state is what a store holds at one moment. It never changes: a commit makes
// another. Who reads keeps the state begun with.
type state struct {
	*overlay
	numbers *numbering
	version uint64 // grows with every state of a store
	plain   bool   // the overlay has no changes, so only the snapshot is read
}

// newState makes a state the last one of a numbering.
func newState(o *overlay, numbers *numbering, version uint64) *state {
	s := &state{overlay: o, numbers: numbers, version: version, plain: o.len() == 0}
	numbers.last.Store(s)
	return s
}

// openSnapshot maps a snapshot until nothing refers to it any more. It is not
// unmapped earlier, by Close say: Cayley leaves iterators open, and reading
// what is no longer mapped would end the process.
func openSnapshot(path string) (*snapshot.Reader, error) {
	r, err := snapshot.Open(path)
	if err != nil {
		return nil, err
	}
	unmapLater(r)
	return r, nil
}

func unmapLater(r *snapshot.Reader) {
	runtime.SetFinalizer(r, func(r *snapshot.Reader) { r.Close() })
}

// quads is the number of quads.
func (s *state) quads() uint64 {
	n := s.added - s.removed
	if s.base != nil {
		n += s.base.Quads()
	}
	return n
}

// nodeCount is the number of terms that some quad has.
func (s *state) nodeCount() uint64 { return uint64(int64(s.terms) + s.nodes) }

// count is the number of quads a pattern selects.
func (s *state) count(p term.Pattern) uint64 {
	var n uint64
	if s.base != nil && s.fits(p) {
		n = s.base.Count(p)
	}
	if !s.changed(&p) {
		return n
	}
	for c := s.changes(p, byObjectFirst(p)); c.on; c.next() {
		if c.iter.Item().added {
			n++
		} else {
			n--
		}
	}
	return n
}

// fits tells whether the snapshot can hold quads of a pattern: it knows all
// its terms.
func (s *state) fits(p term.Pattern) bool {
	for _, id := range p.Quad {
		if id > s.terms {
			return false
		}
	}
	return true
}
