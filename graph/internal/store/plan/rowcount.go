package plan

import (
	"slices"

	"kg/graph/internal/store/term"
)

// RowCount is a plan of which only the number of rows is wanted: a bag of nodes, each
// with its multiplicity, that goes through steps. An Ahead whose graph is on a server has
// the server count, so that no quad is sent.
type RowCount struct {
	Nodes []term.ID // the nodes it begins with; one that is there twice counts twice
	Steps []CountStep
}

// CountStep multiplies the multiplicity of each node by the number of quads that have the
// node at From and the given other terms, and replaces it by the nodes at To of these
// quads. With To at From the nodes stay.
type CountStep struct {
	From, To int
	Pattern  term.Quad
	Among    [4][]term.ID // nil for any; else the term there is one of these
	Not      bool         // the nodes that have no such quad stay as they are
	Once     bool         // the nodes that have such quads stay as they are

	// Unique leaves each node once. It is a step of its own.
	Unique bool
	// Loop, too, is a step of its own: it replaces the nodes by those that it leads to,
	// applied again and again, each once. Most is how often, negative for no limit. If
	// nodes are new after the last time and Ends is set, there is no answer.
	Loop []CountStep
	Most int
	Ends bool
}

// countRows has the index of a plan count its rows. ok is false if the plan has to be
// run.
func countRows(ix Index, n node) (rows uint64, ok bool) {
	to, ok := ix.(Ahead)
	if !ok || !to.Fetches() {
		return 0, false
	}
	t := rowCounter{sizes: stepFinder{ix: to}}
	if !t.scan(n) || len(t.of.Steps) == 0 {
		return 0, false
	}
	return to.CountRows(t.of)
}

// rowCounter makes a RowCount of a plan. Its methods report whether they could.
type rowCounter struct {
	of    RowCount
	sizes stepFinder
	loop  *seed // it is the step of a recursion that is made
}

func (t *rowCounter) add(s CountStep) bool {
	t.of.Steps = append(t.of.Steps, s)
	return len(t.of.Steps) <= mostSteps
}

// begun reports whether the bag is there already.
func (t *rowCounter) begun() bool { return t.of.Nodes != nil || len(t.of.Steps) > 0 || t.loop != nil }

func (t *rowCounter) begin(ids []term.ID) bool {
	if t.begun() || len(ids) > mostBegun {
		return false
	}
	t.of.Nodes = ids
	return true
}

// scan makes the bag of all rows of a plan.
func (t *rowCounter) scan(n node) bool {
	switch n := n.(type) {
	case fixed:
		return t.begin(n)
	case *tags:
		return t.scan(n.from)
	case *sorted:
		return t.scan(n.from)
	case *unique:
		return t.scan(n.from) && t.add(CountStep{Unique: true})
	case *witnessedPlan:
		return t.scan(n.from) && t.add(CountStep{Unique: true})
	case *filter:
		return n.ranges == nil && len(n.tests) == 0 && t.scan(n.from) && t.probe(n.not, CountStep{Not: true})
	case *links:
		return t.scanLinks(n)
	case *intersect:
		return t.scanIntersect(n)
	case *recursion:
		return t.scanRecursion(n)
	case *seed:
		return n == t.loop && len(t.of.Steps) == 0
	}
	return false
}

func (t *rowCounter) scanLinks(n *links) bool {
	if n.at == quadRef {
		return false
	}
	s, ends := CountStep{To: n.at, Pattern: n.pattern.Quad}, n.ends
	lead := slices.IndexFunc(ends, func(e end) bool {
		_, list := e.plan.(fixed)
		return !list && e.position != term.Predicate
	})
	switch {
	case lead >= 0:
		s.From = ends[lead].position
		if !t.scan(ends[lead].plan) {
			return false
		}
		ends = slices.Delete(slices.Clone(ends), lead, lead+1)
	case s.Pattern[term.Subject] != term.None:
		s.From = term.Subject
	case s.Pattern[term.Object] != term.None:
		s.From = term.Object
	default:
		return t.beginsAmong(n, s)
	}
	if id := s.Pattern[s.From]; id != term.None && !t.begin([]term.ID{id}) {
		return false
	}
	s.Pattern[s.From] = term.None
	return t.among(&s, n.ranges, ends) && t.add(s)
}

// beginsAmong is scanLinks that begins with some objects, or subjects.
func (t *rowCounter) beginsAmong(n *links, s CountStep) bool {
	if !t.among(&s, n.ranges, n.ends) {
		return false
	}
	for _, position := range []int{term.Subject, term.Object} {
		if ids := s.Among[position]; ids != nil {
			s.From, s.Among[position] = position, nil
			return t.begin(ids) && t.add(s)
		}
	}
	return false
}

// among limits the terms at some positions of a step.
func (t *rowCounter) among(s *CountStep, ranges []Range, ends []end) bool {
	for _, e := range ends {
		ids, ok := e.plan.(fixed)
		if !ok || s.Among[e.position] != nil || repeats(ids) {
			return false
		}
		s.Among[e.position] = ids
	}
	if ranges == nil {
		return true
	}
	if s.Among[term.Object] != nil || s.Pattern[term.Object] != term.None || width(ranges) > mostBegun {
		return false
	}
	s.Among[term.Object] = []term.ID{}
	for _, r := range ranges {
		for id := r.From; id < r.To; id++ {
			s.Among[term.Object] = append(s.Among[term.Object], id)
		}
	}
	return true
}

func repeats(ids []term.ID) bool {
	sorted := slices.Clone(ids)
	slices.Sort(sorted)
	return len(slices.Compact(sorted)) < len(ids)
}

// scanIntersect begins with the part that the intersection begins with.
func (t *rowCounter) scanIntersect(n *intersect) bool {
	first, least := -1, ^uint64(0)
	for i, p := range n.parts {
		if p.optional {
			return false
		}
		if size := t.sizes.size(p.node); size < least {
			first, least = i, size
		}
	}
	if !t.scan(n.parts[first].node) {
		return false
	}
	for i, p := range n.parts {
		if i != first && !t.probe(p.node, CountStep{}) {
			return false
		}
	}
	return true
}

// probe multiplies the multiplicities of the nodes by those that they have in a plan.
func (t *rowCounter) probe(n node, s CountStep) bool {
	switch n := n.(type) {
	case nil:
		return true
	case *tags:
		return t.probe(n.from, s)
	case *unique:
		s.Once = !s.Not
		return t.probe(n.from, s)
	case *intersect:
		for _, p := range n.parts {
			if s.Not || p.optional || !t.probe(p.node, s) {
				return false
			}
		}
		return true
	case *links:
		if n.at == quadRef || n.pattern.Quad[n.at] != term.None {
			return false
		}
		s.From, s.To, s.Pattern = n.at, n.at, n.pattern.Quad
		return t.among(&s, n.ranges, n.ends) && t.add(s)
	}
	return false
}

// scanRecursion is for one start: each node that is met comes once.
func (t *rowCounter) scanRecursion(n *recursion) bool {
	start, ok := n.from.(fixed)
	if !ok || len(start) != 1 || t.loop != nil || !t.begin(start) {
		return false
	}
	step := rowCounter{sizes: t.sizes, loop: n.seed}
	if !step.scan(n.step) || len(step.of.Steps) == 0 {
		return false
	}
	loop := CountStep{Loop: step.of.Steps, Most: n.max}
	if n.max == 0 {
		loop.Most, loop.Ends = DefaultDepth+1, true
	}
	return t.add(loop)
}
