package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
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
	ids    map[term.ID]bool // of the labels
	stated map[term.ID]bool // the predicates of their quads
	in     *plan.Numbering  // of the ids
	joins  bool             // background joins nodes
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
		t.view = v.beside(hidden, v.denials, v.names)
		if err := v.number(ctx, t); err != nil {
			return nil, err
		}
	}
	v.told = t
	return t.view, nil
}

// number finds the ids of what is hidden.
func (v *View) number(ctx context.Context, t *told) error {
	ix, err := v.r.Index()
	if ix == nil || err != nil {
		return err
	}
	t.in, t.ids, t.stated = ix.Numbering(), map[term.ID]bool{}, map[term.ID]bool{}
	predicates := map[quad.Value]bool{}
	note := func(ids map[term.ID]bool, value quad.Value) {
		id, failed := ix.Resolve(refs.PreFetched(value))
		err = cmp.Or(err, failed)
		ids[id] = true
	}
	for label := range t.labels {
		note(t.ids, label)
		if failed := v.each(ctx, quad.Quad{Label: label}, func(q quad.Quad) { predicates[q.Predicate] = true }); failed != nil {
			return failed
		}
	}
	for predicate := range predicates {
		note(t.stated, predicate)
	}
	t.joins = predicates[quad.Value(schema.SameAs)]
	return err
}

// DropsByBackground reports whether a query that was run leaves out nodes by what
// background states, or may do so.
func (v *View) DropsByBackground(asked *Query) bool {
	return v.told != nil && v.told.view != nil && (v.told.joins || asked.DropsBy(v.told.stated, v.told.in))
}

// OnBackground reports whether background states an edge of a way to a row, or may
// do so, since not all ways are known.
func (v *View) OnBackground(ctx context.Context, row Row) (bool, error) {
	if _, err := v.WithoutBackground(ctx); err != nil {
		return false, err
	}
	if row.MoreWays || row.Untraced || len(v.told.labels) == 0 {
		return len(v.told.labels) > 0, nil
	}
	return row.Under(v.told.ids, v.told.in), nil
}
