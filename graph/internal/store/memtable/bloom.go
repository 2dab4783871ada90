package memtable

import (
	"sync/atomic"

	"kg/graph/internal/store/term"
)

// bloom is a Bloom filter of the terms of changes, each with its position in the quad:
// one hash, so one bit per member. Most patterns that no change matches need no lookup.
// All versions of a table share one filter, to which bits are only added while others
// read it, so that older versions have false positives and no false negatives.
type bloom struct {
	bits [1 << (bloomBits - 6)]atomic.Uint64
}

// bloomBits makes 128 KiB, in which 100,000 changes leave three in four bits
// free.
const bloomBits = 20

// anyPosition is the position of terms that have any.
const anyPosition = 4

func bloomAt(position int, id term.ID) (word, bit uint32) {
	h := (uint32(id)*0x9e3779b1 ^ uint32(position)*0x85ebca6b) >> (32 - bloomBits)
	return h >> 6, h & 63
}

func (b *bloom) add(position int, id term.ID) {
	word, bit := bloomAt(position, id)
	b.bits[word].Or(1 << bit)
}

func (b *bloom) has(position int, id term.ID) bool {
	word, bit := bloomAt(position, id)
	return b.bits[word].Load()&(1<<bit) != 0
}

// touch notes a change.
func (t *Table) touch(q term.Quad) {
	if t.touched == nil {
		t.touched = new(bloom)
	}
	for position, id := range q {
		if id != term.None {
			t.touched.add(position, id)
			t.touched.add(anyPosition, id)
		}
	}
}

// Touches reports whether there may be changes of quads with a term in a position,
// term.Subject to term.Label.
func (t *Table) Touches(position int, id term.ID) bool {
	return t.touched != nil && t.touched.has(position, id)
}

// Changed reports whether there may be changes of the quads of a pattern.
func (t *Table) Changed(p *term.Pattern) bool {
	if t.Len() == 0 {
		return false
	}
	for position, id := range p.Quad {
		if id != term.None && !t.touched.has(position, id) {
			return false
		}
	}
	return true
}
