package plan

import (
	"errors"
	"fmt"

	"kg/graph/store/term"
)

// ErrDepth is the error of a recursion without a given depth that has not come
// to its end after DefaultDepth steps.
var ErrDepth = errors.New("the recursion has not come to its end")

// DefaultDepth is how many steps a recursion makes if it was not told how
// many.
const DefaultDepth = 50

// recursion is Follow over a plan.
type recursion struct {
	from   node
	seed   *seed
	step   node // from the seed to what is one step further
	max    int  // steps; negative for no limit, 0 for DefaultDepth and an error
	depths []string
}

// tagged, because the step's tags and the depth come with each row.
func (n *recursion) tagged() bool { return true }

// recursionOp goes breadth first: the nodes reached with the last step are the
// frontier of the next. A node comes with its least depth, once for each row of
// the plan it began with. Where a node was reached from is known when it is
// (see from) and not kept: whoever wants the way back keeps it beside origin.
type recursionOp struct {
	run    *run
	plan   *recursion
	start  lister
	first  kept  // the rows it began with
	starts idMap // of a node it began with: where its first row is in chain
	chain  []uint32
	front  frontier
	step   lister
	depths int // first slot of the depths
	seen   idMap
	origin []uint32 // of a node of the frontier: its number among the first
	depth  int
	inStep bool
	row    uint32 // the next row of the start to come with the present node
	id     term.ID
}

func (n *recursion) open(r *run) op {
	m := r.mark()
	o := &recursionOp{run: r, plan: n, depths: m.slots}
	for _, name := range n.depths {
		r.slot(tag{name: name, kind: depthTag})
	}
	from := len(r.slots)
	o.start = list(r, n.from)
	o.first = keep(r, from)
	o.front = frontier{plan: n.seed, slot: r.slot(tag{kind: hiddenTag})}
	r.seeds = append(r.seeds, &o.front)
	o.step = list(r, n.step)
	return newTable(r, o, m)
}

func (o *recursionOp) scan() {
	o.first.reset()
	o.starts.clear()
	o.seen.clear()
	o.chain, o.origin = append(o.chain[:0], 0), o.origin[:0]
	o.front.nodes = o.front.nodes[:0]
	o.start.scan()
	for id := o.start.next(); id != term.None; id = o.start.next() {
		o.first.add(id)
		row := uint32(len(o.first.ids))
		head, had := o.starts.put(id, row)
		if had {
			// behind the first row of the node, which origin knows
			o.chain = append(o.chain, o.chain[head])
			o.chain[head] = row
			continue
		}
		o.chain = append(o.chain, 0)
		o.front.nodes = append(o.front.nodes, id)
		o.origin = append(o.origin, row)
	}
	o.front.lo, o.front.hi = 0, 0
	o.front.gen++
	o.depth, o.row, o.inStep = 0, 0, false
}

func (o *recursionOp) next() term.ID {
	if o.row != 0 {
		return o.emit()
	}
	for {
		if !o.inStep && !o.deeper() {
			return term.None
		}
		id := o.step.next()
		if id == term.None {
			o.inStep = false
			continue
		}
		if _, had := o.seen.put(id, 0); had {
			continue
		}
		o.checkDepth()
		from := o.from()
		o.front.nodes = append(o.front.nodes, id)
		o.origin = append(o.origin, o.origin[from])
		o.id, o.row = id, o.origin[from]
		for i := range o.plan.depths {
			o.run.slots[o.depths+i] = term.ID(o.depth)
		}
		return o.emit()
	}
}

// emit gives the present node with the next row of its start.
func (o *recursionOp) emit() term.ID {
	o.first.load(int(o.row) - 1)
	o.row = o.chain[o.row]
	return o.id
}

// deeper makes the nodes of the last step the frontier.
func (o *recursionOp) deeper() bool {
	o.run.tick()
	o.front.lo, o.front.hi = o.front.hi, len(o.front.nodes)
	if o.front.lo == o.front.hi || o.depth > 0 && o.depth == o.plan.max {
		return false
	}
	o.front.gen++
	o.depth++
	o.run.slots[o.front.slot] = 0
	o.step.scan()
	o.inStep = true
	return true
}

// from is the place of the node the step went on from: the first of all for a
// step that does not go on from any.
func (o *recursionOp) from() int {
	if at := o.run.slots[o.front.slot]; at > 0 {
		return int(at) - 1
	}
	return 0
}

// checkDepth reports what Cayley keeps to itself: that there was more.
func (o *recursionOp) checkDepth() {
	if o.plan.max == 0 && o.depth > DefaultDepth {
		check(fmt.Errorf("following a path: %w after %d steps: give a depth, or -1 for no limit",
			ErrDepth, DefaultDepth))
	}
}

// size is a guess: it is run as a whole however it is used.
func (o *recursionOp) size() uint64 { return few }

func (o *recursionOp) total(*int) (uint64, bool) { return 0, false }
