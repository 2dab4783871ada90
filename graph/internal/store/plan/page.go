package plan

import "kg/graph/internal/store/term"

// pageNode skips some rows of a plan and stops after some more. Which rows these
// are is a matter of the order in which the plan comes upon them.
type pageNode struct {
	from        node
	skip, limit uint64 // no limit if it is 0
}

func (n *pageNode) tagged() bool { return n.from.tagged() }

type pageOp struct {
	lister
	plan       *pageNode
	skip, left uint64
}

func (n *pageNode) open(r *run) op {
	m := r.frame()
	o := &pageOp{plan: n, lister: list(r, n.from)}
	return newTable(r, o, m)
}

func (o *pageOp) scan() {
	o.skip, o.left = o.plan.skip, o.plan.limit
	o.lister.scan()
}

func (o *pageOp) next() term.ID {
	for ; o.skip > 0; o.skip-- {
		o.run.step()
		if o.lister.next() == term.None {
			return term.None
		}
	}
	if o.plan.limit > 0 {
		if o.left == 0 {
			return term.None
		}
		o.left--
	}
	return o.lister.next()
}

func (o *pageOp) size() uint64 {
	if n := o.lister.size(); o.plan.limit == 0 || n < o.plan.limit {
		return n
	}
	return o.plan.limit
}

func (o *pageOp) total(budget *int) (uint64, bool) {
	n, ok := o.lister.total(budget)
	n -= min(n, o.plan.skip)
	if o.plan.limit > 0 {
		n = min(n, o.plan.limit)
	}
	return n, ok
}
