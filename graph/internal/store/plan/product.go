package plan

import (
	"slices"

	"kg/graph/internal/store/term"
)

// product joins to one row of a scan the rows of other plans: for each node of the row
// that a plan is about, the plan must have it, and every choice of one row from each plan
// is a row. Plans without tags are only counted.
type product struct {
	run     *run
	members []productMember
	row     term.Quad // the nodes of the row
	except  int       // a member that is left out, -1 for none
	agree   bool      // some members must agree, see Agreed
	reps    uint64    // times the present choice is still to come
	again   uint64    // times each choice comes
}

// productMember is a plan that must have the node at a position of the row, or that adds
// tags if it has.
type productMember struct {
	lister
	plan     node
	position int
	asked    op // for multiplicities
	optional bool
	absent   bool  // optional, and it has not
	lo, hi   int   // its slots
	agreed   []int // those that bind a row
}

// add opens a plan as a member.
func (p *product) add(r *run, n node, position int, optional bool) *productMember {
	p.run, p.except = r, -1
	m := productMember{plan: n, position: position, optional: optional, lo: len(r.slots)}
	bound := len(r.agreed)
	m.lister = list(r, n)
	m.hi, m.agreed = len(r.slots), slices.Clip(r.agreed[bound:])
	p.agree = p.agree || len(m.agreed) > 0 && slices.ContainsFunc(p.members, func(o productMember) bool { return len(o.agreed) > 0 })
	m.asked = m.op
	if m.prober == nil {
		m.asked = remember(m.op)
	}
	p.members = append(p.members, m)
	return &p.members[len(p.members)-1]
}

// sum adds up the multiplicities of nodes, of which some may be term.None.
func (m *productMember) sum(ids []term.ID) (n uint64) {
	if h, ok := m.asked.(*hop); ok && h.direct {
		return h.run.ix.CountEach(h.asked, h.plan.at, ids)
	}
	for _, id := range ids {
		if id != term.None {
			m.run.step()
			n += m.asked.multiplicity(id)
		}
	}
	return n
}

// count is the number of rows that row makes.
func (p *product) count(row term.Quad) uint64 {
	if p.agree {
		return p.countAgreed(row)
	}
	n := uint64(1)
	for i := range p.members {
		if m := &p.members[i]; i != p.except {
			if row[m.position] == term.None { // no label
				return 0
			}
			w := m.asked.multiplicity(row[m.position])
			if m.optional {
				w = max(w, 1)
			}
			if n *= w; n == 0 {
				break
			}
		}
	}
	return n
}

// start begins with a row and stands at the first choice, if there is one.
func (p *product) start(row term.Quad) bool {
	p.row, p.again = row, 1
	for i := range p.members {
		m := &p.members[i]
		if i == p.except {
			continue
		}
		if row[m.position] == term.None { // no label
			return false
		}
		if m.prober != nil {
			continue
		}
		w := m.asked.multiplicity(row[m.position])
		if m.optional {
			w = max(w, 1)
		}
		if p.again *= w; p.again == 0 {
			return false
		}
	}
	p.reps = p.again - 1
	return p.restart(0)
}

// restart puts the members from i on at their first rows.
func (p *product) restart(i int) bool {
	if p.agree {
		return p.search(i)
	}
	for ; i < len(p.members); i++ {
		m := &p.members[i]
		if i == p.except || m.prober == nil {
			continue
		}
		m.probe(p.row[m.position])
		m.absent = m.next() == term.None
		if m.absent {
			if !m.optional {
				return false
			}
			clear(p.run.slots[m.lo:m.hi])
		}
	}
	return true
}

// advance goes on to the next choice, if there is one.
func (p *product) advance() bool {
	if p.reps > 0 {
		p.reps--
		return true
	}
	if p.agree {
		return p.resume()
	}
	for i := len(p.members) - 1; i >= 0; i-- {
		m := &p.members[i]
		if i == p.except || m.prober == nil || m.absent {
			continue
		}
		if m.next() != term.None {
			p.reps = p.again - 1
			return p.restart(i + 1)
		}
	}
	return false
}

// hasTags reports whether a member carries tags.
func (p *product) hasTags() bool {
	for i := range p.members {
		if p.members[i].prober != nil {
			return true
		}
	}
	return false
}
