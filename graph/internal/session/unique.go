package session

import (
	"context"
	"maps"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
)

// uniqueShape is Cayley's Unique with evidence: a node comes once, with the
// tags of the first way to it and, under tag, all ways that have these tags.
type uniqueShape struct {
	from   shape.Shape
	s      *session
	traces []trace
	tag    string
}

// Optimize leaves the node to itself: no store knows it.
func (u uniqueShape) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	from, ok := u.from.Optimize(ctx, r)
	if shape.IsNull(from) {
		return nil, true
	}
	u.from = from
	return u, ok
}

func (u uniqueShape) BuildIterator(qs graph.QuadStore) iterator.Shape {
	return &collected{sub: u.from.BuildIterator(qs), factor: 2, gather: u.gather, merge: u.merge}
}

// gather folds all ways of all nodes.
func (u uniqueShape) gather(ctx context.Context, it iterator.Scanner) ([]entry, error) {
	var list []entry
	at := map[any]int{}
	all := []*ways{}
	err := u.s.ways(ctx, it, true, func() error {
		key := refs.ToKey(it.Result())
		tags := map[string]refs.Ref{}
		it.TagResults(tags)
		i, seen := at[key]
		if !seen {
			i = len(list)
			at[key] = i
			list = append(list, entry{node: it.Result(), ways: []map[string]refs.Ref{tags}})
			all = append(all, &ways{})
		}
		if !seen || sameShown(list[i].ways[0], tags) {
			all[i].join(waysThrough(u.traces, tags))
		}
		return nil
	})
	for i := range list {
		list[i].ways[0][u.tag] = &bundle{ways: all[i]}
	}
	return list, err
}

// merge is the same for one node that is looked up.
func (u uniqueShape) merge(ctx context.Context, it iterator.Index) (map[string]refs.Ref, error) {
	tags := map[string]refs.Ref{}
	it.TagResults(tags)
	way, all := maps.Clone(tags), &ways{}
	for {
		if sameShown(tags, way) {
			all.join(waysThrough(u.traces, way))
		}
		if u.s.stop.now() || !it.NextPath(ctx) {
			break
		}
		clear(way)
		it.TagResults(way)
	}
	tags[u.tag] = &bundle{ways: all}
	return tags, it.Err()
}
