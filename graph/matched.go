package graph

import (
	"context"
	"time"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// NewMatch returns a decision on two entities that is later than any earlier one on
// them. It writes nothing: see SetMatches.
func (v *View) NewMatch(verdict schema.Verdict, a, b quad.IRI, o DecisionOptions) (*schema.Decision, error) {
	at := time.Now()
	if last := v.Match(a, b); last != nil && !at.After(last.At.Add(time.Microsecond)) {
		at = last.At.Add(time.Microsecond)
	}
	return o.Base.NewMatch(verdict, a, b, o.Reason, o.By, at)
}

// SetMatches writes decisions on pairs of entities in one commit, each replacing an
// earlier one on the same pair, and removes the decisions on the pairs in undone. It
// returns the changes: each decision as it was and as it is, nil for none. A decision
// that joins entities of kinds that exclude each other, or entities that are decided to
// be different, is a *ConflictError. In a store of Open, and with dryRun, it only
// reports the changes.
func (s *Store) SetMatches(ctx context.Context, base schema.Base, list []*schema.Decision, undone [][2]quad.IRI, dryRun bool) ([][2]*schema.Decision, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	v := s.state.Load().view(base, true)
	g := v.WithRetracted().changing()
	changes, err := g.Matches(ctx, v.r, list, undone)
	if err != nil || len(changes) == 0 {
		return changes, err
	}
	deltas, err := g.MatchDeltas(ctx, changes) // a dry run reads all that the change will
	if err != nil || dryRun {
		return changes, err
	}
	return changes, s.commit(deltas)
}
