package graph

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/schema"
)

// addAsserted adds the quads of an edge that claims assert. Background is called
// on only where no source's text states the edge.
func (v *View) addAsserted(w *Witness, quads []quad.Quad) {
	isKnown := func(q quad.Quad) bool {
		c := v.claims[iriOf(q.Label)]
		return c != nil && isBackground(c)
	}
	if told := slices.DeleteFunc(slices.Clone(quads), isKnown); len(told) > 0 {
		quads = told
	} else {
		w.known = true
	}
	for _, q := range quads {
		w.Quads = append(w.Quads, q)
		if c := v.claims[iriOf(q.Label)]; c != nil {
			w.direct[c.IRI], w.pure = c, false
		}
	}
}

// dropBackground drops the witnesses that need background, if there is another.
func (e *Evidence) dropBackground() {
	if told := slices.DeleteFunc(slices.Clone(e.Witnesses), func(w Witness) bool { return w.known }); len(told) > 0 {
		e.Witnesses = told
	}
}

// isBackground reports whether a claim is what everybody can look up, rather than
// what stands in a source's text.
func isBackground(c *Claim) bool { return c.See != "" }

// told is the view without background, and the labels that it hides.
type told struct {
	view   *View // nil for a graph that cannot hide them
	labels map[quad.Value]bool
}

// WithoutBackground returns a view without the edges of background, or nil for a
// graph that cannot hide them. It is the same each time.
func (v *View) WithoutBackground(ctx context.Context) (*View, error) {
	if v.told != nil {
		return v.told.view, nil
	}
	t := &told{labels: map[quad.Value]bool{}}
	var labels []quad.Value
	if err := v.each(ctx, quad.Quad{Predicate: schema.SeeAlso}, func(q quad.Quad) {
		labels, t.labels[q.Subject] = append(labels, q.Subject), true
	}); err != nil {
		return nil, err
	}
	if qs, ok := v.qs.(*store.QuadStore); ok && len(labels) > 0 {
		hidden, err := qs.Hide(labels, nil)
		if err != nil {
			return nil, err
		}
		t.view = v.beside(hidden)
	}
	v.told = t
	return t.view, nil
}

// OnBackground reports whether background states an edge of a way to an answer, or
// may do so, since not all ways are known.
func (v *View) OnBackground(ctx context.Context, a *Answer) (bool, error) {
	if _, err := v.WithoutBackground(ctx); err != nil {
		return false, err
	}
	if a.MoreWays || a.Untraced {
		return true, nil
	}
	for _, labels := range a.labels {
		for _, label := range labels {
			if v.told.labels[label] {
				return true, nil
			}
		}
	}
	return false, nil
}
