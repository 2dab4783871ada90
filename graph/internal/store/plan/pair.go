package plan

import "kg/graph/internal/store/term"

// pairJoin intersects a plan with a hop that the index alone counts: it counts for many
// nodes of the plan at once. They are taken in batches that grow, so that the first row
// comes soon.
type pairJoin struct {
	lead   *productMember
	with   *hop
	ids    []term.ID
	counts []uint64 // of the ids: rows the hop has
	at     int      // in the ids
	left   uint64   // times the one before comes again
	lot    int
}

// pairMax is the largest batch.
const pairMax = 256

// newPair is nil if the member that is not scanned is no such hop.
func newPair(m []productMember, lead int) *pairJoin {
	if h, ok := m[1-lead].asked.(*hop); ok && h.direct {
		return &pairJoin{lead: &m[lead], with: h}
	}
	return nil
}

func (p *pairJoin) begin() { p.ids, p.at, p.left, p.lot = p.ids[:0], 0, 0, 0 }

func (p *pairJoin) next() term.ID {
	if p.left > 0 {
		p.left--
		return p.ids[p.at-1]
	}
	for {
		for p.at < len(p.ids) {
			p.at++
			if n := p.counts[p.at-1]; n > 0 {
				p.left = n - 1
				return p.ids[p.at-1]
			}
		}
		if !p.fill() {
			return term.None
		}
	}
}

func (p *pairJoin) fill() bool {
	if p.lot = min(pairMax, max(1, leadGrowth*p.lot)); cap(p.counts) < p.lot {
		p.counts, p.ids = make([]uint64, p.lot), make([]term.ID, p.lot)
	}
	p.ids, p.at = p.ids[:p.lot], 0
	n := 0
	for n < p.lot {
		id := p.lead.op.next()
		if id == term.None {
			break
		}
		p.ids[n] = id
		n++
	}
	run := p.with.run
	run.pass(ticksOfRead + n)
	p.ids, p.counts = p.ids[:n], p.counts[:n]
	run.ix.Counts(p.with.asked, p.with.plan.at, p.ids, p.counts)
	return n > 0
}
