package session

import (
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
)

// bundle are the hops of the first way to the node, and all of the shortest ways
// that begin with the same tags.
func (w *walker) bundle() *bundle {
	b := &bundle{hops: w.at.hops()}
	start := w.at.origin().ways[w.way]
	if !w.shown {
		b.ways = w.through(w.at, w.group(start))
		return b
	}
	var c collector
	for _, h := range b.hops {
		for _, q := range h.quads {
			c.add(q)
		}
	}
	b.ways = waysThrough(w.before, start).then(oneWay(c.list))
	return b
}

// group numbers the starts' tags: starts that a row cannot tell apart are one.
func (w *walker) group(tags map[string]refs.Ref) int {
	for i, other := range w.groups {
		if sameShown(tags, other) {
			return i
		}
	}
	w.groups = append(w.groups, tags)
	return len(w.groups) - 1
}

// through are the shortest ways to v from the starts of a group.
func (w *walker) through(v *visit, group int) *ways {
	if known := v.through[group]; known != nil {
		return known
	}
	all := &ways{}
	for _, tags := range v.ways {
		if w.group(tags) == group {
			all.join(waysThrough(w.before, tags))
		}
	}
	for _, last := range v.last {
		all.join(w.through(last.from, group).then(last.ways))
	}
	if v.through == nil {
		v.through = map[int]*ways{}
	}
	v.through[group] = all
	return all
}

// hops lead from the start to v.
func (v *visit) hops() []hop {
	var hops []hop
	for ; v.from != nil; v = v.from {
		hops = append(hops, hop{from: v.from.node, to: v.node, quads: v.quads})
	}
	slices.Reverse(hops)
	return hops
}
