package change

import (
	"cmp"
	"context"
	"errors"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/decide"
	"kg/graph/internal/find"
	"kg/graph/internal/merge"
	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/internal/document"
	"kg/schema"
)

// Remove returns the deltas that remove a source with its claims, and the background that
// no other source needs; or what another graph has under a label, with the claims of that
// label. The report has the label, whether it is Foreign, how many quads are Removed, and
// what is then Missing to other sources. The claim of a source is a
// *decide.ConflictError, and so is a source of background.
func (g *Graph) Remove(ctx context.Context, qs *store.QuadStore, label quad.IRI, background []*document.Checked) (*merge.Loaded, []cayley.Delta, error) {
	kind, err := g.Kind(ctx, label)
	if err != nil {
		return nil, nil, err
	}
	l := &merge.Loaded{Source: label, Foreign: kind == Foreign}
	switch {
	case kind == Claim:
		return nil, nil, g.refuse("%s is a claim, which goes with its source, or with another version of it: kg load --replace; kg retract hides it", label)
	case schema.IRI(label).IsBackground():
		return nil, nil, g.refuse("%s is what every reader knows: kg load --background off takes it out", label)
	case l.Foreign:
		deltas, err := g.foreign(ctx, label, nil)
		l.Removed = len(deltas)
		return l, deltas, err
	}
	opt := merge.Options{Base: g.Base}
	for _, doc := range background { // a store that was loaded without background has none afterwards
		there, err := g.HasSource(ctx, doc.SourceIRI())
		if err != nil {
			return nil, nil, err
		}
		if there {
			opt.Background = append(opt.Background, doc)
		}
	}
	deltas, removed, missing, err := merge.Remove(ctx, qs, label, opt)
	l.Removed, l.Missing = removed, missing
	return l, deltas, err
}

// foreign returns the deltas that delete what another graph has under its label and under
// the claims of that label, but for what keep has.
func (g *Graph) foreign(ctx context.Context, label quad.IRI, keep *read.Quads) (deltas []cayley.Delta, err error) {
	labels, err := decide.ClaimsOf(ctx, g.R, label) // a dataset makes claims
	for _, l := range append(labels, label) {
		more, failed := g.unlessIn(ctx, keep, cayley.Delete, quad.Quad{Label: l})
		deltas, err = append(deltas, more...), errors.Join(err, failed)
	}
	return deltas, err
}

// unlessIn returns deltas of the quads that match a pattern and that other, unless it is
// nil, does not have.
func (g *Graph) unlessIn(ctx context.Context, other *read.Quads, action cayley.Procedure, p quad.Quad) (deltas []cayley.Delta, err error) {
	for q, err := range g.R.Each(ctx, p) {
		there := false
		if err == nil && other != nil {
			there, err = other.Any(ctx, q)
		}
		if err != nil {
			return nil, err
		}
		if !there {
			deltas = append(deltas, cayley.Delta{Quad: q, Action: action})
		}
	}
	return deltas, nil
}

// Replace returns the deltas by which the graph has under a label what texts have, and
// nothing else. The label must be another graph's, or new, and all quads of the texts must
// be under it or under claims of it: else the error is a *decide.ConflictError.
func (g *Graph) Replace(ctx context.Context, label quad.IRI, texts *read.Quads) ([]cayley.Delta, error) {
	kind, err := g.Kind(ctx, label)
	switch {
	case errors.As(err, new(*find.UnknownError)): // nothing is there yet
	case err != nil:
		return nil, err
	case kind != Foreign:
		return nil, &decide.ConflictError{Msg: "replacing what is under " + g.Base.Short(label) + ": it is a " + kind + " of this store, which only its claims file replaces"}
	}
	under := func(q quad.Quad) error {
		if q.Label != label && q.Label != schema.OntologyIRI && !schema.IRI(read.IRI(q.Label)).Under(label+"/claim") {
			return &decide.ConflictError{Msg: "replacing what is under " + g.Base.Short(label) + ": the files have quads under " + g.Base.ShortTerm(q.Label) + ", too"}
		}
		return nil
	}
	for q, err := range texts.Each(ctx, quad.Quad{}) {
		if err = cmp.Or(err, under(q)); err != nil {
			return nil, err
		}
	}
	deltas, err := (&Graph{R: texts}).unlessIn(ctx, g.R, cayley.Add, quad.Quad{})
	if err != nil {
		return nil, err
	}
	removed, err := g.foreign(ctx, label, texts)
	for _, d := range removed {
		err = cmp.Or(err, under(d.Quad))
	}
	return append(deltas, removed...), err
}
