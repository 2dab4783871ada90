package session

import (
	"maps"
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
)

// bundle are the hops of the first way to the node, and all of the shortest ways
// that begin with the same tags.
func (w *walker) bundle() *bundle {
	b := &bundle{hops: w.at.hops()}
	to := w.at
	if w.shown {
		to = w.at.origin()
	}
	b.ways = &ways{}
	for _, shown := range w.told(w.at)[w.way] {
		b.ways.join(w.through(to, shown))
	}
	if !w.shown {
		return b
	}
	var c collector
	for _, h := range b.hops {
		for _, q := range h.quads {
			c.add(q)
		}
	}
	b.ways = b.ways.then(oneWay(c.list))
	return b
}

// showing numbers the tags that a row shows of a start.
func (w *walker) showing(tags map[string]refs.Ref) (int, error) {
	if len(w.resolver.labels)+len(w.resolver.walks) > 0 {
		tags = maps.Clone(tags)
		if err := w.resolver.resolve(w.qs, tags); err != nil {
			return 0, err
		}
	}
	n, _ := w.shows.number(tags)
	return n, nil
}

// told are the rows of a node, each the numbers of the start's tags that it stands
// for: what the last walk tagged takes the place of a start's tag of that name.
func (w *walker) told(v *visit) [][]int {
	if v.told != nil {
		return v.told
	}
	rows := v.origin().rows
	if len(rows) == 1 {
		v.told = [][]int{rows}
		return v.told
	}
	over := maps.Clone(v.tags)
	for _, name := range w.step.depthTags {
		over[name] = nil
	}
	var left tagSets
	for _, n := range rows {
		tags := maps.Clone(w.shows.list[n])
		maps.DeleteFunc(tags, func(name string, _ refs.Ref) bool { _, ok := over[name]; return ok })
		i, fresh := left.number(tags)
		if fresh {
			v.told = append(v.told, nil)
		}
		v.told[i] = append(v.told[i], n)
	}
	return v.told
}

// through are the shortest ways to v from the starts that show the same tags.
func (w *walker) through(v *visit, shown int) *ways {
	if known := v.through[shown]; known != nil {
		return known
	}
	all := &ways{}
	for _, tags := range v.ways[shown] {
		all.join(waysThrough(w.before, tags))
	}
	for _, last := range v.last {
		all.join(w.through(last.from, shown).then(last.ways))
	}
	if v.through == nil {
		v.through = map[int]*ways{}
	}
	v.through[shown] = all
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
