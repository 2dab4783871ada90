package session

import (
	"cmp"
	"context"
	"maps"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"

	"kg/graph/internal/shortest"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
	"kg/internal/js"
)

// maxPaths bounds the k of k shortest paths.
const maxPaths = 1000

// shortestStep goes to a set by its k shortest paths.
type shortestStep struct {
	to via
	k  int
	by *path // one hop

	labels labels
}

func (s shortestStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	quiet := b.silenced()
	sh := shortestShape{from: in, to: s.to.shape(quiet), step: s, b: b.child(b.within(s.labels))}
	b.err = cmp.Or(b.err, quiet.err)
	sh.b.evidence, sh.b.hopping = true, true // a hop's quads distinguish parallel ones
	sh.shown = b.tracing > 0
	if b.wanted() {
		sh.before = b.cover()
		sh.trace = b.newTrace(0, 0)
	}
	return sh
}

// reverse is never called: see path.oneWay.
func (s shortestStep) reverse() pathStep { return s }

// shortestShape is the shape of a shortestStep.
type shortestShape struct {
	from, to shape.Shape
	step     shortestStep
	b        *shapeBuilder
	trace    string // tag of the hops and the ways; "" when not needed

	before []trace // of the path that leads to the start
	shown  bool    // a tag shows all quads of the hops, so none can be left out
}

// Optimize leaves the paths to us: no store knows them.
func (s shortestShape) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	from, ok1 := s.from.Optimize(ctx, r)
	to, ok2 := s.to.Optimize(ctx, r)
	if shape.IsNull(from) || shape.IsNull(to) {
		return nil, true
	}
	s.from, s.to = from, to
	return s, ok1 || ok2
}

func (s shortestShape) BuildIterator(qs graph.QuadStore) iterator.Shape {
	gather := func(ctx context.Context, it iterator.Scanner) ([]collectedNode, error) {
		f := &pathFinder{shortestShape: s, ctx: ctx, starts: map[term.ID]*start{}, hops: map[[2]term.ID]*taken{}}
		return f.find(it)
	}
	return &collected{sub: s.from.BuildIterator(qs), gather: gather}
}

// pathFinder finds the paths between two sets (package shortest), and then the quads of
// their hops.
type pathFinder struct {
	shortestShape
	ctx    context.Context
	ix     plan.Index
	order  []term.ID // the starts, as they come
	starts map[term.ID]*start
	hops   map[[2]term.ID]*taken
}

// start is a node to start from, with the tags of the first way to it and all ways
// that have them.
type start struct {
	tags map[string]refs.Ref
	ways plan.Ways
}

// taken is a hop from a node to another, over all quads that lead there.
type taken struct {
	quads collector
	ways  plan.Ways
}

func (f *pathFinder) find(it iterator.Scanner) ([]collectedNode, error) {
	var err error
	if f.ix, err = f.b.s.index(); err != nil {
		return nil, err
	}
	targets, err := f.ends(it)
	if err != nil {
		return nil, err
	}
	edges, err := f.edges()
	if err != nil {
		return nil, err
	}
	var list []collectedNode
	for p, err := range (&shortest.PathFinder[term.ID]{Starts: f.order, Targets: targets, Edges: edges}).Paths(f.step.k) {
		if err != nil {
			return nil, err
		}
		tags := maps.Clone(f.starts[p[0]].tags)
		if f.trace != "" {
			b, err := f.bundle(p)
			if err != nil {
				return nil, err
			}
			b.Ways = f.starts[p[0]].ways.Then(b.Ways)
			tags[f.trace] = b
		}
		list = append(list, collectedNode{node: f.ref(p[len(p)-1]), ways: []map[string]refs.Ref{tags}})
	}
	return list, nil
}

func (f *pathFinder) ref(id term.ID) plan.TermRef { return plan.TermRef{ID: id, In: f.ix.Numbering()} }

// id is the number of a node in the finder's state; it is none for a node that only
// another state has.
func (f *pathFinder) id(ref refs.Ref) (term.ID, error) {
	if n, ok := ref.(plan.TermRef); ok && n.In == f.ix.Numbering() {
		return n.ID, nil
	}
	return f.ix.Resolve(ref)
}

// ends reads the two sets.
func (f *pathFinder) ends(it iterator.Scanner) (targets []term.ID, err error) {
	err = f.b.s.ways(f.ctx, it, f.trace != "", func() error {
		id, err := f.id(it.Result())
		if id == term.None || err != nil {
			return err
		}
		tags := map[string]refs.Ref{}
		it.TagResults(tags)
		if f.starts[id] == nil {
			f.starts[id] = &start{tags: tags}
			f.order = append(f.order, id)
		}
		if s := f.starts[id]; f.trace != "" && sameShown(s.tags, tags) {
			s.ways.Join(waysThrough(f.before, tags))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	to := f.b.s.iterator(f.ctx, f.to).Iterate()
	defer to.Close()
	seen := map[term.ID]bool{}
	err = f.b.s.ways(f.ctx, to, false, func() error {
		id, err := f.id(to.Result())
		if id != term.None && !seen[id] {
			seen[id] = true
			targets = append(targets, id)
		}
		return err
	})
	return targets, err
}

// hop finds the quads that lead from a node to another.
func (f *pathFinder) hop(from, to term.ID) (*taken, error) {
	key := [2]term.ID{from, to}
	if h := f.hops[key]; h != nil {
		return h, nil
	}
	h := &taken{}
	f.hops[key] = h
	b := f.b.child(f.b.context)
	sh := b.meet(b.from(shape.Fixed{f.ref(from)}, f.step.by), shape.Fixed{f.ref(to)})
	if b.err != nil {
		return nil, b.err
	}
	it := b.s.iterator(f.ctx, sh).Iterate()
	defer it.Close()
	tags := map[string]refs.Ref{}
	return h, b.s.ways(f.ctx, it, true, func() error {
		clear(tags)
		it.TagResults(tags)
		for _, t := range b.traces {
			h.quads.add(tags[t.tag])
		}
		h.ways.Join(waysThrough(b.traces, tags))
		return nil
	})
}

// bundle are the hops of a path.
func (f *pathFinder) bundle(p []term.ID) (*plan.Bundle, error) {
	b := &plan.Bundle{Ways: plan.OneWay(nil)}
	for i := 1; i < len(p); i++ {
		h, err := f.hop(p[i-1], p[i])
		if err != nil {
			return nil, err
		}
		b.Hops = append(b.Hops, plan.Repetition{From: f.ref(p[i-1]), To: f.ref(p[i]), Quads: h.quads.list})
		if f.shown {
			b.Ways = b.Ways.Then(plan.OneWay(h.quads.list))
		} else {
			b.Ways = b.Ways.Then(&h.ways)
		}
	}
	return b, nil
}

// check ends the search when the query must end.
func (f *pathFinder) check() error {
	if f.b.s.Stop.Now() {
		return js.ErrStopped
	}
	return f.ctx.Err()
}
