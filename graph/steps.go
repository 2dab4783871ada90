package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// steps lists where an entity leads, and those that are joined to it, one step for
// each edge; none to what a path must not come through, or from an event that its
// dates exclude.
func (s *pathSearch) steps(at quad.IRI) ([]Step, error) {
	excluded, err := s.v.excluded(s.ctx, at, s.o.AsOf)
	if err != nil || excluded {
		return nil, err
	}
	class, err := s.v.Class(s.ctx, at)
	if err != nil {
		return nil, err
	}
	var list []Step
	for _, node := range class {
		for _, p := range []quad.Quad{{Subject: node}, {Object: node}} {
			for q, err := range s.v.Each(s.ctx, p) {
				if err != nil {
					return nil, err
				}
				if len(list) > s.o.Nodes {
					s.p.Cut = true
					break
				}
				step, ok, err := s.step(Edge{Quad: q, Out: p.Subject != nil})
				if err != nil {
					return nil, err
				}
				if ok {
					list = append(list, step)
				}
			}
		}
	}
	return together(list), nil
}

// together makes one step of those for one edge.
func together(list []Step) []Step {
	slices.SortFunc(list, func(a, b Step) int {
		return cmp.Or(cmp.Compare(a.To, b.To), compareTriples(tripleOf(a.Quad), tripleOf(b.Quad)), CompareSure(a.Claim, b.Claim),
			cmp.Compare(Text(a.Quad.Label), Text(b.Quad.Label)))
	})
	var steps []Step
	for _, step := range list {
		last := len(steps) - 1
		if last < 0 || tripleOf(steps[last].Quad) != tripleOf(step.Quad) {
			steps = append(steps, step)
			last++
		}
		steps[last].Quads = append(steps[last].Quads, step.Quad)
		if step.Claim != nil {
			steps[last].Claims = append(steps[last].Claims, step.Claim)
		}
	}
	return steps
}

// step is the edge as a step, if it joins two entities: if a claim states it, or
// it is of another graph. What a source or an ontology says of a thing itself,
// such as its kind, joins nothing.
func (s *pathSearch) step(e Edge) (Step, bool, error) {
	other, ok := e.Other().(quad.IRI)
	if !ok || e.Quad.Subject == e.Quad.Object || schema.OfOntology(other) || e.Relation() == schema.Type {
		return Step{}, false, nil
	}
	label := iriOf(e.Quad.Label)
	c, err := s.v.Claim(s.ctx, label)
	if err != nil || c != nil && schema.Under(other, c.IRI) {
		return Step{}, false, err
	}
	if c == nil {
		foreign, err := s.v.foreign(s.ctx, label)
		if !foreign || err != nil {
			return Step{}, false, err
		}
	}
	e.Claim = c
	one, err := s.v.Canonical(s.ctx, other)
	if err != nil {
		return Step{}, false, err
	}
	to := iriOf(one)
	if slices.Contains(s.o.NotThrough, other) || slices.Contains(s.o.NotThrough, to) {
		return Step{}, false, nil
	}
	if out, err := s.v.excluded(s.ctx, to, s.o.AsOf); out || err != nil {
		return Step{}, false, err
	}
	return Step{Edge: e, To: to}, true, nil
}

// foreign reports whether a label is neither kg's own nor a source's.
func (v *View) foreign(ctx context.Context, label quad.IRI) (bool, error) {
	if label == schema.OntologyIRI {
		return false, nil
	}
	if known, ok := v.others[label]; ok {
		return known, nil
	}
	kind, err := v.Kind(ctx, label)
	if err == nil {
		v.others[label] = kind != schema.SourceClass && (v.state == nil || !slices.Contains(v.state.decisions.labels, quad.Value(label)))
	}
	return v.others[label], err
}

// CompareSure orders claims, the surest first: by stance, a derived one, which has
// none, after those that somebody asserts; then those without a hedge; then by
// place and IRI. What no claim states, nil, comes last.
func CompareSure(a, b *Claim) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.Hedge, b.Hedge), cmp.Compare(a.Start, b.Start), cmp.Compare(a.IRI, b.IRI))
}

func (c *Claim) rank() int {
	if c.Speaker == "" {
		return 1
	}
	return 2 * c.Stance.Rank()
}
