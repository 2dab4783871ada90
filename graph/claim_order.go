package graph

import (
	"cmp"
	"context"
	"slices"
	"weak"

	"github.com/cayleygraph/quad"

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
	r := &ordering{v: v, Columns: read.Columns{Ctx: ctx, IDs: ids}, speakers: map[term.ID]bool{}, iris: read.IRIs{}, numbers: map[term.ID]int{}}
	candidates, err := r.Subjects(schema.FromSource, source)
	if err == nil {
		err = r.order(candidates)
	}
	if err != nil {
		return nil, err
	}
	if err := r.sort(); err != nil {
		return nil, err
	}
	o = &ClaimOrder{of: weak.Make(ids.Numbering()), claims: make([]term.ID, len(r.spots)), Speakers: len(r.speakers)}
	for i, c := range r.spots {
		o.claims[i] = c.id
	}
	return o, nil
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
	return cmp.Or(compareSpots(spotOf(0, c), spotOf(0, d)), cmp.Compare(c.IRI, d.IRI))
}

// spot is a claim and where it stands.
type spot struct {
	id         term.ID
	nowhere    bool
	start, end int
}

func spotOf(id term.ID, c *Claim) spot {
	return spot{id: id, nowhere: c.Paragraph == 0, start: c.Start, end: c.End}
}

func compareSpots(a, b spot) int {
	switch {
	case a.nowhere && !b.nowhere:
		return 1
	case b.nowhere && !a.nowhere:
		return -1
	}
	return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
}
