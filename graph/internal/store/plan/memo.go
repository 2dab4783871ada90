package plan

import "kg/graph/internal/store/term"

// memo keeps how many rows the nodes had that an operator was asked about. In
// a join the same hub comes again and again, and to count its multiplicity can mean to
// read all its quads.
type memo struct {
	op
	known idMap
}

// memoMax bounds the nodes of a memo; a full one is emptied.
const memoMax = 1 << 16

// remember puts a memo before an operator, unless it answers quickly. It is not for
// operators that depend on the seed of a recursion: that moves. (It is only used where
// rows have tags, and never in a part that a filter excludes.)
func remember(o op) op {
	switch o := o.(type) {
	case *fixedOp, *nodesOp, *answerTable:
		return o
	case *hop:
		if o.direct {
			return o
		}
	}
	return &memo{op: o}
}

func (m *memo) multiplicity(id term.ID) uint64 {
	if m.known.n == memoMax {
		m.known.clear()
	}
	if n, had := m.known.get(id); had {
		return uint64(n)
	}
	n := m.op.multiplicity(id)
	if n == uint64(uint32(n)) {
		m.known.put(id, uint32(n))
	}
	return n
}
