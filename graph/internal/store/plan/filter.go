package plan

import (
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// filter are the rows of a plan whose node is in one of the ranges and has a
// value that all tests take, and that another plan does not have.
type filter struct {
	from   node
	ranges []Range // nil for any
	tests  []func(quad.Value) bool
	not    node // nil for none
}

func (n *filter) tagged() bool { return n.from.tagged() }

type filterOp struct {
	lister
	run    *run
	plan   *filter
	not    op
	lo, hi int  // slots of not, whose tags are never set
	probed bool // next has one node only, and it was tested
}

func (n *filter) open(r *run) op {
	o := &filterOp{run: r, plan: n, lister: list(r, n.from)}
	if n.not != nil {
		o.lo = len(r.slots)
		o.not = remember(n.not.open(r))
		o.hi = len(r.slots)
	}
	return o
}

func (o *filterOp) takes(id term.ID) bool {
	o.run.step()
	if o.plan.ranges != nil && !within(o.plan.ranges, id) {
		return false
	}
	if len(o.plan.tests) > 0 {
		o.run.pass(ticksOfTest)
		v, err := o.run.ix.Value(id)
		check(err)
		for _, test := range o.plan.tests {
			if !test(v) {
				return false
			}
		}
	}
	if o.not == nil {
		return true
	}
	has := o.not.multiplicity(id) > 0
	clear(o.run.slots[o.lo:o.hi])
	return !has
}

func (o *filterOp) scan() {
	o.probed = false
	o.lister.scan()
}

func (o *filterOp) next() term.ID {
	for id := o.lister.next(); id != term.None; id = o.lister.next() {
		if o.probed || o.takes(id) {
			return id
		}
	}
	return term.None
}

func (o *filterOp) probe(id term.ID) {
	o.probed = true
	if o.takes(id) {
		o.lister.probe(id)
	} else {
		o.lister.stop()
	}
}

func (o *filterOp) multiplicity(id term.ID) uint64 {
	if !o.takes(id) {
		return 0
	}
	return o.lister.multiplicity(id)
}

func (o *filterOp) total(*int) (uint64, bool) { return 0, false }
