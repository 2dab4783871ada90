// Package share selects the part of a graph's quads that may be shared: the statements of
// some sources, with a person's name redacted.
package share

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/decide"
	"kg/graph/internal/read"
	"kg/schema"
)

// OfSources returns the quads of some sources and their claims, the ontology, the
// decisions about these, and the background that they need: the contents of a store that
// never loaded other sources.
func OfSources(ctx context.Context, r *read.Quads, quads []quad.Quad, sources []quad.IRI) ([]quad.Quad, error) {
	labels := map[quad.Value]bool{schema.OntologyIRI: true}
	for _, source := range sources {
		labels[source] = true
		claims, err := decide.ClaimsOf(ctx, r, source)
		if err != nil {
			return nil, err
		}
		for _, claim := range claims {
			labels[claim] = true
		}
	}
	var kept, known, decided []quad.Quad
	spoken := map[quad.Value]bool{}
	for _, q := range quads {
		source, _, _, ofClaim := schema.IRI(read.IRI(q.Label)).SplitClaim()
		switch {
		case labels[q.Label]:
			if kept = append(kept, q); q.Label != schema.OntologyIRI {
				spoken[q.Subject], spoken[q.Object] = true, true
			}
		case schema.IRI(read.IRI(q.Label)).IsBackground(), ofClaim && schema.IRI(source).IsBackground():
			known = append(known, q)
		default:
			decided = append(decided, q)
		}
	}
	kept = append(kept, backgroundOf(known, spoken)...)
	return append(kept, decisionsOn(decided, kept)...), nil
}

// backgroundOf returns the quads of the background claims about the mentioned entities,
// and about the ends of these claims.
func backgroundOf(known []quad.Quad, spoken map[quad.Value]bool) (kept []quad.Quad) {
	claims := map[quad.Value]bool{}
	for before := -1; before < len(claims); {
		before = len(claims)
		for _, q := range known {
			if _, claim, part, ok := schema.IRI(read.IRI(q.Label)).SplitClaim(); ok && part == "" && spoken[q.Subject] {
				claims[claim] = true
			}
			if claims[q.Label] {
				spoken[q.Object] = true
			}
		}
	}
	if len(claims) == 0 {
		return nil
	}
	record := func(q quad.Quad) bool {
		_, claim, _, ok := schema.IRI(read.IRI(q.Subject)).SplitClaim()
		return q.Subject == q.Label || ok && claims[claim]
	}
	for _, q := range known {
		if record(q) {
			spoken[q.Object] = true
		}
	}
	for _, q := range known {
		if claims[q.Label] || !isClaimLabel(q.Label) && (record(q) || spoken[q.Subject]) {
			kept = append(kept, q)
		}
	}
	return kept
}

func isClaimLabel(label quad.Value) bool {
	_, _, _, ok := schema.IRI(read.IRI(label)).SplitClaim()
	return ok
}

// decisionsOn returns the quads of decisions on the kept quads.
func decisionsOn(others, kept []quad.Quad) (list []quad.Quad) {
	there, decisions := map[quad.Value]bool{}, map[quad.Value]bool{}
	for _, q := range kept {
		there[q.Label] = true
	}
	for _, q := range others {
		if q.Predicate == schema.DecisionOn && there[q.Object] {
			decisions[q.Subject] = true
		}
	}
	for _, q := range others {
		if _, ok := schema.IRI(read.IRI(q.Subject)).DecisionLabel(); ok && decisions[q.Subject] {
			list = append(list, q)
		}
	}
	return list
}
