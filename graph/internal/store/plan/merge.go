package plan

import "kg/graph/internal/store/term"

// mergeJoin intersects two hops whose ids ascend, by merging them.
type mergeJoin struct {
	a, b *hop
	id   term.ID
	left uint64
}

// mergeRatio is how many times longer one side may be: beyond it, asking the
// longer one for each node of the shorter is faster.
const mergeRatio = 16

func newMerge(m []productMember, least uint64) *mergeJoin {
	x, ok := m[0].plan.(*links)
	y, ok2 := m[1].plan.(*links)
	if !ok || !ok2 || !x.ascends() || !y.ascends() {
		return nil
	}
	if most := max(m[0].size(), m[1].size()); most/mergeRatio > least {
		return nil
	}
	return &mergeJoin{a: m[0].op.(*hop), b: m[1].op.(*hop)}
}

func (m *mergeJoin) scan() {
	m.left = 0
	m.a.scan()
	m.b.scan()
}

func (m *mergeJoin) next() term.ID {
	if m.left > 0 {
		m.left--
		return m.id
	}
	for m.a.ready() && m.b.ready() {
		as, bs := m.a.block[m.a.pos:m.a.n], m.b.block[m.b.pos:m.b.n]
		i, j := meet(as, bs)
		m.a.pos += i
		m.b.pos += j
		if i < len(as) && j < len(bs) {
			m.id = as[i]
			m.left = m.a.same(m.id)*m.b.same(m.id) - 1
			return m.id
		}
	}
	return term.None
}

// meet finds the first id two ascending lists have in common. One of the indices is at
// the end if there is none.
func meet(as, bs []term.ID) (i, j int) {
	for i < len(as) && j < len(bs) {
		x, y := as[i], bs[j]
		if x == y {
			return i, j
		}
		if x < y {
			i++
		} else {
			j++
		}
	}
	return i, j
}

// ready has an id in the block, if there is one left.
func (h *hop) ready() bool { return h.pos < h.n || h.fill() }

// same passes over the rows with an id and counts them.
func (h *hop) same(id term.ID) uint64 {
	var n uint64
	for h.ready() && h.block[h.pos] == id {
		h.pos++
		n++
	}
	return n
}
