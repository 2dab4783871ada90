package plan

import "kg/graph/internal/store/term"

// multiplicity counts the quads of a node: by the index alone, or by the shorter of
// its quads and the nodes of the one end there is.
func (h *hop) multiplicity(id term.ID) uint64 {
	if h.direct {
		h.asked.Quad[h.plan.at] = id
		return h.run.ix.Count(h.asked)
	}
	p, ok := h.with(id)
	if !ok {
		return 0
	}
	ranges := h.plan.ranges
	if h.plan.at == term.Object { // and within them
		ranges = nil
	}
	if len(h.plan.ends) == 0 && !h.plan.labelled {
		return countAll(h.run.ix, p, ranges)
	}
	lead := h.leadFor(p, ranges)
	if lead >= 0 && len(h.plan.ends) == 1 && !h.plan.labelled {
		n, _ := h.sum(p, lead, ranges, nil)
		return n
	}
	return h.walk(p, lead, ranges)
}

// walk counts by looking at each quad.
func (h *hop) walk(p term.Pattern, lead int, ranges []Range) uint64 {
	if len(h.plan.ends) == 1 && lead < 0 && ranges == nil && !h.plan.labelled {
		return h.walkEnds(p)
	}
	var n uint64
	h.begin(p, lead, ranges)
	for h.pos < h.n || h.fillQuads() {
		h.run.step()
		q := h.quads[h.pos]
		h.pos++
		if h.plan.labelled && q[term.Label] == term.None {
			continue
		}
		n += h.ends.count(q)
	}
	return n
}

// walkEnds counts by looking at the one end of each quad.
func (h *hop) walkEnds(p term.Pattern) uint64 {
	if h.own(); h.block == nil {
		h.block = h.small[:]
	}
	m := &h.ends.members[0]
	var total uint64
	for h.cur.Begin(p); ; {
		h.run.tick()
		n := h.run.ix.Ends(&h.cur, m.position, h.block)
		h.run.pass(n)
		total += m.sum(h.block[:n])
		if n == 0 || h.cur.Done {
			return total
		}
	}
}

// sum adds up the index's counts for each node of one end. With a budget it gives up when
// that is used up.
func (h *hop) sum(p term.Pattern, lead int, ranges []Range, budget *int) (uint64, bool) {
	m := &h.ends.members[lead]
	if budget != nil && m.size() > uint64(*budget) {
		return 0, false
	}
	var total uint64
	m.scan()
	var ids [sumRead]term.ID
	for {
		some := m.batch(ids[:])
		if len(some) == 0 {
			return total, true
		}
		h.run.pass(ticksOfRead + len(some))
		if ranges == nil {
			total += h.run.ix.CountEach(p, m.position, some)
		} else {
			total += h.sumIn(p, m.position, some, ranges)
		}
		if budget != nil {
			if *budget -= len(some); *budget < 0 {
				return 0, false
			}
		}
	}
}

// sumRead is how many nodes are counted at a time.
const sumRead = 64

func (h *hop) sumIn(p term.Pattern, position int, ids []term.ID, ranges []Range) (n uint64) {
	for _, id := range ids {
		if p.Quad[position] = id; id != term.None {
			n += countAll(h.run.ix, p, ranges)
		}
	}
	return n
}

func (h *hop) total(budget *int) (uint64, bool) {
	n := h.plan
	switch {
	case n.labelled || n.at == term.Label:
		return 0, false
	case len(n.ends) == 0:
		return countAll(h.run.ix, n.pattern, n.ranges), true
	case len(n.ends) == 1 && h.begins() == 0:
		return h.sum(n.pattern, 0, n.ranges, budget)
	}
	return 0, false
}

// probeQuad is probe for a quad that the index has.
func (h *hop) probeQuad(q term.Quad) bool {
	h.begin(h.plan.pattern, -1, none)
	if !h.plan.pattern.Matches(q) || !h.plan.allows(q[term.Object]) {
		return false
	}
	if len(h.quads) == 0 {
		h.quads = make([]term.Quad, quadsRead)
	}
	h.quads[0], h.pos, h.n = q, 0, 1
	return true
}
