package session

import (
	"cmp"
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
)

// meetingShape is an intersection in which each way to a node on one side comes with
// each way to it on the others. Cayley's own goes through the ways of one side after
// the other, and loses what two sides have together. A store that takes an
// intersection as a whole, as ours does, gets Cayley's.
type meetingShape struct {
	shape.Intersect
	s *session
}

// Intersection takes an intersection apart; ok is false for any other shape.
func Intersection(s shape.Shape) (sides []shape.Shape, ok bool) {
	m, ok := s.(meetingShape)
	return m.Intersect, ok
}

// meet intersects shapes as Cayley's path does, all nodes dropped.
func (b *build) meet(list ...shape.Shape) shape.Shape {
	m := meetingShape{s: b.s}
	for _, sh := range list {
		switch sh := sh.(type) {
		case shape.AllNodes:
		case meetingShape:
			m.Intersect = append(m.Intersect, sh.Intersect...)
		default:
			m.Intersect = append(m.Intersect, sh)
		}
	}
	if len(m.Intersect) == 0 {
		return shape.AllNodes{}
	}
	return m
}

// Optimize lets Cayley and the store make of the intersection what they can.
func (m meetingShape) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	s, ok := m.Intersect.Optimize(ctx, r)
	if left, still := s.(shape.Intersect); still {
		return meetingShape{left, m.s}, ok
	}
	return s, ok
}

func (m meetingShape) BuildIterator(qs graph.QuadStore) iterator.Shape {
	it := m.Intersect.BuildIterator(qs)
	if and, ok := it.(*iterator.And); ok {
		return &meeting{and, m.s}
	}
	return it
}

// meeting is the iterator of an intersection. Cayley's And chooses the order.
type meeting struct {
	*iterator.And
	s *session
}

func (m *meeting) Optimize(ctx context.Context) (iterator.Shape, bool) {
	it, ok := m.And.Optimize(ctx)
	if and, still := it.(*iterator.And); still {
		return &meeting{and, m.s}, ok
	}
	return it, ok
}

func (m *meeting) Iterate() iterator.Scanner {
	sides := m.And.SubIterators()
	it := sides[0].Iterate()
	for _, side := range sides[1:] {
		it = &meetingNext{Scanner: it, pairs: pairs{left: it, with: side.Lookup(), s: m.s}}
	}
	return it
}

func (m *meeting) Lookup() iterator.Index {
	sides := m.And.SubIterators()
	it := sides[0].Lookup()
	for _, side := range sides[1:] {
		it = &meetingLookup{Index: it, pairs: pairs{left: it, with: side.Lookup(), s: m.s}}
	}
	return it
}

type meetingNext struct {
	iterator.Scanner
	pairs
}

func (n *meetingNext) Next(ctx context.Context) bool {
	for n.err == nil && !n.s.stop.now() && n.Scanner.Next(ctx) {
		if n.meet(ctx, n.Scanner.Result()); n.found && n.err == nil {
			return true
		}
	}
	return false
}

func (n *meetingNext) NextPath(ctx context.Context) bool  { return n.pairs.NextPath(ctx) }
func (n *meetingNext) TagResults(dst map[string]refs.Ref) { n.pairs.TagResults(dst) }
func (n *meetingNext) Err() error                         { return cmp.Or(n.err, n.Scanner.Err()) }
func (n *meetingNext) Close() error                       { return cmp.Or(n.with.Close(), n.Scanner.Close()) }
func (n *meetingNext) String() string                     { return "MeetingNext" }

type meetingLookup struct {
	iterator.Index
	pairs
}

func (l *meetingLookup) Contains(ctx context.Context, ref refs.Ref) bool {
	if l.err != nil || !l.Index.Contains(ctx, ref) {
		return false
	}
	l.meet(ctx, ref)
	return l.found && l.err == nil
}

func (l *meetingLookup) Result() refs.Ref                   { return l.node }
func (l *meetingLookup) NextPath(ctx context.Context) bool  { return l.pairs.NextPath(ctx) }
func (l *meetingLookup) TagResults(dst map[string]refs.Ref) { l.pairs.TagResults(dst) }
func (l *meetingLookup) Err() error                         { return cmp.Or(l.err, l.Index.Err()) }
func (l *meetingLookup) Close() error                       { return cmp.Or(l.with.Close(), l.Index.Close()) }
func (l *meetingLookup) String() string                     { return "MeetingLookup" }
