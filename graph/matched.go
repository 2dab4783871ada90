package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/internal/strict"
	"kg/schema"
)

// NewMatch makes a decision on two things that holds against the one before, if there
// is one. It decides nothing: see SetMatches.
func (v *View) NewMatch(verdict schema.Verdict, a, b quad.IRI, o DecisionOptions) (*schema.Decision, error) {
	at := time.Now()
	if last := v.Match(a, b); last != nil && !at.After(last.At.Add(time.Microsecond)) {
		at = last.At.Add(time.Microsecond)
	}
	return o.Base.NewMatch(verdict, a, b, o.Reason, o.By, at)
}

// SetMatches makes decisions on two things hold, in one commit, each in place of the
// one on the same two; undone are pairs on which nothing is decided from then on. It
// returns what changes: the decision as it was and as it is, each nil for none. What would join things of kinds that exclude each other, or
// things that are decided to be different, is a *ConflictError. Of a store of Open, and
// with dryRun, it only finds out.
func (s *Store) SetMatches(ctx context.Context, base schema.Base, list []*schema.Decision, undone [][2]quad.IRI, dryRun bool) ([][2]*schema.Decision, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	now := s.state.Load()
	next := maps.Clone(now.decisions.Matches)
	var changes [][2]*schema.Decision
	for _, pair := range undone {
		if was := next[pair]; was != nil {
			changes = append(changes, [2]*schema.Decision{was, nil})
			delete(next, pair)
		}
	}
	for _, d := range list {
		pair := [2]quad.IRI{d.On, d.With}
		if was := next[pair]; was == nil || was.IRI != d.IRI {
			changes = append(changes, [2]*schema.Decision{was, d})
			next[pair] = d
		}
	}
	if len(changes) == 0 {
		return nil, nil
	}
	if err := s.mayMatch(ctx, base, now, slices.Collect(maps.Values(next)), changes); err != nil {
		return changes, err
	}
	deltas, err := s.matchDeltas(ctx, changes) // a dry run reads all that the change will
	if err != nil || dryRun {
		return changes, err
	}
	return changes, s.commit(deltas)
}

// matchDeltas take away all that was decided on each two, and add what is now.
func (s *Store) matchDeltas(ctx context.Context, changes [][2]*schema.Decision) ([]cayley.Delta, error) {
	v := s.WholeView("").WithRetracted()
	gone := map[[2]quad.IRI]bool{}
	var add []cayley.Delta
	for _, c := range changes {
		if c[0] != nil {
			gone[[2]quad.IRI{c[0].On, c[0].With}] = true
		}
		if c[1] != nil {
			add = append(add, adding(c[1].Quads())...)
		}
	}
	var deltas []cayley.Delta
	for q, err := range v.Each(ctx, quad.Quad{Predicate: schema.Type, Object: schema.MatchClass}) {
		if err != nil {
			return nil, err
		}
		quads, err := v.quads(ctx, quad.Quad{Subject: q.Subject, Label: q.Label})
		if err != nil {
			return nil, err
		}
		if d, err := schema.ReadDecision(iriOf(q.Subject), quads); err == nil && gone[[2]quad.IRI{d.On, d.With}] {
			for _, q := range quads {
				deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Delete})
			}
		}
	}
	return append(deltas, add...), nil
}

// mayMatch tells what keeps changes from being made, all decisions being those given.
func (s *Store) mayMatch(ctx context.Context, base schema.Base, now *state, all []*schema.Decision, changes [][2]*schema.Decision) error {
	then, decided := *now, *now.decisions
	decided.Match(all)
	then.decisions = &decided
	v := then.view(base, true)
	for _, c := range changes {
		if c[1] == nil {
			continue
		}
		if err := v.contradicted(ctx, c[1]); err != nil {
			return err
		}
	}
	return nil
}

// contradicted tells whether a decision of the view's goes against others, or against
// what the things are.
func (v *View) contradicted(ctx context.Context, d *schema.Decision) error {
	class, err := v.Class(ctx, d.On)
	if err != nil {
		return err
	}
	short := v.Base.Short
	switch {
	case d.Verdict == schema.Different && slices.Contains(class, d.With):
		return &ConflictError{Msg: fmt.Sprintf("%s and %s are joined otherwise, kg show tells by whom: undo that first", short(d.On), short(d.With))}
	case d.Verdict != schema.Same:
		return nil
	}
	for i, a := range class {
		for _, b := range class[i+1:] {
			if other := v.Match(a, b); other != nil && other.Verdict == schema.Different {
				return &ConflictError{Msg: strict.Sprintf("that would join %s and %s, which are decided to be different: %s", short(a), short(b), other.Because())}
			}
		}
	}
	var kinds []quad.Quad
	for _, node := range class {
		of, err := v.quads(ctx, quad.Quad{Subject: node, Predicate: schema.Type})
		if err != nil {
			return err
		}
		kinds = append(kinds, of...)
	}
	parents := map[quad.Value]quad.Value{}
	err = v.each(ctx, quad.Quad{Predicate: schema.SubClassOf, Label: schema.OntologyIRI}, func(q quad.Quad) { parents[q.Subject] = q.Object })
	ours := slices.DeleteFunc(kinds, func(q quad.Quad) bool { return !agree.Within(q.Object, schema.ThingKind, parents) })
	if a, b, found := agree.Clash(ours, parents); found {
		return &ConflictError{Msg: fmt.Sprintf("%s is a %s and %s is a %s: only things of one kind can be the same",
			short(iriOf(a.Subject)), schema.IRI(iriOf(a.Object)).LastPart(), short(iriOf(b.Subject)), schema.IRI(iriOf(b.Object)).LastPart())}
	}
	return err
}
