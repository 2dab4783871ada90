package graph

import (
	"cmp"
	"context"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/index"
	"kg/schema"
)

// foreignStats counts the quads of other graphs by label and by predicate, and what
// they have by kind. It names only what it counts by.
type foreignStats struct {
	v       *View
	foreign map[refs.Ref]bool           // by label
	of      map[string]map[refs.Ref]int // see Count.Of
}

func (v *View) countForeign(ctx context.Context, t tally) error {
	s := &foreignStats{v: v, foreign: map[refs.Ref]bool{}, of: map[string]map[refs.Ref]int{"graph": {}, "relation": {}, "kind": {}}}
	if err := s.quads(ctx); err != nil || len(s.of["graph"]) == 0 {
		return err
	}
	if err := s.kinds(ctx); err != nil {
		return err
	}
	for of, counts := range s.of {
		for ref, n := range counts {
			value, err := v.qs.NameOf(ref)
			if err != nil {
				return err
			}
			t[Count{Of: of, Value: value}] += n
		}
	}
	return nil
}

// quads counts all quads by their labels and predicates.
func (s *foreignStats) quads(ctx context.Context) error {
	return s.each(ctx, s.v.qs.QuadsAllIterator(), func(q, label refs.Ref) error {
		predicate, err := s.v.qs.QuadDirection(q, quad.Predicate)
		if err != nil {
			return err
		}
		s.of["graph"][label]++
		s.of["relation"][predicate]++
		return nil
	})
}

// kinds counts what has a kind, once for each; the quads of one thing and one kind
// come together.
func (s *foreignStats) kinds(ctx context.Context) error {
	sh, err := s.v.r.Matching(ctx, quad.Quad{Predicate: schema.Type})
	if err != nil || sh == nil {
		return err
	}
	var last [2]refs.Ref
	return s.each(ctx, sh, func(q, _ refs.Ref) error {
		subject, err := s.v.qs.QuadDirection(q, quad.Subject)
		if err != nil {
			return err
		}
		kind, err := s.v.qs.QuadDirection(q, quad.Object)
		if err != nil {
			return err
		}
		if now := [2]refs.Ref{subject, kind}; now != last {
			last = now
			s.of["kind"][kind]++
		}
		return nil
	})
}

// each calls do with each foreign quad and its label.
func (s *foreignStats) each(ctx context.Context, sh iterator.Shape, do func(q, label refs.Ref) error) error {
	it := sh.Iterate()
	defer it.Close()
	for it.Next(ctx) {
		label, err := s.v.qs.QuadDirection(it.Result(), quad.Label)
		if err != nil {
			return err
		}
		foreign, err := s.isForeign(ctx, label)
		if err != nil {
			return err
		}
		if !foreign {
			continue
		}
		if err := do(it.Result(), label); err != nil {
			return err
		}
	}
	return cmp.Or(it.Err(), ctx.Err())
}

// isForeign reports whether a label is that of another graph.
func (s *foreignStats) isForeign(ctx context.Context, label refs.Ref) (bool, error) {
	foreign, known := s.foreign[label]
	if known || label == nil {
		return foreign || label == nil, nil
	}
	value, err := s.v.qs.NameOf(label)
	if err != nil {
		return false, err
	}
	e, err := s.v.edge(ctx, quad.Quad{Label: value}, true)
	s.foreign[label] = e.Foreign
	return e.Foreign, err
}

// foreignIn tells which labels of a store are those of other graphs.
func foreignIn(qs cayley.QuadStore) func() index.Foreign {
	return func() index.Foreign {
		v := NewView(qs, "")
		return func(ctx context.Context, label quad.Value) (bool, error) {
			e, err := v.edge(ctx, quad.Quad{Label: label}, true)
			return e.Foreign, err
		}
	}
}
