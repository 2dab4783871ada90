package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/evidence"
	"kg/schema"
)

type (
	// Answer is a row of a query that is to be explained: the values of its columns and,
	// added one by one, the ways to it.
	Answer = evidence.Answer
	// Evidence is the reasons for an answer.
	Evidence = evidence.Evidence
	// Witness is a minimal set of edges that suffices for an answer.
	Witness = evidence.Witness
	// Speaker is somebody whose words an answer rests on, or who denies it.
	Speaker = evidence.Speaker
	// Sureness says how sure a speaker is of some cells of an answer.
	Sureness = evidence.Sureness
	// Origins are the independent origins of some claims.
	Origins = evidence.Origins
)

// Evidence finds the evidence of an answer: its minimal witnesses, the claims that label
// their edges, the speakers and how sure they are, and who denies it. A claim that is an
// end of an edge is evidence itself.
func (v *View) Evidence(ctx context.Context, a *Answer) (*Evidence, error) {
	return v.evidence.Evidence(ctx, a)
}

// EdgeEvidence returns the evidence of one edge.
func (v *View) EdgeEvidence(ctx context.Context, q quad.Quad) (*Evidence, error) {
	return v.evidence.OfEdge(ctx, q)
}

// ClaimEvidence returns the evidence of what a claim says: the claim itself.
func (v *View) ClaimEvidence(ctx context.Context, c *Claim) (*Evidence, error) {
	return v.evidence.OfEdge(ctx, quad.Quad{Subject: c.IRI, Predicate: schema.Type, Object: schema.ClaimClass, Label: c.Source})
}

// AddOrigins adds a claim to all and, if it is derived, those it follows from.
func (v *View) AddOrigins(ctx context.Context, all map[quad.IRI]*Claim, c *Claim) error {
	return v.claims.AddOrigins(ctx, all, c)
}

// AddJoins adds the joins of some nodes to the evidence, and who made them.
func (v *View) AddJoins(ctx context.Context, e *Evidence, nodes map[quad.IRI]bool) error {
	return v.evidence.AddJoins(ctx, e, nodes)
}

// Origins counts the independent origins of claims.
func (v *View) Origins(ctx context.Context, claims []*Claim) (Origins, error) {
	return v.evidence.Origins(ctx, claims)
}
