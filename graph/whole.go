package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
)

// ErrTooManyQuads is the error of asking for more quads at once than allowed.
var ErrTooManyQuads = claims.ErrTooMany

// QuadsOf collects what is said of a node, in either direction, and of the claims
// that say it: their record, and the figures they bring along. Of a claim it is
// its record and its edges. More than most are ErrTooManyQuads.
func (v *View) QuadsOf(ctx context.Context, node quad.IRI, most int) ([]quad.Quad, error) {
	return claims.QuadsOf(ctx, v.r, node, most)
}

// QuadsOfClaims collects the records of claims and their edges.
func (v *View) QuadsOfClaims(ctx context.Context, list []*Claim, most int) ([]quad.Quad, error) {
	return claims.Quads(ctx, v.r, func(yield func(quad.IRI) bool) {
		for _, c := range list {
			if !yield(c.IRI) {
				return
			}
		}
	}, most)
}
