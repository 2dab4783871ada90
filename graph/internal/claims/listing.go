package claims

import (
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

// TextOrder is the claims of a source in the order of its text: by where they begin
// and end, then by their IRIs. Those that stand in no text come last. It has numbers
// for them, some four bytes each, and reads no sentence.
type TextOrder struct {
	// Speakers is how many different ones the claims have.
	Speakers int

	claims []term.ID
	listed []quad.IRI // of a store of Cayley's
	of     weak.Pointer[plan.Numbering]
}

// Len is how many claims there are.
func (o *TextOrder) Len() int { return len(o.claims) + len(o.listed) }

// Fits reports whether the order has the numbers that a reader has. After a change of
// the graph it may not.
func (o *TextOrder) Fits(r *read.Quads) bool {
	qs, ok := r.QS.(*store.QuadStore)
	if !ok {
		return o.of == weak.Pointer[plan.Numbering]{}
	}
	ids, err := qs.IDs()
	return err == nil && weak.Make(ids.Numbering()) == o.of
}

// Part returns the claims from one position of the order up to another.
func (o *TextOrder) Part(r *read.Quads, from, to int) (list []quad.IRI, err error) {
	defer snapshot.Catch(&err)
	if from, to = max(0, from), min(to, o.Len()); from >= to {
		return nil, nil
	}
	qs, ok := r.QS.(*store.QuadStore)
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
		list = append(list, read.IRI(value))
	}
	return list, nil
}

// Index is where a claim stands in the order, -1 if it does not.
func (o *TextOrder) Index(r *read.Quads, claim quad.IRI) (at int, err error) {
	defer snapshot.Catch(&err)
	qs, ok := r.QS.(*store.QuadStore)
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

// InOrder puts the claims of a source in order, without reading them where the store
// has numbers.
func InOrder(ctx context.Context, r *read.Quads, source quad.IRI) (o *TextOrder, err error) {
	defer snapshot.Catch(&err)
	if _, ok := r.QS.(*store.QuadStore); !ok {
		return listed(ctx, r, source)
	}
	c, err := r.Columns(ctx)
	if err != nil {
		return nil, err
	}
	list, speakers, err := NewReader(c, r).order(source)
	if err != nil {
		return nil, err
	}
	return &TextOrder{of: weak.Make(c.IDs.Numbering()), claims: list, Speakers: speakers}, nil
}

// listed is the order of claims that are read.
func listed(ctx context.Context, r *read.Quads, source quad.IRI) (*TextOrder, error) {
	claims, err := NewCache(r, nil).OfSource(ctx, source)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(claims, (*Claim).Compare)
	o, speakers := &TextOrder{}, map[quad.IRI]bool{}
	for _, c := range claims {
		o.listed = append(o.listed, c.IRI)
		if c.Speaker != "" {
			speakers[c.Speaker] = true
		}
	}
	o.Speakers = len(speakers)
	return o, nil
}

// Count returns the number of claims of every source that has one. A claim that names its
// annotator, as all of claims files do, is not read.
func Count(ctx context.Context, r *read.Quads) (counts map[quad.IRI]int, err error) {
	defer snapshot.Catch(&err)
	if _, ok := r.QS.(*store.QuadStore); ok {
		c, err := r.Columns(ctx)
		if err != nil {
			return nil, err
		}
		return NewReader(c, r).count()
	}
	counts = map[quad.IRI]int{}
	sources, err := r.List(ctx, quad.Quad{Predicate: schema.FromSource})
	for _, q := range sources {
		if source := read.IRI(q.Object); counts[source] == 0 {
			claims, err := NewCache(r, nil).OfSource(ctx, source)
			if err != nil {
				return nil, err
			}
			counts[source] = len(claims)
		}
	}
	return counts, err
}
