package plan

import "kg/graph/internal/store/term"

// Ahead is an Index that fetches its data from elsewhere. It is told in advance what a
// plan will read, as far as that is known: the steps of a chain can then be fetched
// together, and not one after the other.
type Ahead interface {
	// Fetches reports whether it does.
	Fetches() bool
	// Fetch is called before the plan is opened.
	Fetch(Walk)
	// UpperBound returns an upper bound of the number of quads of a pattern, known
	// without fetching.
	UpperBound(p term.Pattern) uint64
	// CountRows counts the rows of a plan. ok is false if it is better to run the plan.
	CountRows(RowCount) (rows uint64, ok bool)
}

// Walk is the reads of a plan, in successive stages.
type Walk []Stage

// Stage is a tree of steps. It begins with some nodes, or with those that the stage
// before ends with.
type Stage struct {
	Nodes []term.ID
	Steps []Step
	End   StepPosition
	// Most is how often the stage is repeated, each time with the new ones among the
	// nodes it ends with: 0 for a stage that is not repeated, negative for no limit.
	Most int
}

// StepPosition is the nodes at a position of the quads of a step. Step -1 is the start of
// the stage.
type StepPosition struct{ Step, Position int }

// Step are the quads of a pattern that have, at a position, one of some nodes.
type Step struct {
	After   StepPosition
	Nodes   []term.ID // they themselves, if there are any
	From    int       // the position of these nodes
	Pattern term.Quad // the other terms that are known
}

// mostSteps bounds the steps announced together.
const mostSteps = 12

// mostBegun is with how many nodes a walk begins.
const mostBegun = 20_000

// fetch announces the reads of a plan to its index.
func fetch(ix Index, n node) {
	to, ok := ix.(Ahead)
	if !ok || !to.Fetches() {
		return
	}
	w := stepFinder{ix: to, walk: Walk{{}}}
	w.scan(n)
	if len(w.walk[0].Steps) > 0 {
		to.Fetch(w.walk)
	}
}

// stepFinder finds the steps of a plan.
type stepFinder struct {
	ix   Ahead
	walk Walk
	loop *seed // begins the stage, if it is that of a recursion
}

var (
	begin   = StepPosition{Step: -1}
	nowhere = StepPosition{Step: -2} // the reads of a part that is unknown in advance
)

func (w *stepFinder) stage() *Stage { return &w.walk[len(w.walk)-1] }

// add adds a step, and returns the nodes at a position of it.
func (w *stepFinder) add(s Step, at int) StepPosition {
	now := w.stage()
	if len(now.Steps) == mostSteps {
		return nowhere
	}
	now.Steps = append(now.Steps, s)
	return StepPosition{len(now.Steps) - 1, at}
}

// scan adds the steps to the nodes of a plan.
func (w *stepFinder) scan(n node) StepPosition {
	switch n := n.(type) {
	case *links:
		return w.scanLinks(n)
	case *intersect:
		return w.scanIntersect(n)
	case *tags:
		return w.scan(n.from)
	case *agreed:
		return w.scan(n.from)
	case *unique:
		return w.scan(n.from)
	case *witnessedPlan:
		return w.scan(n.from)
	case *sorted:
		return w.scan(n.from)
	case *filter:
		at := w.scan(n.from)
		if n.not != nil {
			w.probe(n.not, at)
		}
		return at
	case *recursion:
		return w.scanRecursion(n)
	case union:
		for _, part := range n {
			w.scan(part)
		}
	case *seed:
		if n == w.loop {
			return begin
		}
	}
	return nowhere
}

func (w *stepFinder) scanLinks(n *links) StepPosition {
	for _, position := range []int{term.Subject, term.Object} {
		if id := n.pattern.Quad[position]; id != term.None {
			return w.step(n, Step{After: begin, Nodes: []term.ID{id}, From: position}, -1)
		}
	}
	if len(n.ranges) > 0 && len(n.ends) == 0 {
		return w.scanRanges(n)
	}
	for i, e := range n.ends {
		if e.position == term.Predicate {
			continue // whole relations
		}
		if f, ok := e.plan.(fixed); ok {
			return w.step(n, Step{After: begin, Nodes: f, From: e.position}, i)
		}
		if after := w.scan(e.plan); after != nowhere {
			return w.step(n, Step{After: after, From: e.position}, i)
		}
	}
	return nowhere
}

// step adds the step of links, and then the reads of the ends other than but.
func (w *stepFinder) step(n *links, s Step, but int) StepPosition {
	s.Pattern = n.pattern.Quad
	s.Pattern[s.From] = term.None
	at := w.add(s, n.at)
	if at == nowhere {
		return at
	}
	for i, e := range n.ends {
		if i != but {
			w.probe(e.plan, StepPosition{at.Step, e.position})
		}
	}
	if n.at == quadRef {
		return nowhere
	}
	return at
}

// scanRanges begins with the objects of a predicate that are in ranges.
func (w *stepFinder) scanRanges(n *links) StepPosition {
	var ids []term.ID
	for _, r := range n.ranges {
		if len(ids)+int(r.To-r.From) > mostBegun {
			return nowhere
		}
		for id := r.From; id < r.To; id++ {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nowhere
	}
	return w.step(n, Step{After: begin, Nodes: ids, From: term.Object}, -1)
}

// scanIntersect begins with the smallest of the parts, as the intersection will.
func (w *stepFinder) scanIntersect(n *intersect) StepPosition {
	first, least := -1, ^uint64(0)
	for i, p := range n.parts {
		if p.optional {
			continue
		}
		if size := w.size(p.node); size < least {
			first, least = i, size
		}
	}
	if first < 0 {
		return nowhere
	}
	at := w.scan(n.parts[first].node)
	if at == nowhere {
		return at
	}
	for i, p := range n.parts {
		if i == first {
			continue
		}
		if l, ok := p.node.(*links); ok && len(n.parts) == 2 && l.ascends() {
			if w.size(l)/mergeRatio <= least {
				w.scan(l) // both are read in parallel
				continue
			}
		}
		w.probe(p.node, at)
	}
	return at
}

// size estimates the rows of a part of an intersection.
func (w *stepFinder) size(n node) uint64 {
	l, ok := n.(*links)
	if !ok || len(l.ends) > 0 {
		return few
	}
	if l.ranges == nil {
		p := l.pattern
		p.Quad[term.Label] = term.None
		return w.ix.UpperBound(p)
	}
	var size uint64
	for _, r := range l.ranges {
		size += uint64(r.To - r.From)
	}
	return size
}

// probe adds the reads of a plan that is probed with nodes.
func (w *stepFinder) probe(n node, after StepPosition) {
	if after == nowhere {
		return
	}
	switch n := n.(type) {
	case *links:
		if n.at != quadRef && n.pattern.Quad[n.at] == term.None {
			w.step(n, Step{After: after, From: n.at}, -1)
		}
	case *intersect:
		for _, p := range n.parts {
			w.probe(p.node, after)
		}
	case *tags:
		w.probe(n.from, after)
	case *agreed:
		w.probe(n.from, after)
	case *unique:
		w.probe(n.from, after)
	case *filter:
		w.probe(n.from, after)
	case union:
		for _, part := range n {
			w.probe(part, after)
		}
	}
}

// scanRecursion adds a stage that is repeated, and begins the next one.
func (w *stepFinder) scanRecursion(n *recursion) StepPosition {
	if w.loop != nil {
		return nowhere
	}
	most := n.max
	if most == 0 {
		most = DefaultDepth + 1
	}
	loop := Stage{Most: most}
	if ids, ok := n.from.(fixed); ok && len(w.stage().Steps) == 0 && len(w.walk) == 1 {
		loop.Nodes = ids
		w.walk = nil
	} else {
		end := w.scan(n.from)
		if end.Step < 0 {
			return nowhere
		}
		w.stage().End = end // which may be another stage than before
	}
	w.walk, w.loop = append(w.walk, loop), n.seed
	end := w.scan(n.step)
	w.loop = nil
	if end.Step < 0 {
		if w.walk = w.walk[:len(w.walk)-1]; len(w.walk) == 0 {
			w.walk = Walk{{}}
		}
		return nowhere
	}
	w.stage().End = end
	w.walk = append(w.walk, Stage{})
	return begin
}
