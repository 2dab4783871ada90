package stats

import (
	"cmp"
	"context"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/schema"
)

// foreignStats counts the quads of other graphs by label and by predicate, and their
// entities by kind. It reads values only of the groups.
type foreignStats struct {
	g      *Graph
	labels *read.Labels
	of     map[string]map[refs.Ref]int // see Count.Of
}

func countForeign(ctx context.Context, g *Graph, t counts) error {
	s := &foreignStats{g: g, labels: g.R.Labels(g.Foreign), of: map[string]map[refs.Ref]int{"graph": {}, "relation": {}, "kind": {}}}
	if err := s.quads(ctx); err != nil || len(s.of["graph"]) == 0 {
		return err
	}
	if err := s.kinds(ctx); err != nil {
		return err
	}
	for of, counts := range s.of {
		for ref, n := range counts {
			value, err := g.R.QS.NameOf(ref)
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
	return s.each(ctx, s.g.R.QS.QuadsAllIterator(), func(q, label refs.Ref) error {
		predicate, err := s.g.R.QS.QuadDirection(q, quad.Predicate)
		if err != nil {
			return err
		}
		s.of["graph"][label]++
		s.of["relation"][predicate]++
		return nil
	})
}

// kinds counts the nodes with a kind, once for each kind; the quads of one node and one
// kind come together.
func (s *foreignStats) kinds(ctx context.Context) error {
	sh, err := s.g.R.Matching(ctx, quad.Quad{Predicate: schema.Type})
	if err != nil || sh == nil {
		return err
	}
	var last [2]refs.Ref
	return s.each(ctx, sh, func(q, _ refs.Ref) error {
		subject, err := s.g.R.QS.QuadDirection(q, quad.Subject)
		if err != nil {
			return err
		}
		kind, err := s.g.R.QS.QuadDirection(q, quad.Object)
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
		label, err := s.g.R.QS.QuadDirection(it.Result(), quad.Label)
		if err != nil {
			return err
		}
		foreign, err := s.labels.Foreign(ctx, label)
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
