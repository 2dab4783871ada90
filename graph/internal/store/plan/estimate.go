package plan

import "kg/graph/internal/store/term"

// fixedRead is how many given nodes are so few that the quads of each are counted: of
// the classes of a kind some have a handful and others all there is.
const fixedRead = 256

// fanOut is a rough number of quads per node at a position: enough to tell a few from the
// many of a whole predicate.
var fanOut = [4]uint64{term.Subject: 4, term.Predicate: 1 << 16, term.Object: 8, term.Label: 64}

// few is a number of quads so small that a smaller estimate is not worth its cost.
const few = 64

// upperBound returns an upper bound of the number of quads of a pattern, from the counts
// that an index in the usual orders has without reading quads.
func upperBound(ix Index, p term.Pattern, ranges []Range) uint64 {
	q := &p.Quad
	switch {
	case q[term.Predicate] == term.None && q[term.Subject] != term.None:
		q[term.Object], ranges = term.None, nil
	case q[term.Predicate] == term.None && q[term.Object] != term.None:
		ranges = nil
	}
	if q[term.Subject] != term.None || q[term.Predicate] != term.None || q[term.Object] != term.None {
		q[term.Label] = term.None
	} else if q[term.Label] != term.None {
		ranges = nil
	}
	return addUp(ix.AtMost, p, ranges)
}

// best is the end a scan begins with, -1 if the pattern itself promises the
// fewest quads.
func (h *hop) best() int {
	best, least := -1, ^uint64(0)
	for i, e := range h.plan.ends {
		if h.plan.pattern.Quad[e.position] != term.None {
			continue
		}
		if size := h.endSize(i, least); best < 0 || size < least {
			best, least = i, size
		}
	}
	if least > few && upperBound(h.run.ix, h.plan.pattern, h.plan.ranges) < least {
		return -1
	}
	return best
}

// endSize estimates the quads that are read if an end is the one to begin with. It
// counts no further than most.
func (h *hop) endSize(i int, most uint64) uint64 {
	m, position := &h.ends.members[i], h.plan.ends[i].position
	if ids, ok := m.plan.(fixed); ok && len(ids) <= fixedRead {
		var size uint64
		p := h.plan.pattern
		for _, id := range ids {
			p.Quad[position] = id
			if size += upperBound(h.run.ix, p, h.plan.ranges); size >= most {
				break
			}
		}
		return size
	}
	n := min(m.size(), 1<<40)
	if position == term.Label {
		if size, ok := h.underLabels(m, n); ok {
			return size
		}
	}
	return n * fanOut[position]
}

const (
	// labelsRead is how many labels are looked up to estimate the quads of all.
	labelsRead = 32
	// predicatesOfLabel is among how many predicates the quads of a label are shared
	// out, roughly.
	predicatesOfLabel = 8
)

// underLabels estimates the quads under the n labels of a member, by the index's counts
// for the first ones: one label can have two quads and the next one thousands.
func (h *hop) underLabels(m *productMember, n uint64) (size uint64, ok bool) {
	of, is := m.op.(*hop)
	if !is || len(of.plan.ends) > 0 {
		return 0, false
	}
	key := labelsKey{of.plan.pattern, of.plan.at, of.plan.labelled}
	size, known := h.run.underLabels[key]
	if !known || of.plan.ranges != nil {
		size = h.readLabels(m, n)
	}
	if !known && of.plan.ranges == nil {
		if h.run.underLabels == nil {
			h.run.underLabels = map[labelsKey]uint64{}
		}
		h.run.underLabels[key] = size
	}
	if h.plan.pattern.Quad[term.Predicate] != term.None {
		size = (size + predicatesOfLabel - 1) / predicatesOfLabel
	}
	return size, true
}

// labelsKey identifies the labels of a context: those at one position of the quads that a
// pattern selects. The hops of a path share them.
type labelsKey struct {
	pattern  term.Pattern
	at       int
	labelled bool
}

// readLabels sums the index's counts for the first labels of a member.
func (h *hop) readLabels(m *productMember, n uint64) (size uint64) {
	defer clear(h.run.slots[m.lo:m.hi])
	var p term.Pattern
	read := uint64(0)
	for m.op.scan(); read < labelsRead; read++ {
		if p.Quad[term.Label] = m.op.next(); p.Quad[term.Label] == term.None {
			break
		}
		size += h.run.ix.AtMost(p)
	}
	if read == labelsRead {
		size = size * max(n, read) / read
	}
	return size
}

func (h *hop) size() uint64 {
	if h.estimated {
		return h.estimate
	}
	h.estimated, h.estimate = true, ^uint64(0)
	for i := range h.plan.ends {
		h.estimate = min(h.estimate, h.endSize(i, h.estimate))
	}
	if h.estimate > few {
		h.estimate = min(h.estimate, upperBound(h.run.ix, h.plan.pattern, h.plan.ranges))
	}
	return h.estimate
}
