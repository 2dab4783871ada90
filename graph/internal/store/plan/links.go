package plan

import "kg/graph/internal/store/term"

// links are quads, or the nodes at one position of them: Cayley's Quads, with NodesFrom
// around it a hop. Known nodes are in the pattern, plans for the others in ends. A quad
// is yielded once for each combination of rows of its ends.
type links struct {
	pattern  term.Pattern // without a range of objects, that is in ranges
	ranges   []Range      // of objects, nil if there is none
	ends     []end
	saves    []save
	refs     []string // tags that hold the quad
	labelled bool     // only quads with a label
	at       int      // the position of the node that is wanted; quadRef for the quad
}

// quadRef stands for the quad itself, in links.at.
const quadRef = -1

type end struct {
	position int
	plan     node
}

// save is a tag on a position.
type save struct {
	position int
	tag      string
}

func (n *links) tagged() bool {
	if len(n.saves) > 0 || len(n.refs) > 0 {
		return true
	}
	for _, e := range n.ends {
		if e.plan.tagged() {
			return true
		}
	}
	return false
}

// plain reports whether the rows are just an index's answer to a pattern.
func (n *links) plain() bool {
	return len(n.ends) == 0 && !n.tagged() && !n.labelled && n.at != term.Label
}

// ascends reports whether a scan's ids ascend, which a Cursor promises for a hop from one
// node by one predicate.
func (n *links) ascends() bool {
	if !n.plain() || n.ranges != nil || n.pattern.Quad[term.Predicate] == term.None {
		return false
	}
	s, o := n.pattern.Quad[term.Subject], n.pattern.Quad[term.Object]
	return n.at == term.Subject && o != term.None && s == term.None ||
		n.at == term.Object && s != term.None && o == term.None
}

// countAll is the number of quads of a pattern with one of these ranges of
// objects, or any if there are none.
func countAll(ix Index, p term.Pattern, ranges []Range) uint64 {
	return addUp(ix.Count, p, ranges)
}

// addUp sums the results of count for a pattern with each of these ranges of objects, or
// any if there are none.
func addUp(count func(term.Pattern) uint64, p term.Pattern, ranges []Range) uint64 {
	if ranges == nil {
		return count(p)
	}
	var n uint64
	for _, r := range ranges {
		p.ObjectFrom, p.ObjectTo = r.From, r.To
		n += count(p)
	}
	return n
}

// allows reports whether an object is in one of the ranges.
func (n *links) allows(object term.ID) bool {
	return n.ranges == nil || within(n.ranges, object)
}
