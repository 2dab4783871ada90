package find

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/index"
	"kg/graph/internal/joins"
	"kg/graph/internal/search"
	"kg/internal/fold"
	"kg/internal/strict"
)

// UnknownError reports that no entity has a name, or several do.
type UnknownError struct {
	Msg  string
	Near []Found // suggestions, the first of them
}

func (e *UnknownError) Error() string { return e.Msg }

// mostNear is how many suggestions an error has.
const mostNear = 5

// One returns the node that a word names: an IRI, a short form such as
// kg:person/kim-jong-il, or a name, another name, a description or an id; and never
// another than the first that All has for it. If nothing of the kind has that name, it is
// the one entity or source that All finds without correcting a typing error, and Took is
// called.
// Several are one when sources join all of them. The error is an *UnknownError with
// suggestions. An exact name of an entity of another kind is that entity: kind narrows
// only inexact matches.
func (f *Finder) One(ctx context.Context, word, kind string) (quad.IRI, error) {
	if iri, known, err := f.known(word); known || err != nil {
		return iri, err
	}
	if fold.Name(word) == "" {
		return "", &UnknownError{Msg: strict.Sprintf("unknown entity %q%s", word, nameless)}
	}
	var found quad.IRI
	err := f.Names.AskingWords(ctx, func(x *index.NameIndex) (err error) {
		found, err = f.findNamed(ctx, x, word, kind)
		return err
	})
	return found, err
}

func (f *Finder) findNamed(ctx context.Context, x *index.NameIndex, word, kind string) (quad.IRI, error) {
	if x.Partial() && f.form(word) != "" && !f.Frugal { // for which all IRIs are read
		var err error
		if x, err = f.Names.ReadAll(ctx); err != nil {
			return "", err
		}
	}
	hits, err := f.search().Named(ctx, x, word, search.Options{Kind: kind, Limit: mostNear})
	if err != nil {
		return "", err
	}
	if any := kind == "" || kind == "entity"; !any && (len(hits) == 0 || hits[0].Fit != index.AsWritten) {
		all, err := f.search().Named(ctx, x, word, search.Options{Limit: mostNear})
		if err != nil {
			return "", err
		}
		if len(all) > 0 && all[0].Fit == index.AsWritten {
			hits = all
		}
	}
	return f.take(ctx, x, word, hits)
}

// take returns the node of the first hit, if nothing else can be meant.
func (f *Finder) take(ctx context.Context, x *index.NameIndex, word string, hits []search.Hit) (quad.IRI, error) {
	if len(hits) == 0 || hits[0].Fit >= index.NameSlip {
		if err := f.Retracted(ctx, word); err != nil {
			return "", err
		}
		return "", f.unknown(ctx, x, word, hits)
	}
	first := hits[0]
	same := func(h search.Hit) bool { return h.Rank == first.Rank && h.Fit == first.Fit }
	if first.Fit > index.Exactly {
		if first.Layer != search.Thing || f.form(word) != "" {
			return "", f.unknown(ctx, x, word, hits)
		}
		same = func(h search.Hit) bool { return h.Layer == search.Thing }
	}
	var nodes []quad.IRI
	for _, h := range hits {
		if same(h) {
			nodes = append(nodes, x.IRI(h.Node))
		}
	}
	one, err := f.oneThing(ctx, nodes)
	switch {
	case err != nil:
		return "", err
	case !one && first.Fit == index.AsWritten:
		return "", f.shared(ctx, x, word, nodes, hits)
	case !one:
		return "", f.unknown(ctx, x, word, hits)
	case first.Fit > index.AsWritten && f.Took != nil:
		found, err := f.foundOf(ctx, x, first)
		if err != nil {
			return "", err
		}
		f.Took(word, found)
	}
	return nodes[0], nil
}

// oneThing reports whether nodes are one, or all joined with each other.
func (f *Finder) oneThing(ctx context.Context, nodes []quad.IRI) (bool, error) {
	if len(nodes) == 1 {
		return true, nil
	}
	joined, err := f.Joins.Of(ctx, nodes[0])
	for _, node := range nodes[1:] {
		if !slices.ContainsFunc(joined, func(j joins.Join) bool { return j.Node == node }) {
			return false, err
		}
	}
	return true, err
}

// shared returns the error about a name of several nodes.
func (f *Finder) shared(ctx context.Context, x *index.NameIndex, word string, nodes []quad.IRI, hits []search.Hit) error {
	near, err := f.near(ctx, x, hits[:len(nodes)])
	if err != nil {
		return err
	}
	var short []string
	for _, iri := range slices.Sorted(slices.Values(nodes)) {
		short = append(short, f.Base.Short(iri))
	}
	return &UnknownError{strict.Sprintf("%q is the name of %s: write one of these", word, strings.Join(short, " and of ")), near}
}

const nameless = ": an entity goes by an IRI, a short form such as kg:person/kim-jong-il, or a name"

// unknown returns the error about a word that names no single entity: with its matches,
// or else the nearest names.
func (f *Finder) unknown(ctx context.Context, x *index.NameIndex, word string, hits []search.Hit) error {
	if f.form(word) != "" {
		hits = nil // an IRI is whole, or another one
	}
	if len(hits) > 0 && hits[0].Fit < index.NameSlip {
		near, err := f.near(ctx, x, hits)
		if err != nil {
			return err
		}
		msg := strict.Sprintf("unknown entity %q, which finds ", word) + listed(near, ", ")
		if more := len(hits) - len(near); more > 0 {
			msg += fmt.Sprintf(" and %d more: kg find lists them", more)
		}
		return &UnknownError{msg, near}
	}
	hits = slices.DeleteFunc(hits, func(h search.Hit) bool { return h.Layer != search.Thing || h.Fit != hits[0].Fit })
	// The remaining hits may come after those that are sorted already.
	if err := f.search().Sort(ctx, x, hits, mostNear); err != nil {
		return err
	}
	near, err := f.near(ctx, x, hits)
	if err == nil && len(near) == 0 {
		near, err = f.Nearest(ctx, word)
	}
	if err != nil {
		return err
	}
	near = near[:min(len(near), 3)]
	msg := strict.Sprintf("unknown entity %q", word)
	if len(near) == 0 {
		return &UnknownError{msg + nameless, nil}
	}
	return &UnknownError{fmt.Sprintf("%s (did you mean %s?)", msg, listed(near, " or ")), near}
}

// near describes the first hits, as suggestions.
func (f *Finder) near(ctx context.Context, x *index.NameIndex, hits []search.Hit) (list []Found, err error) {
	for _, h := range hits[:min(len(hits), mostNear)] {
		one, err := f.foundOf(ctx, x, h)
		if err != nil {
			return nil, err
		}
		if h.Rank > index.ASource {
			one.Name = f.Base.Short(one.IRI)
		}
		list = append(list, one)
	}
	return list, nil
}

// listed returns the names of the results, quoted.
func listed(list []Found, between string) string {
	var names []string
	for _, f := range list {
		names = append(names, strict.Quoted(f.Name))
	}
	return strings.Join(names, between)
}
