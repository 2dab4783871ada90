package store

import (
	"sync/atomic"

	"kg/graph/internal/store/term"
)

// places tells which terms the changes of an overlay are about, or may be: a
// bit for each term and place, several sharing one. With it most questions that
// no change is about need not look for any. All versions of an overlay share
// one, to which bits are only added, so that the older see too many, and none
// too few.
type places struct {
	bits [1 << (touchedBits - 6)]atomic.Uint64
}

// touchedBits makes 128 KiB, in which 100,000 changes leave three in four bits
// free.
const touchedBits = 20

// anyPlace is the place of terms that are at any.
const anyPlace = 4

func touchedAt(place int, id term.ID) (word, bit uint32) {
	h := (uint32(id)*0x9e3779b1 ^ uint32(place)*0x85ebca6b) >> (32 - touchedBits)
	return h >> 6, h & 63
}

func (t *places) set(place int, id term.ID) {
	word, bit := touchedAt(place, id)
	t.bits[word].Or(1 << bit)
}

func (t *places) has(place int, id term.ID) bool {
	word, bit := touchedAt(place, id)
	return t.bits[word].Load()&(1<<bit) != 0
}

// touch notes a change.
func (o *overlay) touch(q term.Quad) {
	if o.touched == nil {
		o.touched = new(places)
	}
	for place, id := range q {
		if id != term.None {
			o.touched.set(place, id)
			o.touched.set(anyPlace, id)
		}
	}
}

// touches tells whether there may be changes of a term at a place.
func (o *overlay) touches(place int, id term.ID) bool {
	return o.touched != nil && o.touched.has(place, id)
}

// changed tells whether there may be changes of the quads of a pattern.
func (s *state) changed(p *term.Pattern) bool {
	if s.plain {
		return false
	}
	for place, id := range p.Quad {
		if id != term.None && !s.touched.has(place, id) {
			return false
		}
	}
	return true
}
