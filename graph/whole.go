package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
)

// ErrTooManyQuads is the error of asking for more quads at once than allowed.
var ErrTooManyQuads = claims.ErrTooMany

// QuadsOf returns the quads of a node, in either direction, and of the claims that state
// them: the records of the claims, and their figures. Of a claim it returns its record
// and its edges. More than most quads are ErrTooManyQuads.
func (v *View) QuadsOf(ctx context.Context, node quad.IRI, most int) ([]quad.Quad, error) {
	return claims.QuadsOf(ctx, v.r, node, most)
}

// QuadsOfClaims returns the records of claims and their edges.
func (v *View) QuadsOfClaims(ctx context.Context, list []*Claim, most int) ([]quad.Quad, error) {
	return claims.Quads(ctx, v.r, func(yield func(quad.IRI) bool) {
		for _, c := range list {
			if !yield(c.IRI) {
				return
			}
		}
	}, most)
}
