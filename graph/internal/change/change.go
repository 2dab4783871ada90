// Package change works out what a decision, a removal or a replacement changes in a graph,
// and refuses what contradicts the graph. It writes nothing: package graph commits the
// deltas.
package change

import (
	"context"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/decide"
	"kg/graph/internal/find"
	"kg/graph/internal/read"
	"kg/internal/strict"
	"kg/schema"
)

// Graph is a graph with all that a store has: what sources deny, what is retracted, and
// the decisions.
type Graph struct {
	R         *read.Quads
	Decisions *decide.Decisions
	Base      schema.Base
}

// The kinds of what can be retracted.
const (
	Source  = "source"
	Claim   = "claim"
	Foreign = "graph" // the label of another graph
)

// Kind returns the kind of an IRI that can be retracted. An IRI that cannot is a
// *decide.ConflictError, an unknown one a *find.UnknownError.
func (g *Graph) Kind(ctx context.Context, iri quad.IRI) (string, error) {
	isSource, err := g.HasSource(ctx, iri)
	if isSource || err != nil {
		return Source, err
	}
	c, err := claims.Read(ctx, g.R, iri)
	if c != nil || err != nil {
		return Claim, err
	}
	labels := false
	for q, err := range g.R.Each(ctx, quad.Quad{Label: iri}) {
		if err != nil {
			return "", err
		}
		if label, decision := schema.IRI(read.IRI(q.Subject)).DecisionLabel(); decision && label == iri {
			return "", g.refuse("%s is the label of decisions, which are undone by other ones", iri)
		}
		labels = true
		break
	}
	switch {
	case iri == schema.OntologyIRI:
		return "", g.refuse("the ontology is no statement of a source, and cannot be retracted or removed")
	case labels:
		return Foreign, nil
	}
	return "", &find.UnknownError{Msg: strict.Sprintf("%s is no source, claim or label in this store: kg query sources lists the sources", g.Base.Short(iri))}
}

// HasSource reports whether the graph has a source, and not only what other sources say
// of it.
func (g *Graph) HasSource(ctx context.Context, iri quad.IRI) (bool, error) {
	return g.R.Any(ctx, quad.Quad{Subject: iri, Predicate: schema.Type, Object: schema.SourceClass, Label: iri})
}

// refuse returns a *decide.ConflictError about IRIs, which the message names in their
// short forms.
func (g *Graph) refuse(message string, about ...quad.IRI) error {
	var short []any
	for _, iri := range about {
		short = append(short, g.Base.Short(iri))
	}
	return &decide.ConflictError{Msg: fmt.Sprintf(message, short...)}
}

// Deltas returns the quads as deltas of one action.
func Deltas(action cayley.Procedure, quads []quad.Quad) []cayley.Delta {
	deltas := make([]cayley.Delta, len(quads))
	for i, q := range quads {
		deltas[i] = cayley.Delta{Quad: q, Action: action}
	}
	return deltas
}
