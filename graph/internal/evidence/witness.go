package evidence

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/read"
	"kg/schema"
)

// witness looks up the claims of a witness: those that label its edges, those that are
// ends of one, and those that these are derived from.
func (r *Reader) witness(ctx context.Context, edges way) (Witness, error) {
	w := Witness{direct: map[quad.IRI]*claims.Claim{}, unclaimed: true}
	for _, t := range edges {
		if err := r.label(ctx, &w, t.triple, t.labels); err != nil {
			return w, err
		}
		for _, end := range []quad.Value{t.s, t.o} {
			c, err := r.Claims.Claim(ctx, read.IRI(end))
			if err != nil {
				return w, err
			}
			if c != nil {
				w.direct[c.IRI] = c
			}
		}
	}
	all := map[quad.IRI]*claims.Claim{}
	for _, c := range w.direct {
		if err := r.Claims.AddOrigins(ctx, all, c); err != nil {
			return w, err
		}
	}
	w.Claims = byIRI(all)
	return w, nil
}

// label adds an edge under each of its labels; labels of claims that deny it only if there
// are no others.
func (r *Reader) label(ctx context.Context, w *Witness, t triple, labels []quad.IRI) error {
	var asserted, denied []quad.Quad
	for _, label := range slices.Sorted(slices.Values(labels)) {
		q := quad.Quad{Subject: t.s, Predicate: t.p, Object: t.o}
		if label != "" {
			q.Label = label
		}
		c, err := r.Claims.Claim(ctx, label)
		if err != nil {
			return err
		}
		if c != nil && c.Denies() {
			denied = append(denied, q)
			continue
		}
		asserted = append(asserted, q)
	}
	if len(asserted) > 0 {
		r.addAsserted(w, asserted)
		return nil
	}
	for _, q := range denied {
		c := r.Claims.Known(read.IRI(q.Label))
		w.direct[c.IRI] = c
		if !schema.IRI(read.IRI(t.s)).Under(c.IRI) { // a figure's parts go with the figure
			w.denied = append(w.denied, t.s)
		}
	}
	w.Quads = append(w.Quads, denied...)
	return nil
}

// addAsserted adds the quads of an edge that claims assert; those of background only where
// no source's text states the edge.
func (r *Reader) addAsserted(w *Witness, quads []quad.Quad) {
	isBackground := func(q quad.Quad) bool {
		c := r.Claims.Known(read.IRI(q.Label))
		return c != nil && c.IsBackground()
	}
	if others := slices.DeleteFunc(slices.Clone(quads), isBackground); len(others) > 0 {
		quads = others
	} else {
		w.background = true
	}
	for _, q := range quads {
		w.Quads = append(w.Quads, q)
		if c := r.Claims.Known(read.IRI(q.Label)); c != nil {
			w.direct[c.IRI], w.unclaimed = c, false
		}
	}
}

// dropBackground drops the witnesses that need background, if there is another.
func (e *Evidence) dropBackground() {
	if others := slices.DeleteFunc(slices.Clone(e.Witnesses), func(w Witness) bool { return w.background }); len(others) > 0 {
		e.Witnesses = others
	}
}

// byClaims drops the witnesses that rest on the same claims as an earlier one, and differ
// only in edges that no claim states.
func byClaims(list []Witness) (distinct []Witness) {
	for _, w := range list {
		alike := func(other Witness) bool {
			return len(w.Claims) > 0 && slices.Equal(w.Claims, other.Claims) && slices.Equal(w.stated(), other.stated())
		}
		if !slices.ContainsFunc(distinct, alike) {
			distinct = append(distinct, w)
		}
	}
	return distinct
}

// stated returns the edges that claims state, in order.
func (w Witness) stated() []quad.Quad {
	list := slices.DeleteFunc(slices.Clone(w.Quads), func(q quad.Quad) bool { return w.direct[read.IRI(q.Label)] == nil })
	slices.SortFunc(list, read.CompareTriples)
	return list
}

// setUnasserted drops the witnesses with an edge that is only denied, if there is
// another one.
func (r *Reader) setUnasserted(ctx context.Context, e *Evidence) error {
	isDenied := func(w Witness) bool { return len(w.denied) > 0 }
	if !slices.ContainsFunc(e.Witnesses, isDenied) {
		return nil
	}
	asserted := slices.DeleteFunc(slices.Clone(e.Witnesses), isDenied)
	if e.Unasserted = len(asserted) == 0; !e.Unasserted {
		e.Witnesses = asserted
		return nil
	}
	only, err := r.Denials.Only(ctx)
	e.OnlyDenied = !slices.ContainsFunc(e.Witnesses, func(w Witness) bool {
		return !w.unclaimed && slices.ContainsFunc(w.denied, func(s quad.Value) bool { return !only[read.IRI(s)] })
	})
	return err
}
