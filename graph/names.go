package graph

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/cayleygraph/quad"

	"kg/schema"
	"kg/schema/strict"
)

// UnknownError says that no entity goes by a name.
type UnknownError struct{ Msg string }

func (e *UnknownError) Error() string { return e.Msg }

// Name is a name as it is written, and the nodes that go by it.
type Name struct {
	Text  string
	Nodes []quad.IRI // in order
	rank  rank       // of all nodes
	as    int        // of Text: a label goes before an id
}

// rank is what a node is to those who look for an entity: the first are meant.
type rank int

const (
	anEntity rank = iota
	aSource
	aTerm // of an ontology
	aClaim
	aFigure // or a place in a text: these are found by their IRIs alone
)

// Find returns the node that word names: an IRI, a short form such as
// kg:person/kim-jong-il, or a name, another name, a description or an id that
// only one entity has, or several that are joined as the same; or else only one
// source, term or claim. Names are compared by schema.FoldName. Otherwise the
// error is an *UnknownError with the nearest name, or with the nodes that share
// it.
func (v *View) Find(ctx context.Context, word string) (quad.IRI, error) {
	if iri, err := v.Base.Expand(word); err == nil {
		known, err := v.has(iri)
		if err != nil {
			return "", err
		}
		if known {
			return iri, nil
		}
	}
	names, err := v.Names(ctx)
	if err != nil {
		return "", err
	}
	found := names[schema.FoldName(word)].Nodes
	if len(found) == 0 {
		return "", &UnknownError{strict.Sprintf("unknown entity %q%s", word, v.hint(word, names))}
	}
	one, err := v.oneThing(ctx, found)
	switch {
	case err != nil:
		return "", err
	case one:
		return found[0], nil
	}
	var short []string
	for _, iri := range found {
		short = append(short, v.Base.Short(iri))
	}
	return "", &UnknownError{strict.Sprintf("%q is the name of %s: write one of these", word, strings.Join(short, " and of "))}
}

// oneThing tells whether nodes are one, or all joined with each other.
func (v *View) oneThing(ctx context.Context, nodes []quad.IRI) (bool, error) {
	if len(nodes) == 1 {
		return true, nil
	}
	joins, err := v.SameAs(ctx, nodes[0])
	for _, node := range nodes[1:] {
		if !slices.ContainsFunc(joins, func(j Join) bool { return j.Node == node }) {
			return false, err
		}
	}
	return true, err
}

// hint is the nearest name among those that the word can have been meant for.
func (v *View) hint(word string, names map[string]Name) string {
	if iri, err := v.Base.Expand(word); err == nil {
		word = v.Base.Short(iri)
	}
	meant := v.Meant(word)
	var known []string
	for fold, name := range names {
		if meant(name) {
			known = append(known, fold)
		}
	}
	if near := strict.Nearest(schema.FoldName(word), known); near != "" {
		return fmt.Sprintf(" (did you mean %s?)", quoted(names[near].Text))
	}
	return ": an entity goes by an IRI, a short form such as kg:person/kim-jong-il, or a name"
}

// quoted is a name in quotes, as it is written unless that would move a
// terminal's cursor: %q writes thin spaces and joiners as escapes.
func quoted(name string) string {
	if strings.ContainsFunc(name, unicode.IsControl) {
		return strconv.Quote(name)
	}
	return `"` + name + `"`
}

// Meant returns what tells whether a name can be proposed to those who typed a
// word, or its beginning, for an entity. Entities and sources can; claims and
// terms only where the word has the form of one.
func (v *View) Meant(word string) func(Name) bool {
	prefix, _, short := strings.Cut(word, ":")
	first, last := anEntity, aSource
	switch {
	case strings.Contains(word, "/claim/"):
		first, last = aClaim, aClaim
	case short && prefix != "kg" && slices.ContainsFunc(schema.Prefixes(v.Base), func(p schema.Prefix) bool { return p.Name == prefix }):
		first, last = aTerm, aTerm
	}
	return func(n Name) bool { return first <= n.rank && n.rank <= last }
}

// Names lists what nodes can be called, by schema.FoldName: names, descriptions,
// short forms and the ids these end in. A name that an entity goes by is not
// also that of a source, a term or a claim.
func (v *View) Names(ctx context.Context) (map[string]Name, error) {
	ranks, err := v.ranks(ctx)
	if err != nil {
		return nil, err
	}
	names := nameList{}
	for i, predicate := range []quad.IRI{schema.Label, schema.AltLabel, schema.Description} {
		err := v.each(ctx, quad.Quad{Predicate: predicate}, func(q quad.Quad) {
			if rank := ranks[q.Subject]; rank != aFigure {
				names.add(Text(q.Object), iriOf(q.Subject), rank, i)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	for value, rank := range ranks {
		if rank != aFigure {
			iri := iriOf(value)
			names.add(v.Base.Short(iri), iri, rank, 3)
			names.add(LastPart(iri), iri, rank, 3)
		}
	}
	for fold, name := range names {
		slices.Sort(name.Nodes)
		name.Nodes = slices.Compact(name.Nodes)
		names[fold] = name
	}
	return names, nil
}

// ranks tells what each node with a kind is; what has none is an entity.
func (v *View) ranks(ctx context.Context) (map[quad.Value]rank, error) {
	ranks := map[quad.Value]rank{}
	err := v.each(ctx, quad.Quad{Predicate: schema.Type}, func(q quad.Quad) {
		is := anEntity
		switch kind := iriOf(q.Object); {
		case slices.Contains(schema.Parts, kind):
			is = aFigure
		case kind == schema.ClaimClass:
			is = aClaim
		case kind == schema.SourceClass:
			is = aSource
		case kind == schema.Class, kind == schema.Property, q.Label == schema.OntologyIRI:
			is = aTerm
		}
		if was, seen := ranks[q.Subject]; !seen || was == anEntity {
			ranks[q.Subject] = is
		}
	})
	return ranks, err
}

// nameList is names by their folds.
type nameList map[string]Name

// add notes what a node is called. as says in which way; the first way in which
// something is called so is how it is written.
func (l nameList) add(text string, iri quad.IRI, rank rank, as int) {
	fold := schema.FoldName(text)
	if fold == "" || iri == "" {
		return
	}
	have, known := l[fold]
	switch {
	case !known || rank < have.rank:
		l[fold] = Name{text, []quad.IRI{iri}, rank, as}
		return
	case rank > have.rank:
		return
	case as < have.as || as == have.as && text < have.Text:
		have.Text, have.as = text, as
	}
	have.Nodes = append(have.Nodes, iri)
	l[fold] = have
}
