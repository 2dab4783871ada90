package session

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// sortShape puts nodes in ascending order: that of the store's dictionary, which
// is by value (package term). Cayley's own compares numbers as text, and gives a
// node the ways of the one after it.
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
	key []byte
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
		list = append(list, keyed{e, sortKey(name)})
	}
	if err := cmp.Or(it.Err(), ctx.Err()); err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b keyed) int {
		if s.stop.now() {
			panic(errStopped) // there is no other way out of a sort
		}
		return bytes.Compare(a.key, b.key)
	})
	entries := make([]entry, len(list))
	for i, k := range list {
		entries[i] = k.entry
	}
	return entries, nil
}

// sortKey orders values as the store's dictionary and the filters do; what is no
// term, a walk or none, comes last.
func sortKey(v quad.Value) []byte {
	key, err := term.Append(nil, v)
	if err != nil {
		return append([]byte{0xFF}, quad.StringOf(v)...)
	}
	return key
}
