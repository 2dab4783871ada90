// Package find resolves words that people type: all matching nodes, the one entity that a
// word names, suggestions for words that match nothing, and completions. Package search
// searches the names; this package describes the results to people.
package find

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/index"
	"kg/graph/internal/joins"
	"kg/graph/internal/naming"
	"kg/graph/internal/read"
	"kg/graph/internal/search"
	"kg/schema"
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

// Finder finds nodes by words.
type Finder struct {
	Base   schema.Base
	R      *read.Quads
	Names  *index.Names
	Namer  *naming.Namer
	Joins  *joins.Reader
	Frugal bool // see View of package graph
	// Took, if it is set, is called when One takes a word for an entity whose own name it
	// is not.
	Took func(word string, taken Found)
	// LeavesOut reports whether a claim is left out as retracted.
	LeavesOut func(claim quad.IRI) bool
	// Retracted returns the error of a word that names only what retracted sources speak of.
	Retracted func(ctx context.Context, word string) error
	// Like ranges over nodes with an object of a predicate that is like a pattern.
	Like func(ctx context.Context, predicate quad.IRI, pattern string) iter.Seq2[quad.IRI, error]
}

// search returns the graph for package search.
func (f *Finder) search() *search.Graph {
	return &search.Graph{Base: f.Base, Names: f.Names, LeavesOut: f.LeavesOut, Edges: f.edges()}
}

// form returns a typed IRI or short form, folded; empty for any other words.
func (f *Finder) form(text string) string { return search.Form(f.Base, text) }

// All returns the matches of words, the best first, and their number.
func (f *Finder) All(ctx context.Context, text string, o search.Options) (list []Found, all int, err error) {
	err = f.Names.AskingWords(ctx, func(x *index.NameIndex) error {
		list, all, err = f.all(ctx, x, text, o)
		return err
	})
	return list, all, err
}

func (f *Finder) all(ctx context.Context, x *index.NameIndex, text string, o search.Options) (list []Found, all int, err error) {
	iri, known, err := f.known(text)
	if err != nil {
		return nil, 0, err
	}
	o.First = true
	if known { // other spellings that differ in case alone
		o.Except = iri
	}
	if x.Part != nil && (len(index.NewWords(text).List) == 0 || o.Passage != nil) {
		if x, err = f.Names.ReadAll(ctx); err != nil {
			return nil, 0, err
		}
	}
	if x.Partial() && f.form(text) != "" { // for which all IRIs are read
		if f.Frugal {
			text = endOfForm(text)
		} else if x, err = f.Names.ReadAll(ctx); err != nil {
			return nil, 0, err
		}
	}
	hits, all, err := f.search().Search(ctx, x, text, o)
	if err != nil {
		return nil, 0, err
	}
	if known {
		found := len(hits)
		hits = slices.DeleteFunc(hits, func(h search.Hit) bool { return x.IRI(h.Node) == iri })
		all += len(hits) - found
		one, err := f.foundByIRI(ctx, x, iri)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, one)
	}
	all += len(list)
	for _, h := range hits {
		if o.Limit > 0 && len(list) == o.Limit {
			break
		}
		one, err := f.foundOf(ctx, x, h)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, one)
	}
	return list, all, nil
}

// known returns the IRI that a word spells, in full or in its short form, and whether the
// graph has it.
func (f *Finder) known(word string) (iri quad.IRI, known bool, err error) {
	iri, err = f.Base.Expand(word)
	if err != nil {
		return "", false, nil
	}
	known, err = f.R.Has(iri)
	return iri, known, err
}

// foundByIRI describes the node of an IRI, of any rank, with or without names.
func (f *Finder) foundByIRI(ctx context.Context, x *index.NameIndex, iri quad.IRI) (Found, error) {
	h := search.Hit{Name: index.Name{Text: f.Base.Short(iri)}}
	n, err := f.Names.Alone(ctx, x, iri)
	if err != nil {
		return Found{}, err
	}
	if h.Edges, err = f.edges()(ctx, n); err != nil {
		return Found{}, err
	}
	return f.describeHit(ctx, n, h)
}

// foundOf describes a hit.
func (f *Finder) foundOf(ctx context.Context, x *index.NameIndex, h search.Hit) (Found, error) {
	h.Text = x.TextOf(h.Name)
	return f.describeHit(ctx, x.Get(h.Node), h)
}

func (f *Finder) describeHit(ctx context.Context, n *index.Node, h search.Hit) (Found, error) {
	one := Found{IRI: n.IRI, Kind: n.KindName(), Matched: h.Text, ByKind: h.Fit == index.ByKind || h.Fit == index.KindSlip, OfClaim: n.Rank == index.AClaim, Edges: h.Edges}
	if n.Rank == index.AClaim {
		c, err := claims.Read(ctx, f.R, n.IRI)
		if err != nil || c == nil {
			return one, err
		}
		one.Name = cmp.Or(c.Says, h.Text)
		if h.Layer == search.Passage {
			one.Kind = "Passage"
		}
		return one, nil
	}
	var err error
	one.Name, err = f.Namer.Name(ctx, n.IRI)
	return one, err
}

// edges returns a function that counts the edges of a node: of a claim those it states.
// Denied edges count, too.
func (f *Finder) edges() func(context.Context, *index.Node) (int, error) {
	whole := read.Of(f.Names.Whole)
	return func(ctx context.Context, n *index.Node) (int, error) {
		if n.Rank == index.AClaim {
			return stated(ctx, whole, n.IRI)
		}
		ref, err := whole.QS.ValueOf(n.IRI)
		if err != nil || ref == nil {
			return 0, err
		}
		edges := -n.Facts
		for _, d := range []quad.Direction{quad.Subject, quad.Object} {
			size, err := whole.QS.QuadIteratorSize(ctx, d, ref)
			if err != nil {
				return 0, err
			}
			edges += int(size.Value)
		}
		return edges, nil
	}
}

// stated counts the edges that a claim states, without the parts of its figures.
func stated(ctx context.Context, r *read.Quads, claim quad.IRI) (n int, err error) {
	err = r.Do(ctx, quad.Quad{Label: claim}, func(q quad.Quad) {
		if !schema.IRI(read.IRI(q.Subject)).Under(claim) {
			n++
		}
	})
	return n, err
}
