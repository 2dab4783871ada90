package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/testsize"
	"kg/schema"
)

// plainEffect is what falls, or comes back, found claim by claim and edge by edge.
func plainEffect(t *testing.T, s *graph.Store, e *graph.Effect) (lines []string) {
	t.Helper()
	ctx, on := t.Context(), e.Decision.On
	v := s.WholeView(base).WithRetracted()
	list, err := v.SourceClaims(ctx, on)
	if err != nil {
		t.Fatal(err)
	}
	candidates := []quad.IRI{on}
	for _, c := range list {
		candidates = append(candidates, c.IRI)
	}
	for q, err := range v.Each(ctx, quad.Quad{Predicate: schema.DerivedFrom}) {
		if err != nil {
			t.Fatal(err)
		}
		if claim, _ := q.Subject.(quad.IRI); !schema.IRI(claim).Under(on) {
			candidates = append(candidates, claim)
		}
	}
	slices.Sort(candidates)
	var claims, derived []*graph.Claim
	for _, iri := range slices.Compact(candidates) {
		if (e.Before.Retraction(iri) == nil) == (e.After.Retraction(iri) == nil) {
			continue
		}
		c, err := v.Claim(ctx, iri)
		switch {
		case err != nil:
			t.Fatal(err)
		case c == nil:
		case iri == on || c.Source == on:
			claims = append(claims, c)
		default:
			derived = append(derived, c)
		}
	}
	without := e.After
	if !e.Decision.Retracts {
		without = e.Before
	}
	all, seen := slices.Concat(claims, derived), map[string]bool{}
	for i, c := range all {
		lines = append(lines, fmt.Sprint(i >= len(claims), c.IRI, c.Says))
	}
	for _, c := range all {
		quads, err := v.Asserted(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range quads {
			key, others := fmt.Sprint(q.Subject, q.Predicate, q.Object), false
			for range without.Each(ctx, quad.Quad{Subject: q.Subject, Predicate: q.Predicate, Object: q.Object}) {
				others = true
			}
			if c.Stance != schema.Denies && !others && !seen[key] {
				seen[key] = true
				lines = append(lines, fmt.Sprint(q))
			}
		}
	}
	return lines
}

// What falls by numbers is what falls claim by claim: of random claims that share
// edges, deny them, are derived from one another and lack what claims have, in a large
// graph, in which edges are looked up, and in a small one, which is gone through.
func TestEffectAgainstPlain(t *testing.T) {
	t.Parallel()
	for seed := range testsize.Of[uint64](2, 6) {
		r := rand.New(rand.NewPCG(seed, 5))
		of := scratch(t, lent, told)
		if seed%3 == 0 {
			of = scratch(t, bundled(t)...)
		}
		quads, foreign := someClaims(r), quad.IRI("https://e.x/g")
		for _, q := range slices.Clone(quads) {
			source, claim, part, _ := schema.IRI(q.Subject.(quad.IRI)).SplitClaim()
			if part != "" {
				continue
			}
			end := func() quad.IRI {
				if r.IntN(6) == 0 {
					return claim + "/figure"
				}
				return quad.IRI(fmt.Sprintf("https://e.x/n%d", r.IntN(4)))
			}
			quads = append(quads, quad.Quad{Subject: end(), Predicate: quad.IRI(fmt.Sprintf("https://e.x/p%d", r.IntN(2))), Object: end(), Label: claim})
			add := func(odds int, predicate quad.IRI, object quad.Value) {
				if r.IntN(20) < odds {
					quads = append(quads, quad.Quad{Subject: claim, Predicate: predicate, Object: object, Label: source})
				}
			}
			add(1, schema.StanceTerm, schema.Denies.IRI())
			add(1, schema.StanceTerm, schema.Asserts.IRI())
			add(8, schema.Comment, quad.String(fmt.Sprint("says ", r.IntN(3))))
			add(2, schema.DerivedFrom, quads[r.IntN(len(quads))].Subject)
			add(2, schema.DerivedFrom, foreign)
			if other, _, _, ok := schema.IRI(source + "/claim/x").SplitClaim(); ok {
				add(1, schema.Type, schema.ClaimClass)
				quads = append(quads, quad.Quad{Subject: other, Predicate: schema.Type, Object: schema.SourceClass, Label: other})
			}
		}
		quads = append(quads, quad.Quad{Subject: foreign, Predicate: quad.IRI("https://e.x/p0"), Object: foreign, Label: foreign})
		s := writable(t, storeOf(t, slices.Concat(quadsOf(t, of), quads)))
		fell := 0
		for range 10 {
			on := base.Source([]string{"a", "b", "c", "lent", "told"}[r.IntN(5)])
			switch r.IntN(5) {
			case 0, 1:
				on = quads[r.IntN(len(quads))].Subject.(quad.IRI)
			case 2:
				on = foreign
			}
			do := s.Retract
			if s.View(base).Retraction(on) != nil {
				do = s.Restore
			}
			o := options("withdrawn")
			o.DryRun = true
			e, err := do(t.Context(), on, o)
			if err != nil {
				continue // no claim, or one that falls with another
			}
			var got []string
			for i, list := range [][]graph.Found{e.Claims, e.Derived} {
				for _, c := range list {
					got = append(got, fmt.Sprint(i == 1, c.IRI, c.Name))
				}
			}
			for _, q := range e.Edges {
				got = append(got, fmt.Sprint(q))
			}
			equal(t, fmt.Sprint(seed, " ", on), got, plainEffect(t, s, e))
			fell += len(e.Edges)
			if o.DryRun = false; r.IntN(2) == 0 {
				if _, err := do(t.Context(), on, o); err != nil {
					t.Fatal(err)
				}
			}
		}
		if fell == 0 {
			t.Errorf("seed %d: no edge falls", seed)
		}
	}
}
