package plan

import "kg/graph/internal/store/term"

// memo keeps how many rows the nodes had that an operator was asked about. In
// a join the same hub comes again and again, and to count its multiplicity can mean to
// read all its quads.
type memo struct {
	op
	known idMap
}

// memoMax is how many nodes are kept; when there are more it begins anew.
const memoMax = 1 << 16

// remember puts a memo before an operator, unless it is quick to answer. It is
// not for what hangs on the seed of a recursion: that moves. (It is only where
// rows have tags, and never in what a filter leaves out.)
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
