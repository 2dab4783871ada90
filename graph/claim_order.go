package graph

import (
	"cmp"
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
)

// ClaimOrder is the claims of a source in the order of its text: by where they begin
// and end, then by their IRIs. Those that stand in no text come last. It has numbers
// for them, some four bytes each, and reads no sentence.
type ClaimOrder struct {
	// Speakers is how many different ones the claims have.
	Speakers int

	order *claims.TextOrder
}

// ClaimOrder puts the claims that SourceClaims lists in order, without reading them.
func (v *View) ClaimOrder(ctx context.Context, source quad.IRI) (*ClaimOrder, error) {
	o, err := claims.InOrder(ctx, v.r, source)
	if err != nil {
		return nil, err
	}
	return &ClaimOrder{o.Speakers, o}, nil
}

// Len is how many claims there are.
func (o *ClaimOrder) Len() int { return o.order.Len() }

// Fits reports whether the order has the numbers that a view has. After a change of
// the graph it may not.
func (o *ClaimOrder) Fits(v *View) bool { return o.order.Fits(v.r) }

// Part is the claims from one place in the order up to another.
func (o *ClaimOrder) Part(v *View, from, to int) ([]quad.IRI, error) {
	return o.order.Part(v.r, from, to)
}

// Index is where a claim stands in the order, -1 if it does not.
func (o *ClaimOrder) Index(v *View, claim quad.IRI) (int, error) { return o.order.Index(v.r, claim) }

// Compare orders claims of a source as ClaimOrder does.
func (c *Claim) Compare(d *Claim) int {
	spot := func(c *Claim) claims.TextPosition {
		return claims.TextPosition{Nowhere: c.Paragraph == 0, Start: c.Start, End: c.End}
	}
	return cmp.Or(spot(c).Compare(spot(d)), cmp.Compare(c.IRI, d.IRI))
}

// CountClaims counts what SourceClaims lists, of every source that has a claim. A
// claim that names who read the source so, as all of claims files do, is not read.
func (v *View) CountClaims(ctx context.Context) (map[quad.IRI]int, error) {
	return claims.Count(ctx, v.r)
}
