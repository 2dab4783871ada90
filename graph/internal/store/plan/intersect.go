package plan

import (
	"slices"

	"kg/graph/internal/store/term"
)

// intersect are the nodes all of must have, once for each choice of a row from
// every one of them. An optional plan adds its rows' tags where it has the
// node, and changes nothing where it has not.
type intersect struct{ parts []joint }

// joint is a part of an intersection. Of two that set one tag the later wins, so that the
// order of the query is preserved.
type joint struct {
	node
	optional bool
}

func (n *intersect) tagged() bool {
	return slices.ContainsFunc(n.parts, func(p joint) bool { return p.tagged() })
}

func anyTagged(ns []node) bool {
	for _, n := range ns {
		if n.tagged() {
			return true
		}
	}
	return false
}

// intersectOp scans one plan and asks the others.
type intersectOp struct {
	members product
	lead    int // the one that is scanned
	merge   *mergeJoin
	pair    *pairJoin
	tags    bool
	probing bool
	inRow   bool
	id      term.ID
}

func (n *intersect) open(r *run) op {
	o := &intersectOp{}
	o.members.members = make([]productMember, 0, len(n.parts))
	for _, p := range n.parts {
		o.members.add(r, p.node, 0, p.optional)
	}
	// required members are probed first
	slices.SortStableFunc(o.members.members, func(a, b productMember) int { return last(a.optional) - last(b.optional) })
	must := 0
	for must < len(n.parts) && !o.members.members[must].optional {
		must++
	}
	least := ^uint64(0)
	for i := 0; i < must && must > 1; i++ {
		if size := o.members.members[i].size(); size < least {
			o.lead, least = i, size
		}
	}
	o.tags = o.members.hasTags()
	if !o.tags && must == 2 && must == len(n.parts) {
		if o.merge = newMerge(o.members.members, least); o.merge == nil {
			o.pair = newPair(o.members.members, o.lead)
		}
	}
	return o
}

func last(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (o *intersectOp) scan() {
	o.probing, o.inRow = false, false
	if o.merge != nil {
		o.merge.scan()
		return
	}
	o.members.except = o.lead
	o.members.members[o.lead].scan()
	if o.pair != nil {
		o.pair.begin()
	}
}

func (o *intersectOp) next() term.ID {
	if o.merge != nil && !o.probing {
		return o.merge.next()
	}
	if o.pair != nil && !o.probing {
		return o.pair.next()
	}
	if o.inRow && o.members.advance() {
		return o.id
	}
	if o.probing {
		return o.nextProbed()
	}
	lead := &o.members.members[o.lead]
	for o.id = lead.next(); o.id != term.None; o.id = lead.next() {
		o.members.run.step()
		if o.inRow = o.members.start(term.Quad{o.id}); o.inRow {
			return o.id
		}
	}
	o.inRow = false
	return term.None
}

func (o *intersectOp) probe(id term.ID) {
	o.members.except = -1
	o.probing, o.inRow, o.id = true, false, id
}

func (o *intersectOp) nextProbed() term.ID {
	if !o.inRow && o.id != term.None && o.members.start(term.Quad{o.id}) {
		o.inRow = true
		return o.id
	}
	o.inRow, o.id = false, term.None
	return term.None
}

func (o *intersectOp) multiplicity(id term.ID) uint64 {
	o.members.except = -1
	return o.members.count(term.Quad{id})
}

func (o *intersectOp) size() uint64 { return o.members.members[o.lead].size() }

func (o *intersectOp) total(budget *int) (uint64, bool) {
	lead := &o.members.members[o.lead]
	each := len(o.members.members)
	if o.merge != nil || lead.size() > uint64(*budget/each) {
		return 0, false
	}
	if each == 2 && !o.members.members[1-o.lead].optional && !o.members.agree {
		return o.sum(budget)
	}
	var n uint64
	for o.scan(); ; {
		id := lead.next()
		if id == term.None {
			return n, true
		}
		if *budget -= each; *budget < 0 {
			return 0, false
		}
		o.members.run.tick()
		n += o.members.count(term.Quad{id})
	}
}

// sum is total for two members: the nodes of the one are probed in the other, many at a
// time.
func (o *intersectOp) sum(budget *int) (n uint64, ok bool) {
	lead, other := &o.members.members[o.lead], &o.members.members[1-o.lead]
	o.scan()
	var ids [sumRead]term.ID
	for {
		some := lead.batch(ids[:])
		if len(some) == 0 {
			return n, true
		}
		if *budget -= 2 * len(some); *budget < 0 {
			return 0, false
		}
		o.members.run.pass(ticksOfRead + len(some))
		n += other.sum(some)
	}
}
