package graph

import (
	"context"
	"time"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// NewMatch makes a decision on two things, later than the one before, if there is one. It
// writes nothing: see SetMatches.
func (v *View) NewMatch(verdict schema.Verdict, a, b quad.IRI, o DecisionOptions) (*schema.Decision, error) {
	at := time.Now()
	if last := v.Match(a, b); last != nil && !at.After(last.At.Add(time.Microsecond)) {
		at = last.At.Add(time.Microsecond)
	}
	return o.Base.NewMatch(verdict, a, b, o.Reason, o.By, at)
}

// SetMatches writes decisions on two things in one commit, each in place of the one on the
// same two; nothing is decided any more on the pairs in undone. It returns what changes:
// each decision as it was and as it is, nil for none. What would join things of kinds that
// exclude each other, or things that are decided to be different, is a *ConflictError. Of a
// store of Open, and with dryRun, it only reports what would change.
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
