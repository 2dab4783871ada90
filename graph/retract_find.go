package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/decide"
	"kg/graph/internal/read"
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
		return (with.decisions.Of(claim) == nil) != (without.decisions.Of(claim) == nil)
	}}
	var shown *store.IDs
	if f.Columns, err = v.r.Columns(ctx); err == nil {
		shown, err = idsOf(without.view(base, false))
	}
	if err != nil {
		return err
	}
	if err := f.find(on, before.decisions, after.decisions); err != nil {
		return err
	}
	e.Claims, e.Derived = splitFallen(f.claims)
	o := &onlyStated{Columns: f.Columns, shown: shown, claims: f.claims, ranks: map[term.ID]int{}}
	e.Edges, err = o.edges()
	return err
}

// idsOf reads a view by the numbers of terms.
func idsOf(v *View) (*store.IDs, error) { return v.qs.(*store.QuadStore).IDs() }

// falling finds the claims that fall, or come back. What claims files write of a claim
// is read by numbers; a claim with more or less than that is read as Claim reads it.
type falling struct {
	v *View
	read.Columns
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
func (f *falling) find(on quad.IRI, of ...*decide.Decisions) error {
	candidates, err := f.Subjects(schema.FromSource, on)
	if err != nil {
		return err
	}
	named := map[quad.IRI]bool{on: true}
	for _, d := range of {
		for iri := range d.Fallen {
			named[iri] = true
		}
	}
	for iri := range named {
		id, err := f.IDs.Find(iri)
		if err != nil {
			return err
		}
		if id != term.None {
			candidates = append(candidates, id)
		}
	}
	slices.Sort(candidates)
	known := read.IRIs{}
	sure, unsure, err := claimsOf(&f.Columns, slices.Compact(candidates), known)
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
func (f *falling) plain(on quad.IRI, claims []term.ID, known read.IRIs) (odd []term.ID, err error) {
	var had [3]read.Column
	for i, predicate := range []quad.IRI{schema.FromSource, schema.StanceTerm, schema.Comment} {
		if had[i], err = f.Read(claims, predicate); err != nil {
			return nil, err
		}
	}
	denies, err := f.IDs.Find(schema.Denies.IRI())
	if err != nil {
		return nil, err
	}
	source, err := f.IDs.Find(on)
	if err != nil {
		return nil, err
	}
	for i, id := range claims {
		is, err := known.Is(f.IDs, had[0].Of[i])
		if err != nil {
			return nil, err
		}
		if !is || slices.ContainsFunc(had[:], func(c read.Column) bool { return c.Several[i] }) {
			odd = append(odd, id)
			continue
		}
		iri, err := f.IDs.Value(id)
		if err != nil {
			return nil, err
		}
		if !f.fallen(iriOf(iri)) {
			continue
		}
		one := fallenClaim{Fallen: Fallen{IRI: iriOf(iri)}, id: id, derived: id != source && had[0].Of[i] != source, denies: denies != term.None && had[1].Of[i] == denies}
		if had[2].Of[i] != term.None {
			says, err := f.IDs.Value(had[2].Of[i])
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
		value, err := f.IDs.Value(id)
		if err != nil {
			return err
		}
		iri := iriOf(value)
		if iri == "" || !f.fallen(iri) {
			continue
		}
		c, err := f.v.readClaim(f.Ctx, iri)
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
