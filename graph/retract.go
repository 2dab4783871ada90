package graph

import (
	"context"
	"errors"
	"fmt"
	"maps"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/decide"
	"kg/graph/internal/store"
	"kg/graph/internal/store/snapshot"
	"kg/internal/strict"
	"kg/schema"
)

// DecisionOptions say who decides, and why.
type DecisionOptions struct {
	Base       schema.Base // under which the decision stands
	Reason, By string
	DryRun     bool // find out what would change, and change nothing
}

// Effect is what a decision changes.
type Effect struct {
	Decision      *schema.Decision
	Kind          string      // of what it is on: source, claim or graph
	Before, After *View       // without what sources deny
	Claims        []Found     // that fall, or come back, by IRI and Name: the claim, or those of the source
	Derived       []Found     // those that are derived from these, or from what these are
	Edges         []quad.Quad // that nobody else states, each once
	Foreign       int         // quads of another graph
}

// Retract leaves out a source, a claim, or what another graph has under a label:
// from then on no View shows it, unless by View.WithRetracted. It writes a decision
// and takes nothing away. Of a store of Open only DryRun is possible.
//
// What is unknown is an *UnknownError, what is retracted already a *ConflictError.
func (s *Store) Retract(ctx context.Context, on quad.IRI, o DecisionOptions) (*Effect, error) {
	return s.decide(ctx, true, on, o)
}

// Restore undoes Retract, by a decision of its own. What is not retracted is a
// *ConflictError.
func (s *Store) Restore(ctx context.Context, on quad.IRI, o DecisionOptions) (*Effect, error) {
	return s.decide(ctx, false, on, o)
}

func (s *Store) decide(ctx context.Context, retracts bool, on quad.IRI, o DecisionOptions) (*Effect, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	before := s.state.Load()
	v := before.view(o.Base, true).WithRetracted()
	e := &Effect{}
	var err error
	if e.Kind, err = v.retractable(ctx, on); err != nil {
		return nil, err
	}
	if err := mayDecide(before.decisions, retracts, on, o.Base); err != nil {
		return nil, err
	}
	if e.Decision, err = before.decisions.Next(o.Base, retracts, on, o.Reason, o.By); err != nil {
		return nil, err
	}
	after, err := s.suppose(ctx, before.version, e.Decision)
	if err != nil {
		return nil, err
	}
	e.Before, e.After = before.view(o.Base, false), after.view(o.Base, false)
	if err := e.find(ctx, o.Base, before, after); err != nil || o.DryRun {
		return e, err
	}
	return e, s.commit(adding(e.Decision.Quads()))
}

// find finds what changes between two states.
func (e *Effect) find(ctx context.Context, base schema.Base, before, after *state) (err error) {
	defer snapshot.Catch(&err)
	with, without := before, after
	if !e.Decision.Retracts {
		with, without = after, before
	}
	v := without.view(base, true).WithRetracted() // shows everything
	on := e.Decision.On
	if e.Kind == "graph" { // of which claims may be derived
		if err := v.each(ctx, quad.Quad{Label: on}, func(quad.Quad) { e.Foreign++ }); err != nil {
			return err
		}
	}
	columns, err := v.r.Columns(ctx)
	if err != nil {
		return err
	}
	shown, err := without.view(base, false).qs.(*store.QuadStore).IDs()
	if err != nil {
		return err
	}
	others := maps.Clone(before.decisions.Fallen)
	maps.Copy(others, after.decisions.Fallen)
	list, err := claims.NewReader(columns, v.r).Fallen(on, maps.Keys(others), func(claim quad.IRI) bool {
		return (with.decisions.Of(claim) == nil) != (without.decisions.Of(claim) == nil)
	})
	if err != nil {
		return err
	}
	for _, c := range list {
		to := &e.Claims
		if c.Derived {
			to = &e.Derived
		}
		*to = append(*to, Found{IRI: c.IRI, Name: c.Says, OfClaim: true})
	}
	e.Edges, err = claims.OnlyStated(columns, shown, list)
	return err
}

func adding(quads []quad.Quad) (deltas []cayley.Delta) {
	for _, q := range quads {
		deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Add})
	}
	return deltas
}

// commit writes deltas and shows what came of them. The caller holds writing.
func (s *Store) commit(deltas []cayley.Delta, streams ...store.Stream) error {
	if err := s.quads.ApplyWith(deltas, cayley.IgnoreOpts{}, streams); err != nil {
		return err
	}
	return s.lookAgain()
}

// retractable tells what an IRI that can be retracted is: a source, a claim, or the
// graph under a label.
func (v *View) retractable(ctx context.Context, iri quad.IRI) (kind string, err error) {
	isSource, err := v.isSource(ctx, iri)
	if isSource || err != nil {
		return "source", err
	}
	c, err := v.Claim(ctx, iri)
	if c != nil || err != nil {
		return "claim", err
	}
	labels := false
	for q, err := range v.Each(ctx, quad.Quad{Label: iri}) {
		if err != nil {
			return "", err
		}
		label, decision := schema.IRI(iriOf(q.Subject)).DecisionLabel()
		if decision && label == iri {
			return "", &ConflictError{Msg: fmt.Sprintf("%s is the label of decisions, which are undone by other ones", v.Base.Short(iri))}
		}
		labels = true
		break
	}
	switch {
	case iri == schema.OntologyIRI:
		return "", &ConflictError{Msg: "the ontology is no statement of a source, and cannot be retracted or removed"}
	case labels:
		return "graph", nil
	}
	return "", &UnknownError{Msg: strict.Sprintf("%s is no source, claim or label in this store: kg query sources lists the sources", v.Base.Short(iri))}
}

// isSource reports whether the graph has a source, and not only what others say of it.
func (v *View) isSource(ctx context.Context, iri quad.IRI) (bool, error) {
	return v.r.Any(ctx, quad.Quad{Subject: iri, Predicate: schema.Type, Object: schema.SourceClass, Label: iri})
}

// mayDecide tells what keeps something from being retracted, or restored.
func mayDecide(d *decide.Decisions, retracts bool, on quad.IRI, base schema.Base) error {
	short := base.Short(on)
	last, cause := d.Latest[on], d.Of(on)
	isRetracted := last != nil && last.Retracts
	switch {
	case retracts && isRetracted:
		return &ConflictError{Msg: fmt.Sprintf("%s is retracted already: %s; kg restore undoes it", short, last.Because())}
	case !retracts && !isRetracted && cause != nil:
		return &ConflictError{Msg: fmt.Sprintf("%s is not retracted itself: it falls with %s, so restore that", short, base.Short(cause.On))}
	case !retracts && !isRetracted:
		return &ConflictError{Msg: fmt.Sprintf("%s is not retracted", short)}
	}
	return nil
}

// FindRetractable returns the source, the claim or the label of another graph that
// a word names: an IRI, a short form, the id of a source, or a title.
func (v *View) FindRetractable(ctx context.Context, word string) (quad.IRI, error) {
	v = v.WithRetracted()
	var tried []quad.IRI
	if iri, err := v.Base.Expand(word); err == nil {
		tried = append(tried, iri)
	}
	for _, iri := range append(tried, v.Base.Source(word)) {
		_, err := v.retractable(ctx, iri)
		if unknown := (*UnknownError)(nil); !errors.As(err, &unknown) {
			return iri, err
		}
	}
	iri, err := v.Find(ctx, word)
	if err != nil {
		return "", &UnknownError{Msg: strict.Sprintf("%q is no source, claim or label in this store: kg query sources lists the sources", word)}
	}
	_, err = v.retractable(ctx, iri)
	return iri, err
}
