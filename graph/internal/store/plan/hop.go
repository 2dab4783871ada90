package plan

import "kg/graph/internal/store/term"

// hop reads links. It reads the quads of a pattern, or one end's nodes and for each of
// them the quads of the pattern with it; the other ends are probed with the nodes of each
// quad.
type hop struct {
	run    *run
	plan   *links
	ends   product
	saves  []int // slots of plan.saves
	refs   []int // slots of plan.refs
	ids    bool  // one position of the quads is all that is needed in a scan
	first  int   // the end a scan begins with, -1 for none; see begins
	chosen bool

	direct    bool // the index alone knows the multiplicity of a node
	asked     term.Pattern
	estimate  uint64 // size, if it is estimated
	estimated bool

	lead    int // the end this listing begins with
	pattern term.Pattern
	started bool
	ranges  []Range
	part    int // the ranges before it are read
	cur     Cursor
	open    bool
	inRow   bool
	pos, n  int
	block   []term.ID
	quads   []term.Quad
	small   [16]term.ID
	from    *leads // read for many nodes at once; nil until it is
}

// Blocks read from the index grow from few to many: most hops are short.
const (
	quadsRead = 16
	blockMax  = 512
)

func (n *links) open(r *run) op {
	h := &hop{run: r, plan: n, first: -1, chosen: len(n.ends) == 0, lead: -1}
	h.ends.except = -1
	for _, e := range n.ends {
		h.ends.add(r, e.plan, e.position, false)
	}
	for _, s := range n.saves {
		h.saves = append(h.saves, r.slot(tag{name: s.tag}))
	}
	for _, name := range n.refs {
		h.refs = append(h.refs, r.linkSlot(name))
	}
	h.ids = n.at != quadRef && len(h.saves) == 0 && len(h.refs) == 0 && !n.labelled && len(n.ends) <= 1
	h.asked = n.pattern
	h.direct = len(n.ends) == 0 && !n.labelled && n.ranges == nil &&
		n.at != quadRef && n.pattern.Quad[n.at] == term.None
	return h
}

func (h *hop) scan() { h.begin(h.plan.pattern, h.begins(), h.plan.ranges) }

// begins is the end a scan begins with, -1 for none. It is chosen when it is
// needed: most hops within a query are only asked for the quads of a node.
func (h *hop) begins() int {
	if !h.chosen {
		h.first, h.chosen = h.best(), true
	}
	return h.first
}

func (h *hop) probe(id term.ID) {
	p, ok := h.with(id)
	if !ok {
		h.begin(p, -1, none)
		return
	}
	ranges := h.plan.ranges
	if h.plan.at == term.Object { // and within them
		ranges = nil
	}
	h.begin(p, h.leadFor(p, ranges), ranges)
}

// none are ranges that no object is in.
var none = []Range{}

// with is the pattern of the quads with a node at the position that is wanted.
func (h *hop) with(id term.ID) (term.Pattern, bool) {
	p := h.plan.pattern
	at := h.plan.at
	if have := p.Quad[at]; have != term.None && have != id {
		return p, false
	}
	if at == term.Object && !h.plan.allows(id) {
		return p, false
	}
	p.Quad[at] = id
	return p, true
}

// leadFor chooses where to begin for the quads of one node: with the end of
// the scan if it has fewer nodes than the node has quads.
func (h *hop) leadFor(p term.Pattern, ranges []Range) int {
	if h.chosen && (h.first < 0 || p.Quad[h.plan.ends[h.first].position] != term.None) {
		return -1
	}
	n := upperBound(h.run.ix, p, ranges)
	if n <= few/16 {
		return -1
	}
	first := h.begins()
	if first >= 0 && p.Quad[h.plan.ends[first].position] == term.None && h.ends.members[first].size() < n {
		return first
	}
	return -1
}

func (h *hop) begin(p term.Pattern, lead int, ranges []Range) {
	h.pattern, h.lead, h.ends.except, h.ranges = p, lead, lead, ranges
	h.started, h.open, h.inRow, h.pos, h.n = false, false, false, 0, 0
	h.own()
	if h.from != nil {
		h.from.ids, h.from.lot = nil, 0
	}
	if lead >= 0 {
		h.ends.members[lead].scan()
	}
}

// pass goes on to the next pattern to read: the next range of objects, or the
// next node of the end it begins with.
func (h *hop) pass() bool {
	if !h.started || h.part == len(h.ranges) {
		if !h.passLead() {
			return false
		}
		h.started, h.part = true, 0
	}
	if h.ranges == nil {
		h.cur.Begin(h.pattern)
		return true
	}
	if len(h.ranges) == 0 {
		return false
	}
	r := h.ranges[h.part]
	p := h.pattern
	p.ObjectFrom, p.ObjectTo = r.From, r.To
	h.cur.Begin(p)
	h.part++
	return true
}

func (h *hop) passLead() bool {
	if h.lead < 0 {
		return !h.started
	}
	m := &h.ends.members[h.lead]
	id := h.taken()
	if id == term.None {
		id = m.next()
	}
	h.pattern.Quad[m.position] = id
	return id != term.None
}

func (h *hop) next() term.ID {
	if !h.ids || len(h.plan.ends) > 0 && h.lead < 0 {
		return h.nextQuad()
	}
	for {
		for h.pos < h.n {
			h.pos++
			if id := h.block[h.pos-1]; id != term.None {
				return id
			}
		}
		if !h.fill() {
			return term.None
		}
	}
}

// fill reads the next block of ids.
func (h *hop) fill() bool {
	if !h.open && h.many() && h.fillMany() {
		return true
	}
	if h.n == len(h.block) && h.n < blockMax {
		switch {
		case h.n > 0:
			h.block = make([]term.ID, min(blockMax, 4*h.n))
		case h.estimated && h.estimate > few:
			h.block = make([]term.ID, min(blockMax, h.estimate))
		default:
			h.block = h.small[:]
		}
	}
	for {
		if h.open {
			h.run.tick()
			h.n, h.pos = h.run.ix.Ends(&h.cur, h.plan.at, h.block), 0
			h.open = !h.cur.Done
			if h.n > 0 {
				return true
			}
		}
		if h.open = h.pass(); !h.open {
			return false
		}
	}
}

// nextQuad is next where a whole quad must be seen.
func (h *hop) nextQuad() term.ID {
	if h.inRow && h.ends.advance() {
		return h.id()
	}
	for {
		for h.pos < h.n {
			h.run.step()
			q := h.quads[h.pos]
			h.pos++
			if q[term.Label] == term.None && (h.plan.labelled || h.plan.at == term.Label) {
				continue
			}
			for i, s := range h.saves {
				h.run.slots[s] = q[h.plan.saves[i].position]
			}
			for _, s := range h.refs {
				copy(h.run.slots[s:], q[:])
			}
			if h.inRow = h.ends.start(q); h.inRow {
				return h.id()
			}
		}
		if !h.fillQuads() {
			h.inRow = false
			return term.None
		}
	}
}

func (h *hop) fillQuads() bool {
	if h.n == len(h.quads) && h.n < blockMax {
		h.quads = make([]term.Quad, max(quadsRead, min(blockMax, 4*h.n)))
	}
	for {
		if h.open {
			h.run.tick()
			h.n, h.pos = h.run.ix.Quads(&h.cur, h.quads), 0
			h.open = !h.cur.Done
			if h.n > 0 {
				return true
			}
		}
		if h.open = h.pass(); !h.open {
			return false
		}
	}
}

// id is the wanted node of the row; for the quad itself, anything but
// term.None.
func (h *hop) id() term.ID {
	if h.plan.at == quadRef {
		return h.ends.row[term.Subject]
	}
	return h.ends.row[h.plan.at]
}
