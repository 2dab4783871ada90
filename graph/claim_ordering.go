package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// ordering reads where claims stand. What claims files write of a claim is read by
// numbers; a claim with more or less than that is read as Claim reads it.
type ordering struct {
	v *View
	read.Columns
	iris     read.IRIs
	speakers map[term.ID]bool
	numbers  map[term.ID]int // of integers
	spots    []spot
}

// claimsOf leaves in what is of the class of claims and splits it: those that name who
// read them are claims as they are, the others have to be read.
func claimsOf(c *read.Columns, candidates []term.ID, known read.IRIs) (sure, unsure []term.ID, err error) {
	kinds, err := c.Subjects(schema.Type, schema.ClaimClass)
	if err != nil {
		return nil, nil, err
	}
	by, err := c.Read(candidates, schema.AnnotatedBy)
	if err != nil {
		return nil, nil, err
	}
	at := 0
	for i, id := range candidates {
		at = read.Seek(kinds, at, id)
		if at == len(kinds) || kinds[at] != id {
			continue
		}
		is, err := known.Is(c.IDs, by.Of[i])
		if err != nil {
			return nil, nil, err
		}
		if is && !by.Several[i] {
			sure = append(sure, id)
		} else {
			unsure = append(unsure, id)
		}
	}
	return sure, unsure, nil
}

// order places the claims among candidates.
func (r *ordering) order(candidates []term.ID) error {
	sure, unsure, err := claimsOf(&r.Columns, candidates, r.iris)
	if err != nil {
		return err
	}
	odd, err := r.places(sure)
	if err != nil {
		return err
	}
	for _, id := range slices.Concat(unsure, odd) {
		c, err := r.v.readClaimOf(r.Ctx, r.IDs, id)
		if err != nil {
			return err
		}
		if c != nil {
			r.spots = append(r.spots, spotOf(id, c))
			speaker, err := r.IDs.Find(c.Speaker)
			if err != nil {
				return err
			}
			r.speakers[speaker] = true
		}
	}
	delete(r.speakers, term.None)
	return nil
}

// places places claims that have one speaker and at most one place, and gives back
// the others.
func (r *ordering) places(claims []term.ID) (odd []term.ID, err error) {
	var had [6]read.Column
	of := [...]struct {
		predicate quad.IRI
		by        int // the column with the subjects, -1 for the claims
	}{{schema.Speaker, -1}, {schema.HasTarget, -1}, {schema.HasSelector, 1}, {schema.Start, 2}, {schema.End, 2}, {schema.Paragraph, 2}}
	for i, one := range of {
		subjects := claims
		if one.by >= 0 {
			subjects = had[one.by].Of
		}
		if had[i], err = r.Read(subjects, one.predicate); err != nil {
			return nil, err
		}
	}
	for i, id := range claims {
		speaker, target, selector, paragraph := had[0].Of[i], had[1].Of[i], had[2].Of[i], had[5].Of[i]
		single := !slices.ContainsFunc(had[:], func(c read.Column) bool { return c.Several[i] })
		spoken, err := r.iris.Is(r.IDs, speaker)
		if err != nil {
			return nil, err
		}
		if !single || !spoken || target != term.None && (selector == term.None || paragraph == term.None) {
			odd = append(odd, id) // a row of a table has no paragraph
			continue
		}
		r.speakers[speaker] = true
		p := spot{id: id}
		for _, one := range []struct {
			to *int
			of term.ID
		}{{&p.start, had[3].Of[i]}, {&p.end, had[4].Of[i]}} {
			if *one.to, err = r.number(one.of); err != nil {
				return nil, err
			}
		}
		number, err := r.number(paragraph)
		if err != nil {
			return nil, err
		}
		p.nowhere = number == 0
		r.spots = append(r.spots, p)
	}
	return odd, nil
}

// number is an integer's, 0 for another term.
func (r *ordering) number(id term.ID) (int, error) {
	n, known := r.numbers[id]
	if known || id == term.None {
		return n, nil
	}
	value, err := r.IDs.Value(id)
	if i, is := value.(quad.Int); is {
		n = int(i)
	}
	if len(r.numbers) < numbersKept {
		r.numbers[id] = n
	}
	return n, err
}

// numbersKept is how many integers are remembered.
const numbersKept = 1 << 16

// sort puts the claims in order. The IRIs of those in one place are read, each once.
func (r *ordering) sort() error {
	slices.SortFunc(r.spots, compareSpots)
	for from, to := 0, 0; from < len(r.spots); from = to {
		for to = from + 1; to < len(r.spots) && compareSpots(r.spots[from], r.spots[to]) == 0; {
			to++
		}
		if to == from+1 {
			continue
		}
		if err := r.sortByIRI(r.spots[from:to]); err != nil {
			return err
		}
	}
	return r.Ctx.Err()
}

func (r *ordering) sortByIRI(spots []spot) error {
	type named struct {
		iri quad.IRI
		spot
	}
	list := make([]named, len(spots))
	for i, s := range spots {
		value, err := r.IDs.Value(s.id)
		if err != nil {
			return err
		}
		list[i] = named{iriOf(value), s}
	}
	slices.SortFunc(list, func(a, b named) int { return cmp.Compare(a.iri, b.iri) })
	for i, n := range list {
		spots[i] = n.spot
	}
	return nil
}

// readClaimOf reads a claim by its number, nil for what is none.
func (v *View) readClaimOf(ctx context.Context, ids *store.IDs, id term.ID) (*Claim, error) {
	value, err := ids.Value(id)
	if err != nil || iriOf(value) == "" {
		return nil, err
	}
	return v.readClaim(ctx, iriOf(value))
}

// CountClaims counts what SourceClaims lists, of every source that has a claim. A
// claim that names who read the source so, as all of claims files do, is not read.
func (v *View) CountClaims(ctx context.Context) (counts map[quad.IRI]int, err error) {
	defer snapshot.Catch(&err)
	counts = map[quad.IRI]int{}
	qs, ok := v.qs.(*store.QuadStore)
	if !ok {
		return counts, v.countListed(ctx, counts)
	}
	ids, err := qs.IDs()
	if err != nil {
		return nil, err
	}
	c := &read.Columns{Ctx: ctx, IDs: ids}
	all, err := c.Subjects(schema.Type, schema.ClaimClass)
	if err != nil {
		return nil, err
	}
	sure, unsure, err := claimsOf(c, all, read.IRIs{})
	if err != nil {
		return nil, err
	}
	for _, id := range unsure {
		claim, err := v.readClaimOf(ctx, ids, id)
		if err != nil {
			return nil, err
		}
		if claim != nil {
			sure = append(sure, id)
		}
	}
	slices.Sort(sure)
	return counts, countBy(c, sure, schema.FromSource, counts)
}

// countBy counts the subjects of each object of a predicate.
func countBy(c *read.Columns, subjects []term.ID, predicate quad.IRI, counts map[quad.IRI]int) (err error) {
	var p term.Pattern
	if p.Quad[term.Predicate], err = c.IDs.Find(predicate); err != nil || p.Quad[term.Predicate] == term.None {
		return err
	}
	by, at := map[term.ID]int{}, 0
	var last term.Quad // what two labels say counts once
	err = c.IDs.Each(c.Ctx, p, func(q term.Quad) {
		if at = read.Seek(subjects, at, q[term.Subject]); at < len(subjects) && subjects[at] == q[term.Subject] &&
			(last[term.Subject] != q[term.Subject] || last[term.Object] != q[term.Object]) {
			by[q[term.Object]]++
		}
		last = q
	})
	for id, n := range by {
		value, failed := c.IDs.Value(id)
		if failed != nil {
			return failed
		}
		if iri := iriOf(value); iri != "" {
			counts[iri] += n
		}
	}
	return err
}

func (v *View) countListed(ctx context.Context, counts map[quad.IRI]int) error {
	sources, err := v.quads(ctx, quad.Quad{Predicate: schema.FromSource})
	for _, q := range sources {
		if source := iriOf(q.Object); counts[source] == 0 {
			claims, err := v.SourceClaims(ctx, source)
			if err != nil {
				return err
			}
			counts[source] = len(claims)
		}
	}
	return err
}
