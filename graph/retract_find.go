package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// find finds what changes between two states.
func (e *Effect) find(ctx context.Context, base schema.Base, before, after *state) (err error) {
	defer snapshot.Catch(&err)
	with, without := before, after
	if !e.Decision.Retracts {
		with, without = after, before
	}
	v := without.view(base, true).WithRetracted() // shows everything
	on := e.Decision.On
	if e.Kind == "graph" { // of which claims may be derived
		if err := v.each(ctx, quad.Quad{Label: on}, func(quad.Quad) { e.Foreign++ }); err != nil {
			return err
		}
	}
	f := &falling{v: v, fallen: func(claim quad.IRI) bool {
		return (with.decisions.of(claim) == nil) != (without.decisions.of(claim) == nil)
	}}
	var shown *store.IDs
	if f.columns, err = columnsOf(ctx, v); err == nil {
		shown, err = idsOf(without.view(base, false))
	}
	if err != nil {
		return err
	}
	if err := f.find(on, before.decisions, after.decisions); err != nil {
		return err
	}
	e.Claims, e.Derived = splitFallen(f.claims)
	o := &onlyStated{columns: f.columns, shown: shown, claims: f.claims, ranks: map[term.ID]int{}}
	e.Edges, err = o.edges()
	return err
}

// idsOf reads a view by the numbers of terms.
func idsOf(v *View) (*store.IDs, error) { return v.qs.(*store.QuadStore).IDs() }

func columnsOf(ctx context.Context, v *View) (columns, error) {
	ids, err := idsOf(v)
	return columns{ctx, ids}, err
}

// falling finds the claims that fall, or come back. What claims files write of a claim
// is read by numbers; a claim with more or less than that is read as Claim reads it.
type falling struct {
	v *View
	columns
	fallen func(claim quad.IRI) bool
	claims []fallenClaim
}

// fallenClaim is one of them, by its number.
type fallenClaim struct {
	Fallen
	id      term.ID
	derived bool // from what the decision is on
	denies  bool
}

// find finds them among the claims of what the decision is on, that claim itself, and
// what falls with other decisions.
func (f *falling) find(on quad.IRI, of ...*decisions) error {
	candidates, err := f.subjects(schema.FromSource, on)
	if err != nil {
		return err
	}
	named := map[quad.IRI]bool{on: true}
	for _, d := range of {
		for iri := range d.fallen {
			named[iri] = true
		}
	}
	for iri := range named {
		id, err := f.ids.Find(iri)
		if err != nil {
			return err
		}
		if id != term.None {
			candidates = append(candidates, id)
		}
	}
	slices.Sort(candidates)
	known := iris{}
	sure, unsure, err := f.columns.claims(slices.Compact(candidates), known)
	if err != nil {
		return err
	}
	odd, err := f.plain(on, sure, known)
	if err != nil {
		return err
	}
	if err := f.readEach(on, slices.Concat(unsure, odd)); err != nil {
		return err
	}
	slices.SortFunc(f.claims, func(a, b fallenClaim) int {
		if a.derived != b.derived {
			return map[bool]int{false: -1, true: 1}[a.derived]
		}
		return cmp.Compare(a.IRI, b.IRI)
	})
	return nil
}

// plain takes claims that have one source, and of the rest no more than one, and gives
// back the others.
func (f *falling) plain(on quad.IRI, claims []term.ID, known iris) (odd []term.ID, err error) {
	var read [3]column
	for i, predicate := range []quad.IRI{schema.FromSource, schema.StanceTerm, schema.Comment} {
		if read[i], err = f.read(claims, predicate); err != nil {
			return nil, err
		}
	}
	denies, err := f.ids.Find(schema.Denies.IRI())
	if err != nil {
		return nil, err
	}
	source, err := f.ids.Find(on)
	if err != nil {
		return nil, err
	}
	for i, id := range claims {
		is, err := known.is(f.ids, read[0].of[i])
		if err != nil {
			return nil, err
		}
		if !is || slices.ContainsFunc(read[:], func(c column) bool { return c.several[i] }) {
			odd = append(odd, id)
			continue
		}
		iri, err := f.ids.Value(id)
		if err != nil {
			return nil, err
		}
		if !f.fallen(iriOf(iri)) {
			continue
		}
		one := fallenClaim{Fallen: Fallen{IRI: iriOf(iri)}, id: id, derived: id != source && read[0].of[i] != source, denies: denies != term.None && read[1].of[i] == denies}
		if read[2].of[i] != term.None {
			says, err := f.ids.Value(read[2].of[i])
			if err != nil {
				return nil, err
			}
			one.Says = Text(says)
		}
		f.claims = append(f.claims, one)
	}
	return odd, nil
}

// readEach takes claims one by one.
func (f *falling) readEach(on quad.IRI, list []term.ID) error {
	for _, id := range list {
		value, err := f.ids.Value(id)
		if err != nil {
			return err
		}
		iri := iriOf(value)
		if iri == "" || !f.fallen(iri) {
			continue
		}
		c, err := f.v.readClaim(f.ctx, iri)
		if err != nil {
			return err
		}
		if c != nil {
			f.claims = append(f.claims, fallenClaim{Fallen{iri, c.Says}, id, iri != on && c.Source != on, denies(c)})
		}
	}
	return nil
}

// splitFallen gives the claims, and those derived from them.
func splitFallen(list []fallenClaim) (claims, derived []Fallen) {
	for _, c := range list {
		if c.derived {
			derived = append(derived, c.Fallen)
		} else {
			claims = append(claims, c.Fallen)
		}
	}
	return claims, derived
}
