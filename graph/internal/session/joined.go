package session

import (
	"context"
	"maps"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
)

// joined are nodes and, of each, the nodes that are said to be the same thing:
// what holds for one of them holds for all.
func (b *build) joined(nodes shape.Shape) shape.Shape {
	if _, all := nodes.(shape.AllNodes); all || len(b.s.opts.Joins) == 0 {
		return nodes
	}
	return joinedShape{from: nodes, s: b.s}
}

type joinedShape struct {
	from shape.Shape
	s    *session
}

// Optimize leaves the node to itself: no store knows it.
func (j joinedShape) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	from, ok := j.from.Optimize(ctx, r)
	if shape.IsNull(from) {
		return nil, true
	}
	j.from = from
	return j, ok
}

func (j joinedShape) BuildIterator(qs graph.QuadStore) iterator.Shape {
	return &joined{sub: j.from.BuildIterator(qs), s: j.s, qs: qs}
}

// joined gives every result of sub, with all ways to it, as each node of its
// class.
type joined struct {
	sub iterator.Shape
	s   *session
	qs  graph.QuadStore
}

func (j *joined) Iterate() iterator.Scanner { return &joinedNext{joined: j, sub: j.sub.Iterate()} }
func (j *joined) Lookup() iterator.Index    { return &joinedLookup{joined: j, sub: j.sub.Lookup()} }

func (j *joined) Stats(ctx context.Context) (iterator.Costs, error) {
	st, err := j.sub.Stats(ctx)
	st.ContainsCost *= 2
	return st, err
}

func (j *joined) Optimize(ctx context.Context) (iterator.Shape, bool) {
	sub, ok := j.sub.Optimize(ctx)
	j.sub = sub
	return j, ok
}

func (j *joined) SubIterators() []iterator.Shape { return []iterator.Shape{j.sub} }
func (j *joined) String() string                 { return "Joined" }

// class are the other nodes of a node's class.
func (j *joined) class(node refs.Ref) ([]refs.Ref, error) {
	if j.s.classes == nil {
		j.s.classes = map[any][]refs.Ref{}
		for member, others := range j.s.opts.Joins {
			ref, err := j.qs.ValueOf(member)
			if err != nil {
				return nil, err
			}
			for _, other := range others {
				same, err := j.qs.ValueOf(other)
				if err != nil {
					return nil, err
				}
				if ref != nil && same != nil {
					j.s.classes[refs.ToKey(ref)] = append(j.s.classes[refs.ToKey(ref)], same)
				}
			}
		}
	}
	return j.s.classes[refs.ToKey(node)], nil
}

// gathered are the ways to one node.
type gathered struct {
	node refs.Ref
	ways []map[string]refs.Ref
	way  int
	err  error
}

func (g *gathered) NextPath(context.Context) bool {
	if g.way+1 >= len(g.ways) {
		return false
	}
	g.way++
	return true
}

func (g *gathered) Result() refs.Ref                   { return g.node }
func (g *gathered) TagResults(dst map[string]refs.Ref) { maps.Copy(dst, g.ways[g.way]) }

// take collects the ways that a result of an iterator has.
func (g *gathered) take(ctx context.Context, it iterator.Base, s *session) {
	for ok := true; ok && !s.stop.now(); ok = it.NextPath(ctx) {
		tags := map[string]refs.Ref{}
		it.TagResults(tags)
		g.ways = append(g.ways, tags)
	}
}

type joinedNext struct {
	*joined
	gathered
	sub   iterator.Scanner
	ready []refs.Ref // the others of the class
}

func (n *joinedNext) Next(ctx context.Context) bool {
	n.way = 0
	if len(n.ready) > 0 {
		n.node, n.ready = n.ready[0], n.ready[1:]
		return true
	}
	if n.err != nil || !n.sub.Next(ctx) {
		return false
	}
	n.node, n.ways = n.sub.Result(), nil
	n.take(ctx, n.sub, n.s)
	n.ready, n.err = n.class(n.node)
	return n.err == nil && len(n.ways) > 0
}

func (n *joinedNext) Err() error {
	if n.err != nil {
		return n.err
	}
	return n.sub.Err()
}

func (n *joinedNext) Close() error   { return n.sub.Close() }
func (n *joinedNext) String() string { return "JoinedNext" }

type joinedLookup struct {
	*joined
	gathered
	sub iterator.Index
}

func (l *joinedLookup) Contains(ctx context.Context, ref refs.Ref) bool {
	l.node, l.ways, l.way = ref, nil, 0
	class, err := l.class(ref)
	if l.err = err; err != nil {
		return false
	}
	for _, member := range append([]refs.Ref{ref}, class...) {
		if l.sub.Contains(ctx, member) {
			l.take(ctx, l.sub, l.s)
		}
	}
	return len(l.ways) > 0
}

func (l *joinedLookup) Err() error {
	if l.err != nil {
		return l.err
	}
	return l.sub.Err()
}

func (l *joinedLookup) Close() error   { return l.sub.Close() }
func (l *joinedLookup) String() string { return "JoinedLookup" }
