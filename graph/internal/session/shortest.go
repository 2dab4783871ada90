package session

import (
	"cmp"
	"context"
	"maps"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"

	"kg/graph/internal/store/plan"
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

func (s shortestStep) apply(in shape.Shape, b *build) shape.Shape {
	quiet := b.silenced()
	sh := shortestShape{from: in, to: s.to.shape(quiet), step: s, b: b.child(b.within(s.labels))}
	b.err = cmp.Or(b.err, quiet.err)
	sh.b.evidence, sh.b.hopping = true, true // a hop's quads tell parallel ones apart
	sh.shown = b.tracing > 0
	if b.wanted() {
		sh.before = b.cover()
		sh.trace = b.newTrace(0, 0)
	}
	return sh
}

// reverse is never called: see path.oneWay.
func (s shortestStep) reverse() step { return s }

// shortestShape is the shape of a shortestStep.
type shortestShape struct {
	from, to shape.Shape
	step     shortestStep
	b        *build
	trace    string // takes the hops and the ways; "" when nobody wants them

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
	gather := func(ctx context.Context, it iterator.Scanner) ([]entry, error) {
		f := &finder{shortestShape: s, qs: qs, ctx: ctx, starts: map[any]*start{}, targets: map[any]bool{}, known: map[any][]*edge{}, refs: map[any]refs.Ref{}}
		return f.find(it)
	}
	return &collected{sub: s.from.BuildIterator(qs), gather: gather}
}

// finder finds the paths between two sets, by Yen's algorithm over breadth-first
// searches. It keeps the edges it has seen: every search goes over the same.
type finder struct {
	shortestShape
	qs      graph.QuadStore
	ctx     context.Context
	order   []any // keys of the starts
	starts  map[any]*start
	targets map[any]bool
	known   map[any][]*edge // by node, of those that were expanded
	refs    map[any]refs.Ref
}

// start is a node to start from, with the tags of the first way to it and all ways
// that have them.
type start struct {
	tags map[string]refs.Ref
	ways plan.Ways
}

// baseTag holds the node that an edge leads from.
const baseTag = reserved + "base"

// edge leads from a node to another, over all quads that do.
type edge struct {
	to    any
	quads collector
	ways  plan.Ways
}

func (f *finder) find(it iterator.Scanner) ([]entry, error) {
	if err := f.ends(it); err != nil {
		return nil, err
	}
	var list []entry
	found, err := f.paths()
	for _, p := range found {
		tags := maps.Clone(f.starts[p[0]].tags)
		if f.trace != "" {
			b := f.bundle(p)
			b.Ways = f.starts[p[0]].ways.Then(b.Ways)
			tags[f.trace] = b
		}
		list = append(list, entry{node: f.refs[p[len(p)-1]], ways: []map[string]refs.Ref{tags}})
	}
	return list, err
}

// ends reads the two sets.
func (f *finder) ends(it iterator.Scanner) error {
	err := f.b.s.ways(f.ctx, it, f.trace != "", func() error {
		key := refs.ToKey(it.Result())
		tags := map[string]refs.Ref{}
		it.TagResults(tags)
		if f.starts[key] == nil {
			f.starts[key], f.refs[key] = &start{tags: tags}, it.Result()
			f.order = append(f.order, key)
		}
		if s := f.starts[key]; f.trace != "" && sameShown(s.tags, tags) {
			s.ways.Join(waysThrough(f.before, tags))
		}
		return nil
	})
	if err != nil {
		return err
	}
	to := f.b.s.iterator(f.ctx, f.to).Iterate()
	defer to.Close()
	return f.b.s.ways(f.ctx, to, false, func() error {
		key := refs.ToKey(to.Result())
		f.targets[key], f.refs[key] = true, to.Result()
		return nil
	})
}

// expand learns the edges of nodes, of all that are new in one query.
func (f *finder) expand(nodes []any) error {
	var fresh []refs.Ref
	for _, key := range nodes {
		if _, ok := f.known[key]; !ok {
			f.known[key] = nil
			fresh = append(fresh, f.refs[key])
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	b := f.b.child(f.b.context)
	sh := b.from(shape.Save{From: shape.Fixed(fresh), Tags: []string{baseTag}}, f.step.by)
	if b.err != nil {
		return b.err
	}
	it := b.s.iterator(f.ctx, sh).Iterate()
	defer it.Close()
	tags := map[string]refs.Ref{}
	return b.s.ways(f.ctx, it, true, func() error {
		clear(tags)
		it.TagResults(tags)
		f.learn(refs.ToKey(tags[baseTag]), it.Result(), b.traces, tags)
		return nil
	})
}

func (f *finder) learn(from any, node refs.Ref, traces []trace, tags map[string]refs.Ref) {
	to := refs.ToKey(node)
	e := f.edge(from, to)
	if e == nil {
		e = &edge{to: to}
		f.known[from] = append(f.known[from], e)
		f.refs[to] = node
	}
	for _, t := range traces {
		e.quads.add(tags[t.tag])
	}
	e.ways.Join(waysThrough(traces, tags))
}

func (f *finder) edge(from, to any) *edge {
	for _, e := range f.known[from] {
		if e.to == to {
			return e
		}
	}
	return nil
}

// bundle are the hops of a path.
func (f *finder) bundle(p []any) *plan.Bundle {
	b := &plan.Bundle{Ways: plan.OneWay(nil)}
	for i := 1; i < len(p); i++ {
		e := f.edge(p[i-1], p[i])
		b.Hops = append(b.Hops, plan.Hop{From: f.refs[p[i-1]], To: f.refs[p[i]], Quads: e.quads.list})
		if f.shown {
			b.Ways = b.Ways.Then(plan.OneWay(e.quads.list))
		} else {
			b.Ways = b.Ways.Then(&e.ways)
		}
	}
	return b
}
