package graph

import (
	"context"
	"errors"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/decide"
	"kg/graph/internal/store"
	"kg/schema"
)

// replaceQuads puts the quads of texts in place of all that the store has under the
// label, in one commit. The texts become a store of their own first, so that blank
// nodes have their IRIs, and what both have is left alone. The label must be that of
// another graph, and all quads of the texts be under it, or under claims of it: else it
// is a *ConflictError.
func replaceQuads(ctx context.Context, qs *store.QuadStore, files []QuadsFile, opt LoadOptions) (r Loaded, err error) {
	texts := store.Scratch()
	defer func() { err = errors.Join(err, texts.Close()) }()
	read := opt
	read.DryRun = false
	if r, err = importQuads(ctx, texts, files, read); err != nil {
		return Loaded{}, err
	}
	deltas, err := replacing(ctx, qs, texts, opt)
	if err != nil {
		return Loaded{}, err
	}
	r.Added = 0
	for _, d := range deltas {
		if d.Action == cayley.Add {
			r.Added++
		} else {
			r.Removed++
		}
	}
	if opt.DryRun || len(deltas) == 0 {
		return r, nil
	}
	return r, qs.ApplyDeltas(deltas, cayley.IgnoreOpts{})
}

// replacing are the changes that make what a store has under the label what the texts
// have.
func replacing(ctx context.Context, qs, texts *store.QuadStore, opt LoadOptions) (deltas []cayley.Delta, err error) {
	now, next := NewView(qs, opt.Base), NewView(texts, opt.Base)
	kind, err := now.retractable(ctx, opt.Label)
	switch unknown := (*UnknownError)(nil); {
	case errors.As(err, &unknown): // nothing is there yet
	case err != nil:
		return nil, err
	case kind != "graph":
		return nil, &ConflictError{Msg: fmt.Sprintf("replacing what is under %s: it is a %s of this store, which only its claims file replaces", opt.Base.Short(opt.Label), kind)}
	}
	change := func(from, in *View, action cayley.Procedure, p quad.Quad) error {
		for q, err := range from.Each(ctx, p) {
			if err != nil {
				return err
			}
			if q.Label != opt.Label && q.Label != schema.OntologyIRI && !schema.IRI(iriOf(q.Label)).Under(opt.Label+"/claim") {
				return &ConflictError{Msg: fmt.Sprintf("replacing what is under %s: the files have quads under %s, too", opt.Base.Short(opt.Label), opt.Base.ShortTerm(q.Label))}
			}
			there, err := in.r.Any(ctx, q)
			if err != nil {
				return err
			}
			if !there {
				deltas = append(deltas, cayley.Delta{Quad: q, Action: action})
			}
		}
		return nil
	}
	if err := change(next, now, cayley.Add, quad.Quad{}); err != nil {
		return nil, err
	}
	labels, err := decide.ClaimsOf(ctx, now.r, opt.Label) // the claims that a dataset makes
	for _, label := range append(labels, opt.Label) {
		err = errors.Join(err, change(now, next, cayley.Delete, quad.Quad{Label: label}))
	}
	return deltas, err
}
