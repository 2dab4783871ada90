package session

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// recursiveStep walks a path again and again: all nodes it meets, each once, by
// the number of walks it takes and the first way there. Where that way starts at a
// node with several rows, the node comes once for each that differs in its tags.
type recursiveStep struct {
	by        *path
	depth     int      // walks at most; 0 is no bound
	depthTags []string // take the number of walks
	labels    labels
}

func (s recursiveStep) apply(in shape.Shape, b *build) shape.Shape {
	r := recursion{from: in, step: s, b: b.child(b.within(s.labels)), shown: b.tracing > 0, tagged: b.tagged}
	r.resolver = &build{labels: slices.Clone(b.labels), walks: slices.Clone(b.walks)}
	if b.wanted() {
		r.before = b.cover()
		r.trace = b.newTrace(0, 0)
	}
	b.tagged = true // as the path that is walked, and the depth, may be
	return r
}

func (s recursiveStep) reverse() step {
	s.by = s.by.reversed()
	return s
}

// recursion is the shape of a recursiveStep. Each round is a query of its own
// from the nodes the last one found, so that the store can take it whole.
type recursion struct {
	from  shape.Shape
	step  recursiveStep
	b     *build
	trace string // takes the hops and the ways; "" when nobody wants them

	before   []trace // of the path that leads to the start
	resolver *build  // of the tags that rows show of traces, up to the start
	tagged   bool    // the path that leads to the start may set tags
	shown    bool    // a tag shows the hops of the first way, so no other will do
}

// Optimize leaves the recursion to us, unless the store has one of its own.
func (r recursion) Optimize(ctx context.Context, o shape.Optimizer) (shape.Shape, bool) {
	from, ok := r.from.Optimize(ctx, o)
	if shape.IsNull(from) {
		return nil, true
	}
	r.from = from
	if _, ok := o.(guardedOptimizer); ok {
		if s, ok := r.native(ctx, o); ok {
			return s, true
		}
	}
	return r, ok
}

func (r recursion) BuildIterator(qs graph.QuadStore) iterator.Shape {
	return &recursive{recursion: r, qs: qs, sub: r.from.BuildIterator(qs)}
}

// baseTag holds the node a round started from.
const baseTag = reserved + "base"

// oneRound finds the nodes one walk away from those given.
func (w *walker) oneRound(ctx context.Context, frontier []refs.Ref) iterator.Scanner {
	w.b = w.recursion.b.child(w.recursion.b.context) // its traces are this round's
	start := shape.Save{From: shape.Fixed(frontier), Tags: []string{baseTag}}
	sh := w.b.from(start, w.step.by)
	w.err = w.b.err
	return w.b.s.round(ctx, sh).Iterate()
}

// round builds a step from many nodes. Cayley's guesses, where a store has none
// of its own, would often begin at the other end of it.
func (s *session) round(ctx context.Context, sh shape.Shape) iterator.Shape {
	if _, ok := s.qs.(shape.Optimizer); ok {
		return s.iterator(ctx, sh)
	}
	return sh.BuildIterator(s.qs)
}

type recursive struct {
	recursion
	qs  graph.QuadStore
	sub iterator.Shape
}

func (r *recursive) Iterate() iterator.Scanner { return r.walk() }
func (r *recursive) Lookup() iterator.Index    { return &recursiveLookup{walker: r.walk()} }

func (r *recursive) walk() *walker {
	return &walker{recursive: r, sub: r.sub.Iterate(), seen: map[any]*visit{}}
}

// Stats has no way to know how far the recursion goes: it tells the optimiser
// to walk it from its start rather than to ask it node by node.
func (r *recursive) Stats(ctx context.Context) (iterator.Costs, error) {
	st, err := r.sub.Stats(ctx)
	size := min(st.Size.Value, 1<<20)*64 + 1
	return iterator.Costs{NextCost: st.NextCost + 16, ContainsCost: 16 * size, Size: refs.Size{Value: size}}, err
}

func (r *recursive) Optimize(ctx context.Context) (iterator.Shape, bool) {
	sub, ok := r.sub.Optimize(ctx)
	if ok {
		r.sub = sub
	}
	return r, false
}

func (r *recursive) SubIterators() []iterator.Shape { return []iterator.Shape{r.sub} }
func (r *recursive) String() string                 { return "Recursive" }

// visit is a node the recursion met.
type visit struct {
	node  refs.Ref
	from  *visit // the node before; of a start, nil
	depth int
	tags  map[string]refs.Ref           // of the last walk
	quads []refs.Ref                    // of the last walk
	ways  map[int][]map[string]refs.Ref // of a start: the tags of the ways to it, by the number of those shown
	rows  []int                         // the numbers, in order

	last    []lastWalk    // all walks of that depth which lead to it, for evidence
	told    [][]int       // its rows, see walker.told
	through map[int]*ways // the shortest ways to it, by the number of the start's tags
}

// lastWalk is the last walk of a shortest way.
type lastWalk struct {
	from *visit
	ways *ways
}

// walker goes round by round.
type walker struct {
	*recursive
	b        *build // of the round
	sub      iterator.Scanner
	round    iterator.Scanner
	depth    int
	frontier []*visit
	found    []*visit
	origin   map[any]*visit // the frontier by key
	seen     map[any]*visit
	at       *visit
	way      int
	ready    []*visit // found by a whole round, with all shortest ways to them
	shows    tagSets  // of the starts
	err      error
}

func (w *walker) Next(ctx context.Context) bool {
	if w.err == nil && w.origin == nil {
		w.start(ctx)
	}
	for w.err == nil {
		switch {
		case len(w.ready) > 0:
			w.at, w.way, w.ready = w.ready[0], 0, w.ready[1:]
			return true
		case w.round != nil && w.round.Next(ctx):
			if w.trace != "" {
				w.visitAll(ctx)
			} else if w.visit() {
				return true
			}
		case !w.deeper(ctx):
			return false
		}
	}
	return false
}

// visitAll takes all derivations of a round's result: each is the last walk of a
// shortest way to the node.
func (w *walker) visitAll(ctx context.Context) {
	for ok := true; ok && w.err == nil && !w.b.s.stop.now(); ok = w.round.NextPath(ctx) {
		known := w.seen[refs.ToKey(w.round.Result())]
		switch {
		case known == nil:
			w.visit()
		case known.depth == w.depth:
			tags := map[string]refs.Ref{}
			w.round.TagResults(tags)
			known.last = append(known.last, w.lastWalk(tags))
		}
	}
}

func (w *walker) lastWalk(tags map[string]refs.Ref) lastWalk {
	return lastWalk{w.origin[refs.ToKey(tags[baseTag])], waysThrough(w.b.traces, tags)}
}

// start reads the nodes to start from, each once, with all the ways to it.
func (w *walker) start(ctx context.Context) {
	w.origin = map[any]*visit{}
	w.err = w.recursion.b.s.ways(ctx, w.sub, true, func() error {
		tags := map[string]refs.Ref{}
		w.sub.TagResults(tags)
		key := refs.ToKey(w.sub.Result())
		v := w.origin[key]
		if v == nil {
			v = &visit{node: w.sub.Result(), ways: map[int][]map[string]refs.Ref{}}
			w.origin[key] = v
			w.found = append(w.found, v)
		}
		n, err := w.showing(tags)
		switch {
		case v.ways[n] == nil:
			v.rows = append(v.rows, n)
			v.ways[n] = append(v.ways[n], tags)
		case w.trace != "":
			v.ways[n] = append(v.ways[n], tags)
		}
		return err
	})
}

// deeper begins the next round, from what the last one found.
func (w *walker) deeper(ctx context.Context) bool {
	if w.round != nil {
		if w.err = w.round.Err(); w.err != nil {
			return false
		}
		w.round.Close()
		w.round = nil
		if w.trace != "" && len(w.found) > 0 {
			w.ready = w.found
			return true
		}
	}
	if len(w.found) == 0 || w.step.depth > 0 && w.depth >= w.step.depth {
		return false
	}
	w.depth++
	w.frontier, w.found = w.found, nil
	nodes := make([]refs.Ref, len(w.frontier))
	w.origin = make(map[any]*visit, len(w.frontier))
	for i, v := range w.frontier {
		nodes[i] = v.node
		w.origin[refs.ToKey(v.node)] = v
	}
	w.round = w.oneRound(ctx, nodes)
	return true
}

// visit takes the round's result, if the node is new.
func (w *walker) visit() bool {
	node := w.round.Result()
	key := refs.ToKey(node)
	if w.seen[key] != nil {
		return false
	}
	tags := map[string]refs.Ref{}
	w.round.TagResults(tags)
	v := &visit{node: node, from: w.origin[refs.ToKey(tags[baseTag])], depth: w.depth, tags: tags}
	if w.trace != "" {
		v.last = append(v.last, w.lastWalk(tags))
	}
	delete(tags, baseTag)
	if w.err = w.b.resolve(w.qs, tags); w.err != nil {
		return false
	}
	if w.trace != "" {
		v.quads = collect(w.b.traces, tags)
	}
	maps.DeleteFunc(tags, func(name string, _ refs.Ref) bool { return strings.HasPrefix(name, reserved) })
	w.seen[key] = v
	w.found = append(w.found, v)
	w.at, w.way = v, 0
	return true
}

// origin is the start that v was first reached from.
func (v *visit) origin() *visit {
	for v.from != nil {
		v = v.from
	}
	return v
}

func (w *walker) NextPath(context.Context) bool {
	if w.at == nil || w.way+1 >= len(w.told(w.at)) {
		return false
	}
	w.way++
	return true
}

func (w *walker) TagResults(dst map[string]refs.Ref) {
	for _, name := range w.step.depthTags {
		dst[name] = refs.PreFetched(quad.Int(w.at.depth))
	}
	maps.Copy(dst, w.at.origin().ways[w.told(w.at)[w.way][0]][0])
	maps.Copy(dst, w.at.tags)
	if w.trace != "" {
		dst[w.trace] = w.bundle()
	}
}

func (w *walker) Result() refs.Ref { return w.at.node }
func (w *walker) Err() error       { return w.err }
func (w *walker) String() string   { return "RecursiveNext" }

func (w *walker) Close() error {
	w.seen, w.origin, w.frontier, w.found = nil, map[any]*visit{}, nil, nil
	if w.round != nil {
		w.round.Close()
		w.round = nil
	}
	return w.sub.Close()
}

// recursiveLookup walks until it meets the node it is asked for.
type recursiveLookup struct{ *walker }

func (l *recursiveLookup) Contains(ctx context.Context, ref refs.Ref) bool {
	key := refs.ToKey(ref)
	for l.seen[key] == nil {
		if !l.Next(ctx) {
			return false
		}
	}
	l.at, l.way = l.seen[key], 0
	return true
}
