package plan

import (
	"kg/graph/internal/store/term"
)

// fixed is a list of nodes, as it was given: one that is there twice comes
// twice.
type fixed []term.ID

func (n fixed) open(r *run) op { return &fixedOp{run: r, ids: n} }
func (fixed) tagged() bool     { return false }

type fixedOp struct {
	run  *run
	ids  []term.ID
	pos  int
	many idMap // how often each is there, if there are many
}

func (o *fixedOp) scan() { o.pos = 0 }

func (o *fixedOp) next() term.ID {
	if o.pos == len(o.ids) {
		return term.None
	}
	o.pos++
	return o.ids[o.pos-1]
}

func (o *fixedOp) multiplicity(id term.ID) uint64 {
	if len(o.ids) > fixedFew {
		return o.lookup(id)
	}
	var n uint64
	for _, have := range o.ids {
		if have == id {
			n++
		}
	}
	return n
}

// fixedFew is a number of ids small enough for a linear search.
const fixedFew = 8

func (o *fixedOp) lookup(id term.ID) uint64 {
	if o.many.n == 0 {
		for _, id := range o.ids {
			o.run.step()
			if n, had := o.many.put(id, 1); had {
				o.many.set(id, n+1)
			}
		}
	}
	n, had := o.many.get(id)
	if !had {
		return 0
	}
	return uint64(n)
}

func (o *fixedOp) size() uint64 { return uint64(len(o.ids)) }

func (o *fixedOp) total(*int) (uint64, bool) { return uint64(len(o.ids)), true }

// nodes are all live nodes, or those in some ranges of ids.
type nodes struct {
	ranges []Range
	all    bool // ranges do not count
}

var allNodes = &nodes{all: true}

func (n *nodes) open(r *run) op { return &nodesOp{run: r, plan: n} }

func (*nodes) tagged() bool { return false }

type nodesOp struct {
	run  *run
	plan *nodes
	cur  Cursor
	part int // the range the cursor is in is the one before
	ids  []term.ID
	pos  int
}

// nodesRead is how many nodes are read at a time.
const nodesRead = 256

func (o *nodesOp) scan() {
	if o.ids == nil {
		o.ids = make([]term.ID, 0, nodesRead)
	}
	o.ids, o.pos, o.part = o.ids[:0], 0, 0
	o.cur.Begin(term.Pattern{})
}

func (o *nodesOp) next() term.ID {
	for o.pos == len(o.ids) {
		if !o.fill() {
			return term.None
		}
	}
	o.pos++
	return o.ids[o.pos-1]
}

func (o *nodesOp) fill() bool {
	o.run.tick()
	if !o.cur.Done && (o.part > 0 || o.plan.all) {
		n := o.run.ix.Nodes(&o.cur, o.ids[:cap(o.ids)])
		o.ids, o.pos = o.ids[:n], 0
		if n > 0 {
			return true
		}
	}
	if o.plan.all || o.part == len(o.plan.ranges) {
		return false
	}
	r := o.plan.ranges[o.part]
	o.cur.Begin(term.Pattern{ObjectFrom: r.From, ObjectTo: r.To})
	o.part++
	return true
}

func (o *nodesOp) multiplicity(id term.ID) uint64 {
	if (o.plan.all || within(o.plan.ranges, id)) && o.run.ix.Live(id) {
		return 1
	}
	return 0
}

func (o *nodesOp) size() uint64 {
	if o.plan.all {
		return o.run.ix.NodeCount()
	}
	return min(width(o.plan.ranges), o.run.ix.NodeCount())
}

func (o *nodesOp) total(*int) (uint64, bool) {
	if o.plan.all {
		return o.run.ix.NodeCount(), true
	}
	return 0, len(o.plan.ranges) == 0
}
