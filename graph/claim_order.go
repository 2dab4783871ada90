package graph

import (
	"cmp"
	"context"
	"slices"
	"weak"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// ClaimOrder is the claims of a source in the order of its text: by where they begin
// and end, then by their IRIs. Those that stand in no text come last. It has numbers
// for them, some four bytes each, and reads no sentence.
type ClaimOrder struct {
	// Speakers is how many different ones the claims have.
	Speakers int

	claims []term.ID
	listed []quad.IRI // of a store of Cayley's
	of     weak.Pointer[plan.Numbering]
}

// Len is how many claims there are.
func (o *ClaimOrder) Len() int { return len(o.claims) + len(o.listed) }

// Fits reports whether the order has the numbers that a view has. After a change of
// the graph it may not.
func (o *ClaimOrder) Fits(v *View) bool {
	qs, ok := v.qs.(*store.QuadStore)
	if !ok {
		return o.of == weak.Pointer[plan.Numbering]{}
	}
	ids, err := qs.IDs()
	return err == nil && weak.Make(ids.Numbering()) == o.of
}

// Part is the claims from one place in the order up to another.
func (o *ClaimOrder) Part(v *View, from, to int) (list []quad.IRI, err error) {
	defer snapshot.Catch(&err)
	if from, to = max(0, from), min(to, o.Len()); from >= to {
		return nil, nil
	}
	qs, ok := v.qs.(*store.QuadStore)
	if !ok {
		return o.listed[from:to], nil
	}
	ids, err := qs.IDs()
	if err != nil {
		return nil, err
	}
	for _, id := range o.claims[from:to] {
		value, err := ids.Value(id)
		if err != nil {
			return nil, err
		}
		list = append(list, iriOf(value))
	}
	return list, nil
}

// Index is where a claim stands in the order, -1 if it does not.
func (o *ClaimOrder) Index(v *View, claim quad.IRI) (at int, err error) {
	defer snapshot.Catch(&err)
	qs, ok := v.qs.(*store.QuadStore)
	if !ok {
		return slices.Index(o.listed, claim), nil
	}
	ids, err := qs.IDs()
	if err != nil {
		return -1, err
	}
	id, err := ids.Find(claim)
	if err != nil || id == term.None {
		return -1, err
	}
	return slices.Index(o.claims, id), nil
}

// ClaimOrder puts the claims that SourceClaims lists in order, without reading them.
func (v *View) ClaimOrder(ctx context.Context, source quad.IRI) (o *ClaimOrder, err error) {
	defer snapshot.Catch(&err)
	qs, ok := v.qs.(*store.QuadStore)
	if !ok {
		return v.listedOrder(ctx, source)
	}
	ids, err := qs.IDs()
	if err != nil {
		return nil, err
	}
	list, speakers, err := v.claimReader(ctx, ids).Order(source)
	if err != nil {
		return nil, err
	}
	return &ClaimOrder{of: weak.Make(ids.Numbering()), claims: list, Speakers: speakers}, nil
}

func (v *View) listedOrder(ctx context.Context, source quad.IRI) (*ClaimOrder, error) {
	claims, err := v.SourceClaims(ctx, source)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(claims, (*Claim).Compare)
	o, speakers := &ClaimOrder{}, map[quad.IRI]bool{}
	for _, c := range claims {
		o.listed = append(o.listed, c.IRI)
		if c.Speaker != "" {
			speakers[c.Speaker] = true
		}
	}
	o.Speakers = len(speakers)
	return o, nil
}

// Compare orders claims of a source as ClaimOrder does.
func (c *Claim) Compare(d *Claim) int {
	return cmp.Or(c.spot().Compare(d.spot()), cmp.Compare(c.IRI, d.IRI))
}

func (c *Claim) spot() claims.Spot {
	return claims.Spot{Nowhere: c.Paragraph == 0, Start: c.Start, End: c.End}
}

// claimReader reads many claims by the numbers of terms.
func (v *View) claimReader(ctx context.Context, ids *store.IDs) *claims.Reader {
	return claims.NewReader(read.Columns{Ctx: ctx, IDs: ids}, v.claimAlone)
}

// claimAlone reads what a claims.Reader does not read by the column.
func (v *View) claimAlone(ctx context.Context, iri quad.IRI) (*claims.Claim, error) {
	c, err := v.readClaim(ctx, iri)
	if c == nil || err != nil {
		return nil, err
	}
	return &claims.Claim{IRI: iri, Source: c.Source, Speaker: c.Speaker, Says: c.Says, Denies: denies(c), Spot: c.spot()}, nil
}

// CountClaims counts what SourceClaims lists, of every source that has a claim. A
// claim that names who read the source so, as all of claims files do, is not read.
func (v *View) CountClaims(ctx context.Context) (counts map[quad.IRI]int, err error) {
	defer snapshot.Catch(&err)
	qs, ok := v.qs.(*store.QuadStore)
	if !ok {
		return v.countListed(ctx)
	}
	ids, err := qs.IDs()
	if err != nil {
		return nil, err
	}
	return v.claimReader(ctx, ids).Count()
}

func (v *View) countListed(ctx context.Context) (map[quad.IRI]int, error) {
	counts := map[quad.IRI]int{}
	sources, err := v.quads(ctx, quad.Quad{Predicate: schema.FromSource})
	for _, q := range sources {
		if source := iriOf(q.Object); counts[source] == 0 {
			claims, err := v.SourceClaims(ctx, source)
			if err != nil {
				return nil, err
			}
			counts[source] = len(claims)
		}
	}
	return counts, err
}
