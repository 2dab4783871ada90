package session

import (
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/shortest"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// edges are those that shortest paths lead over: a hop between known predicates is
// read from the index, any other path by plans.
func (f *pathFinder) edges() (shortest.Edges[term.ID], error) {
	if l, ok, err := f.links(); ok || err != nil {
		return l, err
	}
	// A step on from all joined nodes leads back to one.
	return &planned{f, len(f.b.s.opts.Joins) == 0 && reversible(f.step.by)}, nil
}

// reversible reports whether a path leads back by the same pairs of nodes: a step that
// keeps some of the nodes, by their order or number, does not.
func reversible(p *path) bool {
	return !slices.ContainsFunc(p.steps, func(s pathStep) bool {
		switch s := s.(type) {
		case hopStep, hasStep, isStep, viaStep, filterStep, tagStep, contextStep:
			return false
		case followStep:
			return !reversible(s.by)
		}
		return true
	})
}

// planned are edges that a prepared path leads over.
type planned struct {
	*pathFinder
	reversible bool
}

// baseTag holds the node that an edge leads from.
const baseTag = reserved + "base"

func (p *planned) Neighbours(nodes []term.ID, backwards bool, add func(of, neighbour term.ID)) error {
	b := p.b.silenced()
	b.context, b.repeated = p.b.context, true
	by := p.step.by
	if backwards {
		by = by.reversed()
	}
	base := make(shape.Fixed, len(nodes))
	for i, id := range nodes {
		base[i] = p.ref(id)
	}
	sh := b.from(shape.Save{From: base, Tags: []string{baseTag}}, by)
	if b.err != nil {
		return b.err
	}
	it := b.s.iterator(p.ctx, sh).Iterate()
	defer it.Close()
	tags := map[string]refs.Ref{}
	return b.s.ways(p.ctx, it, true, func() error {
		clear(tags)
		it.TagResults(tags)
		from, err := p.id(tags[baseTag])
		if err != nil {
			return err
		}
		to, err := p.id(it.Result())
		if from != term.None && to != term.None {
			add(from, to)
		}
		return err
	})
}

// Cost is the same for every node: the nodes on a path are unknown.
func (p *planned) Cost(term.ID, bool) int { return 0 }
func (p *planned) Backwards() bool        { return p.reversible }
func (p *planned) Check() error           { return p.check() }

// quadLinks are edges that are quads, in one or both directions.
type quadLinks struct {
	*pathFinder
	in, both   bool
	predicates []term.ID // any if there are none
	labels     []term.ID // likewise
	scan       *endScan
}

// links reads a path as one hop. It is not ok if the path is more than that: if it
// leads through paths within, or if joined nodes are one.
func (f *pathFinder) links() (l *quadLinks, ok bool, err error) {
	if len(f.step.by.steps) != 1 || len(f.b.s.opts.Joins) > 0 {
		return nil, false, nil
	}
	h, ok := f.step.by.steps[0].(hopStep)
	context := f.b.within(h.labels)
	if !ok || len(h.via.paths)+len(context.only.paths) > 0 {
		return nil, false, nil
	}
	l = &quadLinks{pathFinder: f, in: h.in, both: h.both, scan: newScan(f.ix)}
	if l.predicates, err = f.ids(h.via.values); err == nil {
		l.labels, err = f.ids(context.only.values)
	}
	return l, true, err
}

// ids returns the ids of terms. A term that no quad has keeps its position, with an id
// that no term has.
func (f *pathFinder) ids(values []quad.Value) ([]term.ID, error) {
	list := make([]term.ID, 0, len(values))
	for _, v := range values {
		id, err := f.ix.Resolve(refs.PreFetched(v))
		if err != nil {
			return nil, err
		}
		list = append(list, id)
	}
	return list, nil
}

func (l *quadLinks) Neighbours(nodes []term.ID, backwards bool, add func(of, neighbour term.ID)) (err error) {
	defer snapshot.Catch(&err)
	for i, n := range nodes {
		for p, at := range l.patterns(n, backwards) {
			l.scan.read(p, at, l.labels, func(to term.ID) { add(n, to) })
		}
		if i%256 == 0 {
			if err := l.check(); err != nil {
				return err
			}
		}
	}
	return l.check()
}

// patterns are those of the quads at a node, each with the position of the other end.
func (l *quadLinks) patterns(n term.ID, backwards bool) func(yield func(term.Pattern, int) bool) {
	return func(yield func(term.Pattern, int) bool) {
		for _, in := range []bool{false, true} {
			if !l.both && in != (l.in != backwards) {
				continue
			}
			here, other := term.Subject, term.Object
			if in {
				here, other = other, here
			}
			var p term.Pattern
			if p.Quad[here] = n; len(l.predicates) == 0 && !yield(p, other) {
				return
			}
			for _, predicate := range l.predicates {
				if p.Quad[term.Predicate] = predicate; predicate != term.None && !yield(p, other) {
					return
				}
			}
		}
	}
}

func (l *quadLinks) Cost(n term.ID, backwards bool) (cost int) {
	for p := range l.patterns(n, backwards) {
		cost += int(l.ix.AtMost(p))
	}
	return cost
}

func (l *quadLinks) Backwards() bool { return true }
func (l *quadLinks) Check() error    { return l.check() }
