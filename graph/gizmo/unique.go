package gizmo

import (
	"context"
	"maps"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
)

// uniqueShape is Cayley's Unique with evidence: a node comes once, with the
// tags of the first way to it and, under tag, the quads of all ways.
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
	quads := []*collector{}
	err := u.s.ways(ctx, it, true, func() error {
		key := refs.ToKey(it.Result())
		tags := map[string]refs.Ref{}
		it.TagResults(tags)
		i, seen := at[key]
		if !seen {
			i = len(list)
			at[key] = i
			list = append(list, entry{node: it.Result(), ways: []map[string]refs.Ref{tags}})
			quads = append(quads, &collector{})
		}
		for _, t := range u.traces {
			quads[i].add(tags[t.tag])
		}
		return nil
	})
	for i := range list {
		list[i].ways[0][u.tag] = &bundle{quads: quads[i].list}
	}
	return list, err
}

// merge is the same for one node that is looked up.
func (u uniqueShape) merge(ctx context.Context, it iterator.Index) (map[string]refs.Ref, error) {
	tags := map[string]refs.Ref{}
	it.TagResults(tags)
	way, all := maps.Clone(tags), &collector{}
	for {
		for _, t := range u.traces {
			all.add(way[t.tag])
		}
		if u.s.stop.now() || !it.NextPath(ctx) {
			break
		}
		clear(way)
		it.TagResults(way)
	}
	tags[u.tag] = &bundle{quads: all.list}
	return tags, it.Err()
}
