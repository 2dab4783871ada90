package graph

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/figures"
	"kg/schema"
)

// denials are the edges of a graph that sources deny. They are read when they
// are first asked for; views of one state share them.
type denials struct {
	whole cayley.QuadStore
	state *state // with the decisions that join what is denied to what is asserted; nil for a store of Cayley's

	mu    sync.Mutex
	edges map[[2]quad.Value][]denial // by subject and predicate; nil before they are read
	only  map[quad.IRI]bool          // the subjects of which nobody asserts anything
}

// denial is the end of a denied edge, and the claim that denies it.
type denial struct {
	object  quad.Value
	figures string // of an object that is a quantity or a date
	claim   quad.IRI
}

func (d *denials) read(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.edges != nil {
		return nil
	}
	v := newView(d.whole, "", d.state, d, nil)
	if _, err := v.joins.Classes(ctx); err != nil {
		return err
	}
	labels, err := v.denied(ctx)
	if err != nil {
		return err
	}
	edges, subjects := map[[2]quad.Value][]denial{}, map[quad.IRI]bool{}
	denying := map[quad.Value]bool{}
	for _, label := range labels {
		denying[label] = true
		quads, err := v.quads(ctx, quad.Quad{Label: label})
		if err != nil {
			return err
		}
		for _, q := range quads {
			if schema.IRI(iriOf(q.Subject)).Under(iriOf(label)) {
				continue // a figure of the claim
			}
			exact, err := figures.Spell(ctx, v.r, q.Object, figures.Terms)
			if err != nil {
				return err
			}
			key := [2]quad.Value{v.joins.Canonical(q.Subject), q.Predicate}
			edges[key] = append(edges[key], denial{v.joins.Canonical(q.Object), exact, iriOf(label)})
			subjects[iriOf(q.Subject)] = true
		}
	}
	for subject := range subjects {
		asserted := false
		if err := v.each(ctx, quad.Quad{Subject: subject}, func(q quad.Quad) {
			asserted = asserted || isClaim(iriOf(q.Label)) && !denying[q.Label]
		}); err != nil {
			return err
		}
		if asserted {
			delete(subjects, subject)
		}
	}
	d.edges, d.only = edges, subjects
	return nil
}

// isClaim reports whether an IRI has the form of a claim's.
func isClaim(iri quad.IRI) bool {
	_, _, part, ok := schema.IRI(iri).SplitClaim()
	return ok && part == ""
}

// addDenials finds the claims that deny an edge of the evidence, other than its
// own.
func (v *View) addDenials(ctx context.Context, e *Evidence) error {
	if err := v.denials.read(ctx); err != nil || len(v.denials.edges) == 0 {
		return err
	}
	found := map[quad.IRI]*Claim{}
	for _, w := range e.Witnesses {
		for _, q := range w.Quads {
			list := v.denials.edges[[2]quad.Value{v.joins.Canonical(q.Subject), q.Predicate}]
			if len(list) == 0 {
				continue
			}
			exact, err := figures.Spell(ctx, v.r, q.Object, figures.Terms)
			if err != nil {
				return err
			}
			for _, d := range list {
				if d.object != v.joins.Canonical(q.Object) && (exact == "" || exact != d.figures) {
					continue
				}
				if found[d.claim], err = v.Claim(ctx, d.claim); err != nil {
					return err
				}
			}
		}
	}
	if !e.Unasserted { // what states an edge does not deny it
		for _, w := range e.Witnesses {
			for claim := range w.direct {
				delete(found, claim)
			}
		}
	}
	maps.DeleteFunc(found, func(_ quad.IRI, c *Claim) bool { return c == nil })
	e.Denials = byIRI(found)
	heard := map[quad.IRI]bool{}
	for _, c := range e.Denials {
		s, err := v.speaker(ctx, c)
		if err != nil {
			return err
		}
		if one := s.heard[0]; !heard[one] {
			heard[one] = true
			e.Deniers = append(e.Deniers, Speaker{IRI: s.IRI, Name: s.Name})
		}
	}
	slices.SortFunc(e.Deniers, func(a, b Speaker) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

// SomeOnlyDenied reports whether there is a thing of which sources deny edges, and nobody
// asserts any.
func (v *View) SomeOnlyDenied(ctx context.Context) (bool, error) {
	err := v.denials.read(ctx)
	return len(v.denials.only) > 0, err
}

// OnlyDenied reports whether sources deny edges of a thing in a row, and nobody asserts
// any.
func (v *View) OnlyDenied(ctx context.Context, row Row) (bool, error) {
	err := v.denials.read(ctx)
	if len(v.denials.only) == 0 || err != nil {
		return false, err
	}
	if err := row.Read(); err != nil {
		return false, err
	}
	for _, value := range row.All() {
		if v.denials.only[iriOf(value)] {
			return true, nil
		}
	}
	return false, nil
}

// ShowsDenied reports whether the view shows what sources deny, too.
func (v *View) ShowsDenied() bool { return v.qs == v.denials.whole }

// WithDenied returns a view of the whole graph, what sources deny included; nil
// if they deny nothing. It is the same each time.
func (v *View) WithDenied(ctx context.Context) (*View, error) {
	if err := v.denials.read(ctx); err != nil || len(v.denials.edges) == 0 {
		return nil, err
	}
	if v.withDenied == nil {
		v.withDenied = v.beside(v.denials.whole, v.denials, v.names)
		v.withDenied.whole = true
	}
	return v.withDenied, nil
}
