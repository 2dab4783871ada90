package graph

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
	"kg/schema/strict"
)

// UnknownError says that no entity goes by a name.
type UnknownError struct{ Msg string }

func (e *UnknownError) Error() string { return e.Msg }

// Find returns the node that word names: an IRI, a short form such as
// kg:person/kim-jong-il, or a name, another name, a description or an id that
// only one node has. Otherwise the error is an *UnknownError with the nearest
// name, or with the nodes that share it.
func (v *View) Find(ctx context.Context, word string) (quad.IRI, error) {
	if iri, err := v.Base.Expand(word); err == nil {
		known, err := v.ValueOf(iri)
		if err != nil {
			return "", err
		}
		if known != nil {
			return iri, nil
		}
	}
	names, err := v.Names(ctx)
	if err != nil {
		return "", err
	}
	switch found := names[strings.ToLower(word)]; len(found) {
	case 0:
		near := strict.DidYouMean(word, slices.Collect(maps.Keys(names)))
		if near == "" {
			near = ": an entity goes by an IRI, a short form such as kg:person/kim-jong-il, or a name"
		}
		return "", &UnknownError{fmt.Sprintf("unknown entity %q%s", word, near)}
	case 1:
		return found[0], nil
	default:
		var short []string
		for _, iri := range found {
			short = append(short, v.Base.Short(iri))
		}
		return "", &UnknownError{fmt.Sprintf("%q is the name of %s: write one of these", word, strings.Join(short, " and of "))}
	}
}

// Names lists what entities can be called, in lower case, with the nodes that
// are called so: names, descriptions, short forms and the ids these end in.
func (v *View) Names(ctx context.Context) (map[string][]quad.IRI, error) {
	names := map[string][]quad.IRI{}
	add := func(name string, iri quad.IRI) {
		name = strings.ToLower(name)
		if name != "" && iri != "" && !slices.Contains(names[name], iri) {
			names[name] = append(names[name], iri)
		}
	}
	parts := map[quad.Value]bool{} // whose labels are no names
	err := v.each(ctx, quad.Predicate, schema.Type, func(q quad.Quad) {
		if slices.Contains(schema.Parts, iriOf(q.Object)) {
			parts[q.Subject] = true
			return
		}
		s := iriOf(q.Subject)
		add(v.Base.Short(s), s)
		add(LastPart(s), s)
	})
	for _, predicate := range []quad.IRI{schema.Label, schema.AltLabel, schema.Description} {
		err = errors.Join(err, v.each(ctx, quad.Predicate, predicate, func(q quad.Quad) {
			if !parts[q.Subject] {
				add(Text(q.Object), iriOf(q.Subject))
			}
		}))
	}
	if err != nil {
		return nil, err
	}
	for _, list := range names {
		slices.Sort(list)
	}
	return names, nil
}
