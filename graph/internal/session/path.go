package session

import (
	"slices"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// maxSteps bounds the steps of one path, those of the paths within it
// included: Cayley's optimisers descend into a query step by step, and some
// ask the whole tree at each.
const maxSteps = 1000

// maxShape bounds the shape a path becomes, in hops: both() has all that came
// before it twice, and Cayley's optimisers walk the whole of a shape without
// looking up.
const maxShape = 1 << 14

// path is an unfinished walk: steps from all nodes. It is never changed, only
// continued, so that a script can branch from any variable that holds one.
type path struct {
	steps  []pathStep
	start  int    // the steps that make the nodes to start from
	labels labels // the label context for the steps to come
	size   int    // steps, those of the paths within included
	shape  int    // hops of the shape it becomes, about
	// untraced reports that the path names a value of a row that is no longer current:
	// its derivation is unknown.
	untraced bool
}

// pathStep is one call of a query on a path.
type pathStep interface {
	// apply continues the nodes in in by the step.
	apply(in shape.Shape, b *shapeBuilder) shape.Shape
	// reverse is the step that goes back, from the nodes apply leads to.
	reverse() pathStep
}

// then is p continued by s, which holds the paths within.
func (p *path) then(s pathStep, within ...*path) *path {
	np := &path{steps: append(slices.Clip(p.steps), s), start: p.start, labels: p.labels, size: p.size + 1, shape: p.shape + 1, untraced: p.untraced}
	for _, w := range within {
		np.untraced = np.untraced || w.untraced
		np.size += w.size
		np.shape += w.shape
	}
	if doubles(s) {
		np.shape *= 2
	}
	return np
}

// doubles reports whether a step contains the steps before it twice.
func doubles(s pathStep) bool {
	if h, ok := s.(hopsStep); ok {
		s = h.of
	}
	h, ok := s.(hopStep)
	return ok && h.both
}

// reversed is the walk from p's end to its start. Every hop keeps the label context it
// was made in; Cayley's own applies the last one to the steps before it, too.
func (p *path) reversed() *path {
	rev := &path{size: p.size, shape: p.shape, untraced: p.untraced}
	for _, s := range slices.Backward(p.steps) {
		rev.steps = append(rev.steps, s.reverse())
	}
	return rev
}

// oneWay reports whether a step of the path cannot be walked backwards: the shortest
// paths depend on where they begin.
func (p *path) oneWay() bool {
	return slices.ContainsFunc(p.steps, func(s pathStep) bool {
		if h, ok := s.(hopsStep); ok {
			s = h.of
		}
		switch s := s.(type) {
		case shortestStep:
			return true
		case followStep:
			return s.by.oneWay()
		case recursiveStep:
			return s.by.oneWay()
		case optionalStep:
			return s.by.oneWay()
		}
		return false
	})
}

// begun marks the steps of p so far as the start of those that follow.
func (p *path) begun() *path {
	p.start = len(p.steps)
	return p
}

// back returns to the node that was tagged, keeping the conditions since; with no name it
// returns to the start. It returns false when no step sets the tag.
func (p *path) back(tag string) (*path, bool) {
	n := p.start // steps up to the node
	if tag != "" {
		n = len(p.steps)
		for ; n > 0; n-- {
			if t, ok := p.steps[n-1].(tagStep); ok && slices.Contains(t.names, tag) {
				break
			}
		}
		if n == 0 {
			return nil, false
		}
	}
	rest := &path{steps: p.steps[n:]}
	head := *p
	head.steps, head.labels = slices.Clip(p.steps[:n]), p.labelsAt(n-1)
	return head.then(andStep{rest.reversed()}), true
}

// labelsAt is the label context after step i.
func (p *path) labelsAt(i int) labels {
	for ; i >= 0; i-- {
		if c, ok := p.steps[i].(contextStep); ok {
			return c.labels
		}
	}
	return labels{}
}

// via is a set of nodes that a script names: none means all, more than one
// means any of them.
type via struct {
	values []quad.Value
	paths  []*path
}

func (v via) all() bool { return len(v.values) == 0 && len(v.paths) == 0 }

func (v via) shape(b *shapeBuilder) shape.Shape {
	if v.all() {
		return shape.AllNodes{}
	}
	var any shape.Union
	if len(v.values) > 0 {
		any = append(any, b.lookup(v.values))
	}
	for _, p := range v.paths {
		any = append(any, b.path(p))
	}
	if len(any) == 1 {
		return any[0]
	}
	return any
}

// labels is a label context: which labels the hops may pass, and the tags that take the
// one they passed. In a prepared path, a hop made in no context takes that of the walking
// path.
type labels struct {
	only via
	tags []string
	set  bool     // by labelContext, if only to lift another
	one  []string // by oneContext: the tags of the path that are the same for all quads of a row
}

// filters are comparisons, regular expressions and wildcards.
type filters []shape.ValueFilter

// comparisons names the functions that compare, by Cayley's operator.
var comparisons = map[string]iterator.Operator{
	"lt": iterator.CompareLT, "lte": iterator.CompareLTE,
	"gt": iterator.CompareGT, "gte": iterator.CompareGTE,
}
