package graph

import (
	"context"
	"iter"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/find"
	"kg/graph/internal/search"
	"kg/internal/strict"
)

// finder returns the finder of the view.
func (v *View) finder() *find.Finder {
	return &find.Finder{Base: v.Base, R: v.r, Names: v.names, Namer: v.namer, Joins: v.joins, Frugal: v.Frugal, Took: v.Took,
		LeavesOut: v.leavesOut, Retracted: v.onlyRetracted, Like: v.like}
}

// narrowed returns the options as those of package search.
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

// like ranges over at most 200 nodes that have an object of a predicate which matches a
// pattern.
func (v *View) like(ctx context.Context, predicate quad.IRI, pattern string) iter.Seq2[quad.IRI, error] {
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

// onlyRetracted returns an error if a word names only what retracted sources speak of;
// nil otherwise.
func (v *View) onlyRetracted(ctx context.Context, word string) error {
	if v.ShowsRetracted() {
		return nil
	}
	found, err := v.WithRetracted().Find(ctx, word)
	if err != nil {
		return nil // the caller says that the word is unknown
	}
	text := strict.Sprintf("of %q only what is retracted speaks", word)
	if d := v.Retraction(found); d != nil {
		text = strict.Sprintf("%q is retracted: %s", word, d.Because())
	}
	return &UnknownError{Msg: text + "; --include-retracted shows it, marked so"}
}
