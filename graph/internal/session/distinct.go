package session

import (
	"context"
	"hash/maphash"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
)

// tagSets numbers results by the tags that rows show: those that no row can tell
// apart have one number. The zero value has none yet.
type tagSets struct {
	list   []map[string]refs.Ref
	byHash map[uint64][]int
}

var tagSeed = maphash.MakeSeed()

// number returns the number of a result's tags, and whether it is a new one.
func (t *tagSets) number(tags map[string]refs.Ref) (n int, fresh bool) {
	type pair struct {
		tag string
		key any
	}
	hash := uint64(0)
	for tag, ref := range tags {
		if !isReserved(tag) {
			hash ^= maphash.Comparable(tagSeed, pair{tag, refs.ToKey(ref)})
		}
	}
	for _, i := range t.byHash[hash] {
		if sameShown(t.list[i], tags) {
			return i, false
		}
	}
	if t.byHash == nil {
		t.byHash = map[uint64][]int{}
	}
	n = len(t.list)
	t.byHash[hash] = append(t.byHash[hash], n)
	t.list = append(t.list, tags)
	return n, true
}

// distinctShape gives of the ways to a node those that a row can tell apart.
type distinctShape struct {
	from shape.Shape
	s    *session
}

// Optimize leaves the node to itself: no store knows it.
func (d distinctShape) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	from, ok := d.from.Optimize(ctx, r)
	if shape.IsNull(from) {
		return nil, true
	}
	d.from = from
	return d, ok
}

func (d distinctShape) BuildIterator(qs graph.QuadStore) iterator.Shape {
	return distinct{d.from.BuildIterator(qs), d.s}
}

type distinct struct {
	iterator.Shape
	s *session
}

func (d distinct) Iterate() iterator.Scanner {
	it := d.Shape.Iterate()
	return &distinctNext{it, distinctWays{it: it, s: d.s, seen: map[any]*tagSets{}}}
}

func (d distinct) Lookup() iterator.Index {
	it := d.Shape.Lookup()
	return &distinctLookup{it, distinctWays{it: it, s: d.s}}
}

func (d distinct) Optimize(ctx context.Context) (iterator.Shape, bool) {
	sub, ok := d.Shape.Optimize(ctx)
	return distinct{sub, d.s}, ok
}

func (d distinct) SubIterators() []iterator.Shape { return []iterator.Shape{d.Shape} }

// distinctWays passes over the ways that were seen.
type distinctWays struct {
	it   iterator.Base
	s    *session
	node refs.Ref         // at hand
	seen map[any]*tagSets // by node
}

// fresh reports whether the way at hand is a new one.
func (d *distinctWays) fresh() bool {
	key := refs.ToKey(d.node)
	if d.seen[key] == nil {
		d.seen[key] = &tagSets{}
	}
	tags := map[string]refs.Ref{}
	d.it.TagResults(tags)
	_, fresh := d.seen[key].number(tags)
	return fresh
}

func (d *distinctWays) NextPath(ctx context.Context) bool {
	for !d.s.stop.now() && d.it.NextPath(ctx) {
		if d.fresh() {
			return true
		}
	}
	return false
}

type distinctNext struct {
	iterator.Scanner
	distinctWays
}

func (d *distinctNext) Next(ctx context.Context) bool {
	for d.Scanner.Next(ctx) {
		if d.node = d.Scanner.Result(); d.fresh() || d.NextPath(ctx) {
			return true
		}
	}
	return false
}

func (d *distinctNext) NextPath(ctx context.Context) bool { return d.distinctWays.NextPath(ctx) }

type distinctLookup struct {
	iterator.Index
	distinctWays
}

func (d *distinctLookup) Contains(ctx context.Context, ref refs.Ref) bool {
	if !d.Index.Contains(ctx, ref) {
		return false
	}
	d.node, d.seen = ref, map[any]*tagSets{}
	return d.fresh()
}

func (d *distinctLookup) Result() refs.Ref { return d.node }

func (d *distinctLookup) NextPath(ctx context.Context) bool { return d.distinctWays.NextPath(ctx) }
