package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/find"
)

type (
	// Found is a match of a search, or the node of a decision.
	Found = find.Found
	// UnknownError says that no entity has a name, or that several have it.
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

// FindAll lists what matches words, best first, and returns the number of all matches.
//
// Entities and sources go first; then terms of ontologies, claims by their ids, their
// sentences and notes, and passages. The order of words does not matter; they are
// normalised by fold.Words. Entities are ranked by how they match: the exact name; a
// name that begins with the words; a name that contains them; a name with words that
// begin so; a kind that one of the words names ("bank" finds Banco Delta Asia); parts of
// words. Entities that match equally go before events, then by the number of their
// edges. If nothing matches, one typing error is allowed in each word of four letters or
// more: an added, missing or replaced letter, or two swapped ones (Damerau-Levenshtein).
// Without words everything matches.
func (v *View) FindAll(ctx context.Context, text string, o FindOptions) (list []Found, all int, err error) {
	return v.finder().All(ctx, text, v.narrowed(o))
}

// Find is FindOf for any kind.
func (v *View) Find(ctx context.Context, word string) (quad.IRI, error) {
	return v.FindOf(ctx, word, "")
}

// FindOf returns the node that a word names: an IRI, a short form such as
// kg:person/kim-jong-il, a name, an alias, a description or an id. If FindAll finds
// several of that name, it is the first. If nothing of the kind has that name, it is the
// one entity or source that FindAll finds without a typing error, and Took is called;
// several count as one if sources join all of them. Otherwise the error is an
// *UnknownError with the candidates. An exact name of an entity of another kind returns
// that entity: callers that need the kind check it.
func (v *View) FindOf(ctx context.Context, word, kind string) (quad.IRI, error) {
	return v.finder().One(ctx, word, kind)
}

// Nearest lists candidates for words for which FindAll finds nothing: the nearest name
// or IRI (strict.Nearest), or else the matches of the most selective of the first words.
// Candidates are entities and sources; terms and claims only by the form of their IRIs.
func (v *View) Nearest(ctx context.Context, text string) ([]Found, error) {
	return v.finder().Nearest(ctx, text)
}

// Complete lists completions of what was typed, each the name of an entity or a source
// of a kind, the first ones in order: names, the ids of those whose names do not begin
// so, and short forms if the text has a colon. Matched holds the completion, Name the
// name if it is another; the IRI is empty, since one completion may stand for several
// nodes. The typed text keeps its case, and so does the rest: "kim" becomes "kim Jong
// Il". Terms and claims are completed from the form of their IRIs alone. A quotation
// mark at the beginning is ignored.
func (v *View) Complete(ctx context.Context, typed, kind string) ([]Found, error) {
	return v.finder().Complete(ctx, typed, kind)
}

// Near lists entities and their neighbours by edges of claims, at most so many: the entities
// themselves, then those one edge away, then those two edges away, each in order.
func (v *View) Near(ctx context.Context, entities []quad.IRI, most int) ([]quad.IRI, error) {
	return find.Near(ctx, v.r, entities, most)
}

// ReadNames reads the names of the graph now. Otherwise FindAll and the others read them
// at the first call, within its time limit.
func (v *View) ReadNames(ctx context.Context) error {
	_, err := v.names.Get(ctx)
	return err
}
