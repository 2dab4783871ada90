package plan

import "kg/graph/internal/store/term"

// union are the rows of one plan after those of another.
type union []node

func (n union) tagged() bool { return anyTagged(n) }

type unionOp struct {
	run   *run
	parts []unionBranch
	at    int
	id    term.ID // that is probed, term.None in a scan
}

type unionBranch struct {
	lister
	lo, hi int   // its slots
	seeds  []int // the slots of the seeds that it goes on from, and another may not
}

// clear leaves nothing of its rows.
func (p *unionBranch) clear(r *run) {
	clear(r.slots[p.lo:p.hi])
	for _, s := range p.seeds {
		r.slots[s] = 0
	}
}

func (n union) open(r *run) op {
	o := &unionOp{run: r, parts: make([]unionBranch, 0, len(n))}
	for _, m := range n {
		at := r.frame()
		l := list(r, m)
		o.parts = append(o.parts, unionBranch{l, at.slots, len(r.slots), r.outer(at)})
	}
	return o
}

func (o *unionOp) scan() { o.begin(term.None) }

func (o *unionOp) probe(id term.ID) { o.begin(id) }

func (o *unionOp) begin(id term.ID) {
	for i := range o.parts {
		o.parts[i].clear(o.run)
	}
	o.id, o.at = id, -1
}

func (o *unionOp) next() term.ID {
	for o.at < len(o.parts) {
		if o.at >= 0 {
			p := &o.parts[o.at]
			if id := p.next(); id != term.None {
				return id
			}
			p.clear(o.run)
		}
		if o.at++; o.at == len(o.parts) {
			break
		}
		if o.id == term.None {
			o.parts[o.at].scan()
		} else {
			o.parts[o.at].probe(o.id)
		}
	}
	return term.None
}

func (o *unionOp) multiplicity(id term.ID) uint64 {
	var n uint64
	for i := range o.parts {
		n += o.parts[i].multiplicity(id)
	}
	return n
}

func (o *unionOp) size() uint64 {
	var n uint64
	for i := range o.parts {
		n += min(o.parts[i].size(), 1<<40)
	}
	return n
}

func (o *unionOp) total(budget *int) (uint64, bool) {
	var n uint64
	for i := range o.parts {
		m, ok := o.parts[i].total(budget)
		if !ok {
			return 0, false
		}
		n += m
	}
	return n, true
}
