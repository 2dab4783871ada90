package document

import (
	"sync/atomic"

	"kg/schema"
)

// marks records what claims state of entities, as far as the check needs it: a few bits
// per entity, set by several goroutines.
type marks struct {
	kinds map[*schema.Kind]*needs
	words []atomic.Uint64
	size  int // of words, before there are any
}

// needs are the relations that an entity of a kind must have.
type needs struct{ list []*schema.Relation }

// The bits of an entity.
const (
	something = iota // at least one statement
	surely           // by a claim that does not deny it
	firstNeed        // the first relation that it must have; the others follow
)

func newMarks() *marks { return &marks{kinds: map[*schema.Kind]*needs{}} }

// add adds an entity, whose kind is known.
func (m *marks) add(e *fileEntity) {
	if e.needs = m.kinds[e.kind]; e.needs == nil {
		e.needs = &needs{e.kind.Needs()}
		m.kinds[e.kind] = e.needs
	}
	e.at = m.size
	m.size += 1 + (firstNeed+len(e.needs.list))/64
}

// begin makes room, when all entities are there.
func (m *marks) begin() { m.words = make([]atomic.Uint64, m.size) }

func (m *marks) set(e *fileEntity, bit int) {
	if !m.has(e, bit) {
		m.words[e.at+bit/64].Or(1 << (bit % 64))
	}
}

func (m *marks) has(e *fileEntity, bit int) bool {
	return m.words[e.at+bit/64].Load()>>(bit%64)&1 != 0
}
