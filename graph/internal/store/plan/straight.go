package plan

import "kg/graph/internal/store/term"

// straight is a recursion whose step is one hop by a predicate: it reads the index for
// many nodes at once and has no rows of steps.
type straight struct {
	predicate term.Pattern
	position  int // of the nodes to go on from
	at        int // of those they lead to
	alone     bool
	from      int  // the first node of the frontier that is still to go on from
	begun     int  // how many nodes it began with
	given     int  // how many of all were given, those counted
	goesOn    bool // the next scan goes on from where a count gave up
	ends      []term.ID
	cur       Cursor
}

// straightOf is nil if a step is more than a hop.
func straightOf(n *recursion) *straight {
	l, ok := n.step.(*links)
	if !ok || n.lineage != nil || len(l.ends) != 1 || l.ends[0].plan != node(n.seed) ||
		len(l.saves)+len(l.refs) > 0 || l.labelled || l.ranges != nil || !opposite(l.at, l.ends[0].position) {
		return nil
	}
	s := &straight{position: l.ends[0].position, at: l.at}
	s.predicate.Quad[term.Predicate] = l.pattern.Quad[term.Predicate]
	if l.pattern != s.predicate || s.predicate == (term.Pattern{}) {
		return nil
	}
	return s
}

// nextStraight is next for a straight one.
func (o *recursionOp) nextStraight() term.ID {
	s := o.straight
	for s.given == len(o.front.nodes) {
		if o.expand() == 0 {
			return term.None
		}
	}
	first := o.first(s.given)
	o.id = o.front.nodes[s.given]
	s.given++
	for i := range o.plan.depths {
		o.run.slots[o.depths+i] = term.ID(o.depth)
	}
	o.start.begin(first, o.front.nodes[first])
	return o.id
}

// first is the number of the node that a node was first reached from.
func (o *recursionOp) first(i int) uint32 {
	if o.straight.alone {
		return 0
	}
	return o.origin[i]
}

// expand goes on from some nodes of the frontier, from one if its identity matters, and
// returns how many reads that is worth, 0 if there are none to go on from. The nodes it
// adds all have the present depth.
func (o *recursionOp) expand() (reads int) {
	s := o.straight
	o.run.tick()
	if s.from == o.front.hi {
		if !o.move() {
			return 0
		}
		s.from = o.front.lo
	}
	nodes := o.front.nodes[s.from:min(o.front.hi, s.from+sumRead)]
	if !s.alone {
		nodes = nodes[:1]
	}
	var used int
	if s.ends, used = o.run.ix.EndsEach(s.predicate, s.position, nodes, s.ends[:0]); used == 0 {
		s.ends, used = o.endsOf(nodes[0]), 1
	}
	o.run.pass(len(s.ends))
	first, had := o.first(s.from), len(o.front.nodes)
	for _, id := range s.ends {
		if _, had := o.seen.put(id, 0); had {
			continue
		}
		if o.front.nodes = append(o.front.nodes, id); !s.alone {
			o.origin = append(o.origin, first)
		}
	}
	if len(o.front.nodes) > had {
		o.checkDepth()
	}
	s.from += used
	return used + len(s.ends)/sumRead
}

// endsOf reads the nodes that one node leads to.
func (o *recursionOp) endsOf(id term.ID) []term.ID {
	s := o.straight
	p := s.predicate
	p.Quad[s.position] = id
	var block [quadsRead]term.ID
	for s.cur.Begin(p); ; {
		o.run.tick()
		n := o.run.ix.Ends(&s.cur, s.at, block[:])
		if s.ends = append(s.ends, block[:n]...); n == 0 || s.cur.Done {
			return s.ends
		}
	}
}

// total runs a straight recursion that begins with few rows, and counts.
func (o *recursionOp) total(budget *int) (n uint64, ok bool) {
	s := o.straight
	if s == nil || o.start.rowBuffer.width() > 0 || o.start.lister.size() > uint64(*budget) {
		return 0, false
	}
	for o.scan(); ; {
		if o.plan.max == 0 && o.depth == DefaultDepth {
			return 0, false // there may be an error in the next step
		}
		reads := o.expand()
		if *budget -= reads; *budget < 0 {
			// Nodes have no depth any more. A recursion around this one moves on.
			s.goesOn = len(o.plan.depths) == 0 && len(o.run.seeds) == 1
			return 0, false
		}
		if reads == 0 {
			break
		}
	}
	if s.alone {
		return uint64(len(o.front.nodes)-s.begun) * o.start.counts[0], true
	}
	for _, first := range o.origin[s.begun:] {
		n += o.start.counts[first]
	}
	return n, true
}
