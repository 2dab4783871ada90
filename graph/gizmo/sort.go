package gizmo

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// sortShape puts nodes in ascending order: numbers by value, then times by
// instant, then all else by its N-Quads spelling. Cayley's own compares numbers
// as text, and gives a node the ways of the one after it.
type sortShape struct {
	from shape.Shape
	s    *session
}

// Optimize leaves the node to itself: no store knows it.
func (s sortShape) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	from, ok := s.from.Optimize(ctx, r)
	if shape.IsNull(from) {
		return nil, true
	}
	s.from = from
	return s, ok
}

func (s sortShape) BuildIterator(qs graph.QuadStore) iterator.Shape {
	gather := func(ctx context.Context, it iterator.Scanner) ([]entry, error) { return s.s.sorted(ctx, qs, it) }
	return &collected{sub: s.from.BuildIterator(qs), factor: 1, gather: gather}
}

// keyed is an entry and what it is sorted by.
type keyed struct {
	entry
	key sortKey
}

func (s *session) sorted(ctx context.Context, qs graph.QuadStore, it iterator.Scanner) ([]entry, error) {
	var list []keyed
	for it.Next(ctx) {
		name, err := qs.NameOf(it.Result())
		if err != nil {
			return nil, err
		}
		e := entry{node: it.Result()}
		for ok := true; ok; ok = it.NextPath(ctx) {
			if s.stop.now() {
				return nil, errStopped
			}
			tags := map[string]refs.Ref{}
			it.TagResults(tags)
			e.ways = append(e.ways, tags)
		}
		list = append(list, keyed{e, newSortKey(name)})
	}
	if err := cmp.Or(it.Err(), ctx.Err()); err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b keyed) int {
		if s.stop.now() {
			panic(errStopped) // there is no other way out of a sort
		}
		return a.key.compare(b.key)
	})
	entries := make([]entry, len(list))
	for i, k := range list {
		entries[i] = k.entry
	}
	return entries, nil
}

// sortKey orders values: by class, then by what the class compares.
type sortKey struct {
	class  int
	number float64
	exact  int64 // of a quad.Int, whose float may be another's
	time   time.Time
	text   string
}

func newSortKey(v quad.Value) sortKey {
	switch t := v.(type) {
	case nil:
		return sortKey{class: 2}
	case quad.Int:
		return sortKey{number: float64(t), exact: int64(t)}
	case quad.Float:
		return sortKey{number: float64(t), exact: int64(t)}
	case quad.Time:
		return sortKey{class: 1, time: time.Time(t)}
	}
	return sortKey{class: 2, text: v.String()}
}

func (k sortKey) compare(o sortKey) int {
	return cmp.Or(cmp.Compare(k.class, o.class), cmp.Compare(k.number, o.number), cmp.Compare(k.exact, o.exact),
		k.time.Compare(o.time), strings.Compare(k.text, o.text))
}
