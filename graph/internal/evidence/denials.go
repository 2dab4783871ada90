package evidence

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/decide"
	"kg/graph/internal/figures"
	"kg/graph/internal/joins"
	"kg/graph/internal/read"
	"kg/schema"
)

// Denials are the edges of a graph that sources deny. They are read when they are first
// asked for; views of one state share them.
type Denials struct {
	Whole     cayley.QuadStore  // the graph with the denied edges
	Decisions *decide.Decisions // which join nodes that are denied and asserted; nil for a graph without any

	mu    sync.Mutex
	edges map[[2]quad.Value][]denial // by subject and predicate; nil before they are read
	only  map[quad.IRI]bool          // the subjects that only denied edges have
}

// denial is the object of a denied edge, and the claim that denies it.
type denial struct {
	object  quad.Value
	figures string // of an object that is a quantity or a date
	claim   quad.IRI
}

// DenyingLabels returns the labels of the claims of a graph that deny their edges.
func DenyingLabels(ctx context.Context, r *read.Quads) (labels []quad.Value, err error) {
	err = r.Do(ctx, quad.Quad{Object: schema.Denies.IRI()}, func(q quad.Quad) {
		if q.Predicate == schema.StanceTerm {
			labels = append(labels, q.Subject)
		}
	})
	return labels, err
}

// Any reports whether sources deny any edge.
func (d *Denials) Any(ctx context.Context) (bool, error) {
	err := d.read(ctx)
	return len(d.edges) > 0, err
}

// Only returns the nodes that are the subjects of denied edges, and of no edge that a
// claim asserts.
func (d *Denials) Only(ctx context.Context) (map[quad.IRI]bool, error) {
	err := d.read(ctx)
	return d.only, err
}

func (d *Denials) read(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.edges != nil {
		return nil
	}
	r := read.Of(d.Whole)
	same := &joins.Reader{R: r, Decisions: d.Decisions}
	if _, err := same.Classes(ctx); err != nil {
		return err
	}
	labels, err := DenyingLabels(ctx, r)
	if err != nil {
		return err
	}
	edges, only := map[[2]quad.Value][]denial{}, map[quad.IRI]bool{}
	denying := map[quad.Value]bool{}
	for _, label := range labels {
		denying[label] = true
		quads, err := r.List(ctx, quad.Quad{Label: label})
		if err != nil {
			return err
		}
		for _, q := range quads {
			if schema.IRI(read.IRI(q.Subject)).Under(read.IRI(label)) {
				continue // a figure of the claim
			}
			exact, err := figures.Spell(ctx, r, q.Object, figures.Terms)
			if err != nil {
				return err
			}
			key := [2]quad.Value{same.Canonical(q.Subject), q.Predicate}
			edges[key] = append(edges[key], denial{same.Canonical(q.Object), exact, read.IRI(label)})
			only[read.IRI(q.Subject)] = true
		}
	}
	for subject := range only {
		asserted := false
		if err := r.Do(ctx, quad.Quad{Subject: subject}, func(q quad.Quad) {
			asserted = asserted || schema.IRI(read.IRI(q.Label)).IsClaim() && !denying[q.Label]
		}); err != nil {
			return err
		}
		if asserted {
			delete(only, subject)
		}
	}
	d.edges, d.only = edges, only
	return nil
}

// of returns the claims that deny an edge, by their IRIs; r reads it.
func (d *Denials) of(ctx context.Context, r *Reader, q quad.Quad) (list []quad.IRI, err error) {
	denied := d.edges[[2]quad.Value{r.Joins.Canonical(q.Subject), q.Predicate}]
	if len(denied) == 0 {
		return nil, nil
	}
	exact, err := figures.Spell(ctx, r.R, q.Object, figures.Terms)
	for _, one := range denied {
		if one.object == r.Joins.Canonical(q.Object) || exact != "" && exact == one.figures {
			list = append(list, one.claim)
		}
	}
	return list, err
}

// addDenials adds the claims that deny an edge of the evidence, other than its own.
func (r *Reader) addDenials(ctx context.Context, e *Evidence) error {
	if any, err := r.Denials.Any(ctx); !any || err != nil {
		return err
	}
	found := map[quad.IRI]*claims.Claim{}
	for _, w := range e.Witnesses {
		for _, q := range w.Quads {
			list, err := r.Denials.of(ctx, r, q)
			if err != nil {
				return err
			}
			for _, claim := range list {
				if found[claim], err = r.Claims.Claim(ctx, claim); err != nil {
					return err
				}
			}
		}
	}
	if !e.Unasserted { // a claim that states an edge does not deny it
		for _, w := range e.Witnesses {
			for claim := range w.direct {
				delete(found, claim)
			}
		}
	}
	maps.DeleteFunc(found, func(_ quad.IRI, c *claims.Claim) bool { return c == nil })
	e.Denials = byIRI(found)
	heard := map[quad.IRI]bool{}
	for _, c := range e.Denials {
		s, err := r.speaker(ctx, c)
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
