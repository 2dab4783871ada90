package graph

import (
	"cmp"
	"context"
	"slices"

	"kg/graph/internal/index"
	"kg/graph/internal/search"

	"github.com/cayleygraph/quad"
)

// Found is something that words find, or that a decision is on.
type Found struct {
	IRI     quad.IRI // of a passage, its claim
	Kind    string   // the name of its kind; Passage for a passage
	Name    string   // what people read for it; of claims and passages the claim's sentence
	Matched string   // the name, kind, sentence, note or passage that has the words
	ByKind  bool     // Matched is the name of a kind
	OfClaim bool     // it is a claim, or a passage
	Edges   int      // that join it to others or describe it; of a claim, those it states
}

// Scope is how much FindAll looks through.
type Scope int

const (
	Entities Scope = iota // entities and sources
	Names                 // the ontology's terms too, and claims by their ids
	Texts                 // the sentences and notes of claims too, and passages
)

// FindOptions narrow a search.
type FindOptions struct {
	Scope Scope
	Kind  string // of what is found, or a kind above it; empty or "entity" for any
	Limit int    // how many are returned; 0 is all
	// Passage returns the words of a claim's passage, empty if they are not at
	// hand. Without it passages are not looked through.
	Passage func(context.Context, *Claim) (string, error)
}

// FindAll lists what words find, the best first, and tells how many there are.
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
	err = v.names.AskingWords(ctx, func(x *index.Index) error {
		list, all, err = v.findAll(ctx, x, text, o)
		return err
	})
	return list, all, err
}

func (v *View) findAll(ctx context.Context, x *index.Index, text string, o FindOptions) (list []Found, all int, err error) {
	iri, known, err := v.known(text)
	if err != nil {
		return nil, 0, err
	}
	narrow := v.narrowed(o)
	narrow.First = true
	if known { // whatever else is spelled so but for its case
		narrow.Except = iri
	}
	if x.Part != nil && (len(index.NewWords(text).List) == 0 || o.Passage != nil) {
		if x, err = v.names.ReadAll(ctx); err != nil {
			return nil, 0, err
		}
	}
	if x.Partial() && v.form(text) != "" { // for which all IRIs are read
		if v.Frugal {
			text = endOfForm(text)
		} else if x, err = v.names.ReadAll(ctx); err != nil {
			return nil, 0, err
		}
	}
	hits, all, err := v.search().Search(ctx, x, text, narrow)
	if err != nil {
		return nil, 0, err
	}
	if known {
		found := len(hits)
		hits = slices.DeleteFunc(hits, func(h search.Hit) bool { return x.IRI(h.Node) == iri })
		all += len(hits) - found
		f, err := v.foundByIRI(ctx, x, iri)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, f)
	}
	all += len(list)
	for _, h := range hits {
		if o.Limit > 0 && len(list) == o.Limit {
			break
		}
		f, err := v.foundOf(ctx, x, h)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, f)
	}
	return list, all, nil
}

// known is the IRI that a word is, in full or in its short form, and whether the
// graph has it.
func (v *View) known(word string) (iri quad.IRI, known bool, err error) {
	iri, err = v.Base.Expand(word)
	if err != nil {
		return "", false, nil
	}
	known, err = v.has(iri)
	return iri, known, err
}

// foundByIRI describes what the graph has of an IRI: anything, names or none.
func (v *View) foundByIRI(ctx context.Context, x *index.Index, iri quad.IRI) (Found, error) {
	h := search.Hit{Name: index.Name{Text: v.Base.Short(iri)}}
	n, err := v.names.Alone(ctx, x, iri)
	if err != nil {
		return Found{}, err
	}
	if h.Edges, err = NewView(v.names.Whole, v.Base).edgesOf(ctx, n); err != nil {
		return Found{}, err
	}
	return v.describeHit(ctx, n, h)
}

// foundOf describes a hit.
func (v *View) foundOf(ctx context.Context, x *index.Index, h search.Hit) (Found, error) {
	h.Text = x.TextOf(h.Name)
	return v.describeHit(ctx, x.Get(h.Node), h)
}

func (v *View) describeHit(ctx context.Context, n *index.Node, h search.Hit) (Found, error) {
	f := Found{IRI: n.IRI, Kind: n.KindName(), Matched: h.Text, ByKind: h.Fit == index.ByKind || h.Fit == index.KindSlip, OfClaim: n.Rank == index.AClaim, Edges: h.Edges}
	if n.Rank == index.AClaim {
		c, err := v.Claim(ctx, n.IRI)
		if err != nil || c == nil {
			return f, err
		}
		f.Name = cmp.Or(c.Says, h.Text)
		if h.Layer == search.Passage {
			f.Kind = "Passage"
		}
		return f, nil
	}
	cell, err := v.Describe(ctx, n.IRI)
	f.Name = cell.Text
	return f, err
}

// ReadNames reads the names of the graph now. FindAll, Find and the others do
// when they are first asked, within the time that they have.
func (v *View) ReadNames(ctx context.Context) error {
	_, err := v.names.Get(ctx)
	return err
}
