package graph

import (
	"context"
	"errors"
	"iter"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/find"
	"kg/graph/internal/search"
	"kg/internal/strict"
)

// finder is the view as package find looks things up in it.
func (v *View) finder() *find.Finder {
	f := &find.Finder{Graph: found{v}, Base: v.Base, R: v.r, Names: v.names, Frugal: v.Frugal}
	if v.Took != nil {
		f.Took = func(word string, taken find.Found) { v.Took(word, Found(taken)) }
	}
	return f
}

func founds(list []find.Found) (all []Found) {
	for _, f := range list {
		all = append(all, Found(f))
	}
	return all
}

// unknown makes an *UnknownError of that of package find.
func unknown(err error) error {
	if u := (*find.UnknownError)(nil); errors.As(err, &u) {
		return &UnknownError{u.Msg, founds(u.Near)}
	}
	return err
}

// narrowed are the options as package search has them.
func (v *View) narrowed(o FindOptions) search.Options {
	narrow := search.Options{Entities: !o.Terms && !o.Texts, Texts: o.Texts, Kind: o.Kind, Limit: o.Limit}
	if o.Passage != nil {
		narrow.Passage = func(ctx context.Context, claim quad.IRI) (string, search.Locator, error) {
			c, err := v.Claim(ctx, claim)
			if c == nil || err != nil {
				return "", search.Locator{}, err
			}
			text, err := o.Passage(ctx, c)
			return text, search.Locator{Source: c.Source, Start: c.Start, End: c.End}, err
		}
	}
	return narrow
}

// found is a view as a find.Graph.
type found struct{ *View }

func (v found) Called(ctx context.Context, node quad.IRI) (string, error) {
	return v.namer.Name(ctx, node)
}

func (v found) Joined(ctx context.Context, node quad.IRI) (nodes []quad.IRI, err error) {
	joins, err := v.joins.Of(ctx, node)
	for _, j := range joins {
		nodes = append(nodes, j.Node)
	}
	return nodes, err
}

func (v found) LeavesOut(claim quad.IRI) bool { return v.leavesOut(claim) }

func (v found) Like(ctx context.Context, predicate quad.IRI, pattern string) iter.Seq2[quad.IRI, error] {
	return func(yield func(quad.IRI, error) bool) {
		params := map[string]quad.Value{"of": predicate, "pattern": quad.String(pattern)}
		for row, err := range v.Gizmo(ctx, `g.V().has(of, like(pattern)).limit(200).all()`, params, false).Rows() {
			if err != nil {
				yield("", err)
				return
			}
			for _, node := range row.All() {
				if !yield(iriOf(node), nil) {
					return
				}
			}
		}
	}
}

// Retracted is the error of a word that names only what retracted sources speak of, or
// nil.
func (v found) Retracted(ctx context.Context, word string) error {
	if v.ShowsRetracted() {
		return nil
	}
	found, err := v.WithRetracted().Find(ctx, word)
	if err != nil {
		return nil // the word is unknown, and to be told so of what is shown
	}
	text := strict.Sprintf("of %q only what is retracted speaks", word)
	if d := v.Retraction(found); d != nil {
		text = strict.Sprintf("%q is retracted: %s", word, d.Because())
	}
	return &UnknownError{Msg: text + "; --include-retracted shows it, marked so"}
}
