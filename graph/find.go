package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
)

// Found is something that words find.
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

	except quad.IRI // which is no hit
	first  bool     // only the first Limit hits are used
}

// FindAll lists what words find, the best first, and tells how many there are.
//
// Entities and sources go first; then terms of ontologies, claims by their ids,
// their sentences and notes, and passages. Words are found in any order, by
// schema.FoldWords. Of entities those called exactly so go first, then those
// whose names begin with the words, have them, have words that begin so, those of which a word names
// the kind ("bank" finds Banco Delta Asia), and those with parts of words; among
// equals things go before events, then those with more edges. Where nothing at
// all is found, one slip is forgiven in each word of four letters or more: a
// letter too many, too few, another one, or two swapped (Damerau-Levenshtein). No
// words find everything.
func (v *View) FindAll(ctx context.Context, text string, o FindOptions) (list []Found, all int, err error) {
	err = v.askingWords(ctx, func(x *index) error {
		list, all, err = v.findAll(ctx, x, text, o)
		return err
	})
	return list, all, err
}

func (v *View) findAll(ctx context.Context, x *index, text string, o FindOptions) (list []Found, all int, err error) {
	iri, known, err := v.known(text)
	if err != nil {
		return nil, 0, err
	}
	o.first = true
	if known { // whatever else is spelled so but for its case
		o.except = iri
	}
	if x.part != nil && (len(newWords(text).list) == 0 || o.Passage != nil) {
		if x, err = v.readAll(ctx); err != nil {
			return nil, 0, err
		}
	}
	if x.partial() && v.form(text) != "" { // for which all IRIs are read
		if v.Frugal {
			text = endOfForm(text)
		} else if x, err = v.readAll(ctx); err != nil {
			return nil, 0, err
		}
	}
	hits, all, err := v.search(ctx, x, text, o)
	if err != nil {
		return nil, 0, err
	}
	if known {
		found := len(hits)
		hits = slices.DeleteFunc(hits, func(h hit) bool { return x.iri(h.node) == iri })
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
func (v *View) foundByIRI(ctx context.Context, x *index, iri quad.IRI) (Found, error) {
	h := hit{called: called{text: v.Base.Short(iri)}}
	n, err := x.alone(ctx, v, iri)
	if err != nil {
		return Found{}, err
	}
	if h.edges, err = NewView(v.names.whole, v.Base).edgesOf(ctx, n); err != nil {
		return Found{}, err
	}
	return v.describeHit(ctx, n, h)
}

// alone is a node with its kinds and facts, of an IRI that may have neither.
func (x *index) alone(ctx context.Context, v *View, iri quad.IRI) (*indexed, error) {
	if i, is := x.at[iri]; is {
		return &x.nodes[i], nil
	}
	if !x.partial() {
		return &indexed{iri: iri}, nil
	}
	one := newIndex()
	one.kinds = maps.Clone(x.kinds) // others read it
	whole := NewView(v.names.whole, "")
	if err := one.readTypes(ctx, whole, iri); err != nil {
		return nil, err
	}
	one.sortKinds()
	if err := one.readAllNames(ctx, whole, v.names.by(), iri); err != nil {
		return nil, err
	}
	if len(one.nodes) == 0 {
		return &indexed{iri: iri}, nil
	}
	return &one.nodes[0], nil
}

// foundOf describes a hit.
func (v *View) foundOf(ctx context.Context, x *index, h hit) (Found, error) {
	h.text = x.textOf(h.called)
	return v.describeHit(ctx, x.get(h.node), h)
}

func (v *View) describeHit(ctx context.Context, n *indexed, h hit) (Found, error) {
	f := Found{IRI: n.iri, Kind: n.kindName(), Matched: h.text, ByKind: h.fit == byKind || h.fit == kindSlip, OfClaim: n.rank == aClaim, Edges: h.edges}
	if n.rank == aClaim {
		c, err := v.Claim(ctx, n.iri)
		if err != nil || c == nil {
			return f, err
		}
		f.Name = cmp.Or(c.Says, h.text)
		if h.layer == somePassage {
			f.Kind = "Passage"
		}
		return f, nil
	}
	cell, err := v.Describe(ctx, n.iri)
	f.Name = cell.Text
	return f, err
}
