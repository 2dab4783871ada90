package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/schema"
	"kg/schema/strict"
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
	Claims        []*Claim    // that fall, or come back: the claim, or those of the source
	Derived       []*Claim    // those that are derived from these, or from what these are
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
	if err := before.decisions.may(retracts, on, o.Base); err != nil {
		return nil, err
	}
	if e.Decision, err = before.decisions.next(o.Base, retracts, on, o.Reason, o.By); err != nil {
		return nil, err
	}
	after, err := s.suppose(ctx, before.version, e.Decision)
	if err != nil {
		return nil, err
	}
	e.Before, e.After = before.view(o.Base, false), after.view(o.Base, false)
	if err := e.find(ctx, v, before, after); err != nil || o.DryRun {
		return e, err
	}
	return e, s.commit(adding(e.Decision.Quads()))
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
		label, decision := schema.DecisionLabel(iriOf(q.Subject))
		if decision && label == iri {
			return "", &ConflictError{fmt.Sprintf("%s is the label of decisions, which are undone by other ones", v.Base.Short(iri))}
		}
		labels = true
		break
	}
	switch {
	case iri == schema.OntologyIRI:
		return "", &ConflictError{"the ontology is no statement of a source, and cannot be retracted or removed"}
	case labels:
		return "graph", nil
	}
	return "", &UnknownError{Msg: strict.Sprintf("%s is no source, claim or label in this store: kg query sources lists the sources", v.Base.Short(iri))}
}

func (v *View) isSource(ctx context.Context, iri quad.IRI) (bool, error) {
	for _, err := range v.Each(ctx, quad.Quad{Subject: iri, Predicate: schema.Type, Object: schema.SourceClass, Label: iri}) {
		return err == nil, err
	}
	return false, nil
}

// may tells what keeps something from being retracted, or restored.
func (d *decisions) may(retracts bool, on quad.IRI, base schema.Base) error {
	short := base.Short(on)
	last, cause := d.latest[on], d.of(on)
	isRetracted := last != nil && last.Retracts
	switch {
	case retracts && isRetracted:
		return &ConflictError{fmt.Sprintf("%s is retracted already: %s; kg restore undoes it", short, Because(last))}
	case !retracts && !isRetracted && cause != nil:
		return &ConflictError{fmt.Sprintf("%s is not retracted itself: it falls with %s, so restore that", short, base.Short(cause.On))}
	case !retracts && !isRetracted:
		return &ConflictError{fmt.Sprintf("%s is not retracted", short)}
	}
	return nil
}

// Because is a decision in words: its reason, who decided so, and on what day.
func Because(d *schema.Decision) string {
	return fmt.Sprintf("%q (%s, %s)", d.Reason, d.By, d.At.Format(time.DateOnly))
}

// next makes a decision that is after the last one on the same thing, also where
// another machine's clock went before.
func (d *decisions) next(base schema.Base, retracts bool, on quad.IRI, reason, by string) (*schema.Decision, error) {
	at := time.Now()
	if last := d.latest[on]; last != nil && !at.After(last.At.Add(time.Microsecond)) {
		at = last.At.Add(time.Microsecond)
	}
	one, err := base.NewDecision(retracts, on, reason, by, at)
	if err != nil {
		verb := map[bool]string{true: "retracting", false: "restoring"}[retracts]
		return nil, fmt.Errorf("%s %s: %w", verb, base.Short(on), err)
	}
	return one, nil
}

// find finds what changes between two states, of which v shows everything.
func (e *Effect) find(ctx context.Context, v *View, before, after *state) error {
	on := e.Decision.On
	if e.Kind == "graph" {
		return v.each(ctx, quad.Quad{Label: on}, func(quad.Quad) { e.Foreign++ })
	}
	own, err := v.SourceClaims(ctx, on)
	if err != nil {
		return err
	}
	fallen := map[quad.IRI]bool{on: true}
	for _, c := range own {
		fallen[c.IRI] = true
	}
	for _, d := range []*decisions{before.decisions, after.decisions} {
		for iri := range d.fallen {
			fallen[iri] = true
		}
	}
	for iri := range fallen {
		if (before.decisions.of(iri) == nil) == (after.decisions.of(iri) == nil) {
			continue
		}
		c, err := v.Claim(ctx, iri)
		switch {
		case err != nil:
			return err
		case c == nil:
		case c.IRI == on || c.Source == on:
			e.Claims = append(e.Claims, c)
		default:
			e.Derived = append(e.Derived, c)
		}
	}
	for _, list := range [][]*Claim{e.Claims, e.Derived} {
		slices.SortFunc(list, func(a, b *Claim) int { return cmp.Compare(a.IRI, b.IRI) })
	}
	without := e.After
	if !e.Decision.Retracts {
		without = e.Before
	}
	return e.findEdges(ctx, v, without)
}

// findEdges finds the edges that only the claims of the effect state: what a claim
// denies it does not state.
func (e *Effect) findEdges(ctx context.Context, v, without *View) error {
	seen := map[triple]bool{}
	for _, c := range slices.Concat(e.Claims, e.Derived) {
		if denies(c) {
			continue
		}
		quads, err := v.Asserted(ctx, c)
		if err != nil {
			return err
		}
		for _, q := range quads {
			others, err := without.quads(ctx, quad.Quad{Subject: q.Subject, Predicate: q.Predicate, Object: q.Object})
			if err != nil {
				return err
			}
			if t := tripleOf(q); len(others) == 0 && !seen[t] {
				seen[t] = true
				e.Edges = append(e.Edges, q)
			}
		}
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
