package session

import (
	"cmp"
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
)

// optionalStep walks a prepared path from a node and stays there: what the path
// tags is added, once for each way, and a node without such a way is kept.
type optionalStep struct {
	by     *path
	labels labels
}

func (s optionalStep) apply(in shape.Shape, b *build) shape.Shape {
	if b.quiet {
		return in
	}
	return optionalShape{from: in, with: b.joined(b.alone(s.by.reversed(), b.within(s.labels))), s: b.s}
}

func (s optionalStep) reverse() step { return s }

// optionalShape is a left join: every result of from, with the tags of each
// result of with at the same node, or without any. Cayley's own loses what two
// optional parts have together, and the second of two behind another step.
type optionalShape struct {
	from, with shape.Shape
	s          *session
}

// Optional takes a left join apart; ok is false for any other shape.
func Optional(s shape.Shape) (from, with shape.Shape, ok bool) {
	o, ok := s.(optionalShape)
	return o.from, o.with, ok
}

// Optimize offers the node to the store, as Cayley's own shapes do; none knows it.
func (o optionalShape) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	from, ok1 := o.from.Optimize(ctx, r)
	with, ok2 := o.with.Optimize(ctx, r)
	switch {
	case shape.IsNull(from):
		return nil, true
	case shape.IsNull(with):
		return from, true
	}
	o.from, o.with = from, with
	if r == nil {
		return o, ok1 || ok2
	}
	s, ok := r.OptimizeShape(ctx, o)
	return s, ok || ok1 || ok2
}

func (o optionalShape) BuildIterator(qs graph.QuadStore) iterator.Shape {
	return &leftJoin{from: o.from.BuildIterator(qs), with: o.with.BuildIterator(qs), s: o.s}
}

type leftJoin struct {
	from, with iterator.Shape
	s          *session
}

func (j *leftJoin) Iterate() iterator.Scanner {
	from := j.from.Iterate()
	return &leftJoinNext{Scanner: from, pairs: pairs{left: from, with: j.with.Lookup(), s: j.s}}
}

func (j *leftJoin) Lookup() iterator.Index {
	from := j.from.Lookup()
	return &leftJoinLookup{Index: from, pairs: pairs{left: from, with: j.with.Lookup(), s: j.s}}
}

func (j *leftJoin) Stats(ctx context.Context) (iterator.Costs, error) {
	st, err := j.from.Stats(ctx)
	with, also := j.with.Stats(ctx)
	st.NextCost += with.ContainsCost
	st.ContainsCost += with.ContainsCost
	return st, cmp.Or(err, also)
}

func (j *leftJoin) Optimize(ctx context.Context) (iterator.Shape, bool) {
	from, ok1 := j.from.Optimize(ctx)
	with, ok2 := j.with.Optimize(ctx)
	j.from, j.with = from, with
	return j, ok1 || ok2
}

func (j *leftJoin) SubIterators() []iterator.Shape { return []iterator.Shape{j.from, j.with} }
func (j *leftJoin) String() string                 { return "LeftJoin" }

// pairs joins each way of the left side with each of the other.
type pairs struct {
	left interface {
		NextPath(context.Context) bool
		TagResults(map[string]refs.Ref)
	}
	with  iterator.Index
	s     *session
	node  refs.Ref // of the left side
	found bool     // with is at the node
	err   error
}

// meet looks for the left side's node on the other. The node is not asked of the
// left side: Cayley's filter does not know what it was asked for.
func (p *pairs) meet(ctx context.Context, node refs.Ref) {
	p.node = node
	p.found = p.with.Contains(ctx, node)
	p.err = p.with.Err()
}

func (p *pairs) NextPath(ctx context.Context) bool {
	if p.err != nil || p.s.stop.now() {
		return false
	}
	if p.found && p.with.NextPath(ctx) {
		return true
	}
	if !p.left.NextPath(ctx) {
		return false
	}
	p.meet(ctx, p.node)
	return p.err == nil
}

func (p *pairs) TagResults(dst map[string]refs.Ref) {
	p.left.TagResults(dst)
	if p.found {
		p.with.TagResults(dst)
	}
}

type leftJoinNext struct {
	iterator.Scanner
	pairs
}

func (n *leftJoinNext) Next(ctx context.Context) bool {
	if n.err != nil || !n.Scanner.Next(ctx) {
		return false
	}
	n.meet(ctx, n.Scanner.Result())
	return n.err == nil
}

func (n *leftJoinNext) NextPath(ctx context.Context) bool  { return n.pairs.NextPath(ctx) }
func (n *leftJoinNext) TagResults(dst map[string]refs.Ref) { n.pairs.TagResults(dst) }
func (n *leftJoinNext) Err() error                         { return cmp.Or(n.err, n.Scanner.Err()) }
func (n *leftJoinNext) Close() error                       { return cmp.Or(n.with.Close(), n.Scanner.Close()) }
func (n *leftJoinNext) String() string                     { return "LeftJoinNext" }

type leftJoinLookup struct {
	iterator.Index
	pairs
}

func (l *leftJoinLookup) Contains(ctx context.Context, ref refs.Ref) bool {
	if l.err != nil || !l.Index.Contains(ctx, ref) {
		return false
	}
	l.meet(ctx, ref)
	return l.err == nil
}

func (l *leftJoinLookup) Result() refs.Ref                   { return l.node }
func (l *leftJoinLookup) NextPath(ctx context.Context) bool  { return l.pairs.NextPath(ctx) }
func (l *leftJoinLookup) TagResults(dst map[string]refs.Ref) { l.pairs.TagResults(dst) }
func (l *leftJoinLookup) Err() error                         { return cmp.Or(l.err, l.Index.Err()) }
func (l *leftJoinLookup) Close() error                       { return cmp.Or(l.with.Close(), l.Index.Close()) }
func (l *leftJoinLookup) String() string                     { return "LeftJoinLookup" }
