package graph

import (
	"context"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/decide"
	"kg/graph/internal/store"
	"kg/schema"
)

// PartOptions say what part of a store is to be shared.
type PartOptions struct {
	Base         schema.Base
	Sources      []quad.IRI // with their claims and the background that these need; none are all
	WithoutNotes bool       // leave out the annotators' notes
	Redact       quad.IRI   // a person whose name must not leave; empty for nobody
	RedactAuthor string     // the name of who decided something, if that is nobody in the graph
}

// Part makes a store in memory of a part of this one, for Export and the others. A name
// that cannot be redacted wholly is a *TraceError. stood is how often the name stood in
// the objects of a relation, or, under an empty one, in IRIs.
func (s *Store) Part(ctx context.Context, o PartOptions) (shared *Store, stood map[quad.IRI]int, err error) {
	v := s.WholeView(o.Base).WithRetracted()
	var quads []quad.Quad
	err = s.bySubject(ctx, ExportOptions{}, func(of []quad.Quad) error {
		for _, q := range of {
			if !o.WithoutNotes || q.Predicate != schema.Note {
				quads = append(quads, q)
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if len(o.Sources) > 0 {
		if quads, err = v.ofSources(ctx, quads, o.Sources); err != nil {
			return nil, nil, err
		}
	}
	if o.Redact != "" || o.RedactAuthor != "" {
		if quads, stood, err = v.redact(ctx, quads, o.Redact, o.RedactAuthor); err != nil {
			return nil, nil, err
		}
	}
	deltas := make([]cayley.Delta, len(quads))
	for i, q := range quads {
		deltas[i] = cayley.Delta{Quad: q, Action: cayley.Add}
	}
	part := store.Scratch()
	if err := part.ApplyDeltas(deltas, cayley.IgnoreOpts{IgnoreDup: true}); err != nil {
		return nil, nil, err
	}
	shared, err = newStore(part)
	if err == nil {
		shared.naming = s.naming
	}
	return shared, stood, err
}

// ofSources are the quads of some sources and their claims, the ontology, the decisions
// about these, and the background that they need: what a store would have that never
// loaded other sources.
func (v *View) ofSources(ctx context.Context, quads []quad.Quad, sources []quad.IRI) ([]quad.Quad, error) {
	labels := map[quad.Value]bool{schema.OntologyIRI: true}
	for _, source := range sources {
		labels[source] = true
		claims, err := decide.ClaimsOf(ctx, v.r, source)
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
		source, _, _, ofClaim := schema.SplitClaim(iriOf(q.Label))
		switch {
		case labels[q.Label]:
			if kept = append(kept, q); q.Label != schema.OntologyIRI {
				spoken[q.Subject], spoken[q.Object] = true, true
			}
		case schema.IsBackground(iriOf(q.Label)), ofClaim && schema.IsBackground(source):
			known = append(known, q)
		default:
			decided = append(decided, q)
		}
	}
	kept = append(kept, backgroundOf(known, spoken)...)
	return append(kept, decisionsOn(decided, kept)...), nil
}

// backgroundOf are the quads of what every reader knows of what is spoken of, and what
// that leads to.
func backgroundOf(known []quad.Quad, spoken map[quad.Value]bool) (kept []quad.Quad) {
	claims := map[quad.Value]bool{}
	for before := -1; before < len(claims); {
		before = len(claims)
		for _, q := range known {
			if _, claim, part, ok := schema.SplitClaim(iriOf(q.Label)); ok && part == "" && spoken[q.Subject] {
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
		_, claim, _, ok := schema.SplitClaim(iriOf(q.Subject))
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
	_, _, _, ok := schema.SplitClaim(iriOf(label))
	return ok
}

// decisionsOn are the quads of decisions on what is kept.
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
		if _, ok := schema.DecisionLabel(iriOf(q.Subject)); ok && decisions[q.Subject] {
			list = append(list, q)
		}
	}
	return list
}
