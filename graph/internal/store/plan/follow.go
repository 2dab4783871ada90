package plan

import (
	"errors"
	"fmt"

	"kg/graph/internal/store/term"
)

// ErrDepth is the error of a recursion without a given depth that has not come
// to its end after DefaultDepth steps.
var ErrDepth = errors.New("the recursion has not come to its end")

// DefaultDepth bounds the steps of a recursion without a given depth.
const DefaultDepth = 50

// recursion is Follow over a plan.
type recursion struct {
	from    node
	seed    *seed
	step    node // from the seed to the next nodes
	max     int  // steps; negative for no limit, 0 for DefaultDepth and an error
	depths  []string
	lineage *Lineage
}

// tagged, because the step's tags and the depth come with each row.
func (n *recursion) tagged() bool { return true }

// recursionOp goes breadth first: the nodes reached with the last step are the frontier
// of the next. A node is yielded with its least depth, once for each row of the plan it
// began with. The node it was reached from is known at that time (see from) and not
// stored: a caller that needs the way back stores it beside origin.
type recursionOp struct {
	run    *run
	plan   *recursion
	start  *startRows
	front  frontier
	step   lister
	depths int // first slot of the depths
	seen   idMap
	origin []uint32 // of a node of the frontier: the first node it was reached from
	depth  int
	inStep bool
	id     term.ID
	tells  *lineage // nil if it keeps no lineage

	straight *straight // nil if its step is more than a hop
}

func (n *recursion) open(r *run) op {
	m := r.frame()
	o := &recursionOp{run: r, plan: n, depths: m.slots}
	for _, name := range n.depths {
		r.slot(tag{name: name, kind: depthTag})
	}
	starts := r.frame()
	o.start = newStarts(r, n.from)
	if n.lineage != nil {
		o.tells = &lineage{recursionOp: o, of: n.lineage}
		o.tells.openStarts(r, starts)
	}
	o.front = frontier{plan: n.seed, slot: r.slot(tag{kind: hiddenTag}), frontierNodes: &frontierNodes{}}
	r.seeds = append(r.seeds, &o.front)
	if o.straight = straightOf(n); o.straight != nil {
		return newTable(r, o, m)
	}
	steps := r.frame()
	o.step = list(r, n.step)
	if o.tells != nil {
		o.tells.openSteps(r, steps)
	}
	return newTable(r, o, m)
}

func (o *recursionOp) scan() {
	if s := o.straight; s != nil && s.goesOn {
		s.goesOn, s.given = false, s.begun
		return
	}
	o.seen.clear()
	read := o.start.read
	if o.tells != nil {
		read = o.tells.read
	}
	o.front.nodes, o.origin = read(o.front.nodes[:0]), o.origin[:0]
	for i := range o.front.nodes {
		o.origin = append(o.origin, uint32(i))
	}
	o.front.lo, o.front.hi = 0, 0
	o.front.gen++
	o.depth, o.inStep = 0, false
	if s := o.straight; s != nil {
		s.from, s.begun, s.alone = 0, len(o.front.nodes), len(o.front.nodes) == 1
		s.given = s.begun
	}
}

func (o *recursionOp) next() term.ID {
	if o.tells != nil {
		return o.tells.next()
	}
	if o.start.more() {
		return o.id
	}
	if o.straight != nil {
		return o.nextStraight()
	}
	for {
		if !o.inStep && !o.deeper() {
			return term.None
		}
		o.run.step()
		id := o.step.next()
		if id == term.None {
			o.inStep = false
			continue
		}
		if _, had := o.seen.put(id, 0); had {
			continue
		}
		o.checkDepth()
		first := o.origin[o.from()]
		o.front.nodes = append(o.front.nodes, id)
		o.origin = append(o.origin, first)
		for i := range o.plan.depths {
			o.run.slots[o.depths+i] = term.ID(o.depth)
		}
		o.id = id
		o.start.begin(first, o.front.nodes[first])
		return id
	}
}

// deeper begins the next step.
func (o *recursionOp) deeper() bool {
	o.run.tick()
	if !o.move() {
		return false
	}
	o.run.slots[o.front.slot] = 0
	o.step.scan()
	o.inStep = true
	return true
}

// move makes the nodes of the last step the frontier.
func (o *recursionOp) move() bool {
	o.front.lo, o.front.hi = o.front.hi, len(o.front.nodes)
	if o.front.lo == o.front.hi || o.depth > 0 && o.depth == o.plan.max {
		return false
	}
	o.front.gen++
	o.depth++
	return true
}

// from is the number of the node the step went on from: the first of all for a
// step that does not go on from any.
func (o *recursionOp) from() int {
	if at := o.run.slots[o.front.slot]; at > 0 {
		return int(at) - 1
	}
	return 0
}

// checkDepth reports what Cayley hides: that the recursion was cut off.
func (o *recursionOp) checkDepth() {
	if o.plan.max == 0 && o.depth > DefaultDepth {
		check(fmt.Errorf("following a path: %w after %d steps: give a depth, or -1 for no limit",
			ErrDepth, DefaultDepth))
	}
}

// size is an estimate: it is run as a whole however it is used.
func (o *recursionOp) size() uint64 { return few }
