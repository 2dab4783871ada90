package plan

import "kg/graph/internal/store/term"

// batch returns the next nodes of a scan, many at a time, none at the end; some may be
// term.None. They are in buf or valid until the next call. The plan must have no tags:
// the slots belong to no particular node.
func (m *productMember) batch(buf []term.ID) []term.ID {
	if f, ok := m.op.(*fixedOp); ok {
		ids := f.ids[f.pos:min(len(f.ids), f.pos+blockMax)]
		f.pos += len(ids)
		return ids
	}
	if h, ok := m.op.(*hop); ok && h.ids && (len(h.plan.ends) == 0 || h.lead >= 0) {
		if !h.ready() {
			return nil
		}
		ids := h.block[h.pos:h.n]
		h.pos = h.n
		return ids
	}
	n := 0
	for n < len(buf) {
		id := m.op.next()
		if id == term.None {
			break
		}
		buf[n] = id
		n++
	}
	return buf[:n]
}

// leads are the starting nodes of a hop that reads from many of them at once. They are
// taken in batches that grow, so that the first row comes soon.
type leads struct {
	ids   []term.ID // to go on from
	lot   int
	ends  []term.ID // the nodes read; borrowed from the block while valid
	lent  bool
	block []term.ID // the hop's own, meanwhile
	buf   []term.ID
}

// leadGrowth is the factor by which batches grow.
const leadGrowth = 2

// many reports whether a scan reads from many nodes at once: their nodes at the other end
// of a predicate, and nothing else.
func (h *hop) many() bool {
	if h.lead < 0 || !h.ids || h.ranges != nil || h.plan.pattern.Quad[term.Label] != term.None {
		return false
	}
	m := &h.ends.members[h.lead]
	return m.prober == nil && h.plan.pattern.Quad[term.Predicate] != term.None && opposite(h.plan.at, m.position) &&
		h.plan.pattern.Quad[h.plan.at] == term.None
}

// opposite reports whether of two positions one is the subject and the other the object.
func opposite(a, b int) bool {
	return a == term.Subject && b == term.Object || a == term.Object && b == term.Subject
}

// fillMany reads the ends of the next nodes into the block. It is false at the end,
// and where the next node is to be read by itself.
func (h *hop) fillMany() bool {
	if h.from == nil {
		h.from = &leads{ends: h.small[:0]}
	}
	l, m := h.from, &h.ends.members[h.lead]
	for {
		if len(l.ids) == 0 {
			l.lot = min(sumRead, max(1, leadGrowth*l.lot))
			if _, hop := m.op.(*hop); !hop && len(l.buf) < l.lot {
				l.buf = make([]term.ID, l.lot)
			}
			l.ids = m.batch(l.buf)
		}
		if len(l.ids) == 0 {
			return false
		}
		h.run.tick()
		p := term.Pattern{Quad: term.Quad{term.Predicate: h.plan.pattern.Quad[term.Predicate]}}
		ends, used := h.run.ix.EndsEach(p, m.position, l.ids[:min(l.lot, len(l.ids))], l.ends[:0])
		if l.ids = l.ids[used:]; used == 0 {
			h.own()
			return false
		}
		if l.ends = ends; len(ends) > 0 {
			if !l.lent {
				l.block, l.lent = h.block, true
			}
			h.block, h.pos, h.n = ends, 0, len(ends)
			return true
		}
	}
}

// own gives a hop its own block back.
func (h *hop) own() {
	if h.from != nil && h.from.lent {
		h.block, h.pos, h.n = h.from.block, 0, 0
		h.from.block, h.from.lent = nil, false
	}
}

// taken is the next node that is left of those that were taken at once.
func (h *hop) taken() (id term.ID) {
	if h.from != nil && len(h.from.ids) > 0 {
		id, h.from.ids = h.from.ids[0], h.from.ids[1:]
	}
	return id
}
