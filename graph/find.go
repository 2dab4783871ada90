package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/find"
)

type (
	// Found is something that words find, or that a decision is on.
	Found = find.Found
	// UnknownError says that no entity goes by a name, or several do.
	UnknownError = find.UnknownError
)

// FindOptions narrow a search. The zero value searches entities and sources.
type FindOptions struct {
	Terms bool   // also the ontology's terms, and claims by their ids
	Texts bool   // also what Terms adds, the sentences and notes of claims, and passages
	Kind  string // of what is found, or a kind above it; empty or "entity" for any
	Limit int    // how many are returned; 0 is all
	// Passage returns the words of a claim's passage, empty if they are not at hand.
	// Without it passages are not searched.
	Passage func(context.Context, *Claim) (string, error)
}

// FindAll lists what words find, the best first, and returns how many there are.
//
// Entities and sources go first; then terms of ontologies, claims by their ids,
// their sentences and notes, and passages. Words are found in any order, by
// fold.Words. Of entities those called exactly so go first, then those
// whose names begin with the words, have them, have words that begin so, those of which a word names
// the kind ("bank" finds Banco Delta Asia), and those with parts of words; among
// equals things go before events, then those with more edges. Where nothing at
// all is found, one slip is forgiven in each word of four letters or more: a
// letter too many, too few, another one, or two swapped (Damerau-Levenshtein). No
// words find everything.
func (v *View) FindAll(ctx context.Context, text string, o FindOptions) (list []Found, all int, err error) {
	return v.finder().All(ctx, text, v.narrowed(o))
}

// Find is FindOf for any kind.
func (v *View) Find(ctx context.Context, word string) (quad.IRI, error) {
	return v.FindOf(ctx, word, "")
}

// FindOf returns the node that a word names: an IRI, a short form such as
// kg:person/kim-jong-il, or a name, another name, a description or an id; and
// never another than the first that FindAll has for it. If nothing of the kind is
// called so, it is the one entity or source that FindAll finds without forgiving
// a slip, and Took is told. Several are one when sources join all of them. The
// error is an *UnknownError with what can be meant. What another kind's thing is
// called exactly is that thing: its kind is for those who ask for one.
func (v *View) FindOf(ctx context.Context, word, kind string) (quad.IRI, error) {
	return v.finder().One(ctx, word, kind)
}

// Nearest lists what somebody can have meant by words that FindAll finds nothing
// for: the name or IRI that is nearest (strict.Nearest), or else what is found by
// the one of the first words that finds least. Entities and sources can be meant; terms
// and claims only by the form of their IRIs.
func (v *View) Nearest(ctx context.Context, text string) ([]Found, error) {
	return v.finder().Nearest(ctx, text)
}

// Complete lists words that begin as typed and that name an entity or a source of
// a kind, the first ones in order: names, and the ids of those whose names do not
// begin so; with a colon in it, short forms. Of what is found they have what begins as
// typed in Matched, the Kind, and the Name if that is another; no IRI: one word may
// stand for several. What is typed keeps its case, and so
// does what follows: "kim" becomes "kim Jong Il". Terms and claims are completed
// from the form of their IRIs alone. A quotation mark before it is left out.
func (v *View) Complete(ctx context.Context, typed, kind string) ([]Found, error) {
	return v.finder().Complete(ctx, typed, kind)
}

// Near lists entities and their neighbours by edges of claims, at most so many: the entities
// themselves, then those one edge away, then those two edges away, each in order.
func (v *View) Near(ctx context.Context, entities []quad.IRI, most int) ([]quad.IRI, error) {
	return find.Near(ctx, v.r, entities, most)
}

// ReadNames reads the names of the graph now. FindAll, Find and the others do
// when they are first asked, within the time that they have.
func (v *View) ReadNames(ctx context.Context) error {
	_, err := v.names.Get(ctx)
	return err
}
