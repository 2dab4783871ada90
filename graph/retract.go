package graph

import (
	"context"
	"errors"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/change"
	"kg/graph/internal/find"
	"kg/graph/internal/store"
	"kg/internal/strict"
	"kg/schema"
)

// DecisionOptions are the author of a decision, and the reason.
type DecisionOptions struct {
	Base       schema.Base // of the IRI of the decision
	Reason, By string
	DryRun     bool // report what would change, and change nothing
}

// Effect is what a decision changes.
type Effect struct {
	Decision      *schema.Decision
	Kind          string      // of what it is on: source, claim or graph
	Before, After *View       // without what sources deny
	Claims        []Found     // that are hidden, or shown again, by IRI and Name: the claim, or those of the source
	Derived       []Found     // derived from the claim or source of the decision
	Edges         []quad.Quad // that no other claim states, each once
	Foreign       int         // quads of another graph
}

// Retract hides a source, a claim, or the quads of another graph under a label: no later
// View shows them, except by View.WithRetracted. It writes a decision and deletes
// nothing. In a store of Open only DryRun is possible.
//
// An unknown node is an *UnknownError; one that is retracted already is a
// *ConflictError.
func (s *Store) Retract(ctx context.Context, on quad.IRI, o DecisionOptions) (*Effect, error) {
	return s.decide(ctx, true, on, o)
}

// Restore undoes Retract, by a decision of its own. A node that is not retracted is a
// *ConflictError.
func (s *Store) Restore(ctx context.Context, on quad.IRI, o DecisionOptions) (*Effect, error) {
	return s.decide(ctx, false, on, o)
}

func (s *Store) decide(ctx context.Context, retracts bool, on quad.IRI, o DecisionOptions) (e *Effect, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	before := s.state.Load()
	e = &Effect{}
	if e.Kind, e.Decision, err = before.view(o.Base, true).WithRetracted().changing().Decide(ctx, retracts, on, o.Reason, o.By); err != nil {
		return nil, err
	}
	after, err := s.suppose(ctx, before.version, e.Decision)
	if err != nil {
		return nil, err
	}
	e.Before, e.After = before.view(o.Base, false), after.view(o.Base, false)
	without := after
	if !retracts {
		without = before
	}
	all := without.view(o.Base, true).WithRetracted().changing()
	found, err := all.EffectOf(ctx, on, e.Kind, before.decisions, after.decisions, without.view(o.Base, false).qs.(*store.QuadStore))
	for _, c := range found.Claims {
		to := &e.Claims
		if c.Derived {
			to = &e.Derived
		}
		*to = append(*to, Found{IRI: c.IRI, Name: c.Says, OfClaim: true})
	}
	e.Edges, e.Foreign = found.Edges, found.Foreign
	if err != nil || o.DryRun {
		return e, err
	}
	return e, s.commit(change.Deltas(cayley.Add, e.Decision.Quads()))
}

// changing returns the graph of the view for package change. The view must show
// everything.
func (v *View) changing() *change.Graph {
	g := &change.Graph{R: v.r, Base: v.Base}
	if v.state != nil {
		g.Decisions = v.state.decisions
	}
	return g
}

// FindRetractable returns the source, the claim or the label of another graph that a
// word names: an IRI, a short form, the id of a source, or a title.
func (v *View) FindRetractable(ctx context.Context, word string) (quad.IRI, error) {
	v = v.WithRetracted()
	var tried []quad.IRI
	if iri, err := v.Base.Expand(word); err == nil {
		tried = append(tried, iri)
	}
	for _, iri := range append(tried, v.Base.Source(word)) {
		if _, err := v.changing().Kind(ctx, iri); !errors.As(err, new(*find.UnknownError)) {
			return iri, err
		}
	}
	iri, err := v.Find(ctx, word)
	if err != nil {
		return "", &UnknownError{Msg: strict.Sprintf("%q is no source, claim or label in this store: kg query sources lists the sources", word)}
	}
	_, err = v.changing().Kind(ctx, iri)
	return iri, err
}
