package web

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// index is what entities are called and of what kind they are, for searching
// and for pick-lists.
type index struct {
	entries []entry               // by name, then IRI
	parents map[string]string     // the kind above a kind, by name
	byIRI   map[quad.IRI]*entry   // the entry of an entity's best name
	ofKind  map[string][]*entry   // entities by the name of their own kind
	kinds   map[quad.IRI]string   // names of kinds
	terms   map[quad.IRI]bool     // kinds, relations and codes
	unnamed map[quad.IRI]struct{} // figures and records, which are not found by name
	tagged  bool                  // names have languages: what is best depends on who reads
}

// entry is one name of one entity.
type entry struct {
	IRI    quad.IRI
	Name   string // as people read it
	Fold   string // for searching
	Called string // the entity's best name, when Name is another one
	Kind   string
	Term   bool // a kind, a relation or a code: found last, and no entity
}

// index returns the names of the graph as it is now.
func (s *Server) index() (*index, error) {
	return s.names.get(s.Version(), func(ctx context.Context) (*index, error) {
		return newIndex(ctx, s.View(true))
	})
}

func newIndex(ctx context.Context, v *graph.View) (*index, error) {
	x := &index{
		parents: map[string]string{}, byIRI: map[quad.IRI]*entry{}, ofKind: map[string][]*entry{},
		kinds: map[quad.IRI]string{}, terms: map[quad.IRI]bool{}, unnamed: map[quad.IRI]struct{}{},
	}
	if err := x.readKinds(ctx, v); err != nil {
		return nil, err
	}
	own, err := x.ownKinds(ctx, v)
	if err != nil {
		return nil, err
	}
	if err := x.readNames(ctx, v, own); err != nil {
		return nil, err
	}
	slices.SortFunc(x.entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.Fold, b.Fold), cmp.Compare(a.IRI, b.IRI), cmp.Compare(a.Name, b.Name))
	})
	for i := range x.entries {
		if e := &x.entries[i]; e.Called == "" && !e.Term {
			x.byIRI[e.IRI] = e
			x.ofKind[e.Kind] = append(x.ofKind[e.Kind], e)
		}
	}
	return x, nil
}

func (x *index) readKinds(ctx context.Context, v *graph.View) error {
	for q, err := range v.Each(ctx, quad.Quad{Object: schema.Class}) {
		if err != nil {
			return err
		}
		if iri, ok := q.Subject.(quad.IRI); ok && q.Predicate == schema.Type {
			x.kinds[iri] = graph.LastPart(iri)
		}
	}
	for iri := range x.kinds {
		ours, theirs := "", "" // what files and queries call it, and what other graphs do
		for q, err := range v.Each(ctx, quad.Quad{Subject: iri}) {
			if err != nil {
				return err
			}
			switch q.Predicate {
			case schema.Label:
				if text := graph.Text(q.Object); q.Label == schema.OntologyIRI {
					ours = text
				} else if theirs == "" || text < theirs {
					theirs = text
				}
			case schema.SubClassOf:
				parent, _ := q.Object.(quad.IRI)
				x.parents[string(iri)] = string(parent)
			}
		}
		x.kinds[iri] = cmp.Or(ours, theirs, graph.LastPart(iri))
	}
	named := map[string]string{}
	for child, parent := range x.parents {
		named[x.kinds[quad.IRI(child)]] = x.kinds[quad.IRI(parent)]
	}
	x.parents = named
	return nil
}

// ownKinds returns the kind of each thing that has one, and notes those that
// nobody looks for by name.
func (x *index) ownKinds(ctx context.Context, v *graph.View) (map[quad.IRI]string, error) {
	own := map[quad.IRI]string{}
	for q, err := range v.Each(ctx, quad.Quad{Predicate: schema.Type}) {
		if err != nil {
			return nil, err
		}
		iri, _ := q.Subject.(quad.IRI)
		kind, _ := q.Object.(quad.IRI)
		if kind == schema.Class || kind == schema.Property || schema.OfOntology(iri) {
			x.terms[iri] = true
		}
		switch {
		case kind == schema.QuantityClass, kind == schema.DateClass, slices.Contains(schema.Records, kind) && kind != schema.SourceClass:
			x.unnamed[iri] = struct{}{}
		case own[iri] == "" || x.name(kind) < own[iri]:
			own[iri] = x.name(kind)
		}
	}
	return own, nil
}

// name is that of a kind.
func (x *index) name(kind quad.IRI) string {
	if name := x.kinds[kind]; name != "" {
		return name
	}
	return graph.LastPart(kind)
}

func (x *index) readNames(ctx context.Context, v *graph.View, own map[quad.IRI]string) error {
	best := map[quad.IRI]string{}
	var all []entry
	for _, predicate := range []quad.IRI{schema.Label, schema.Description, schema.AltLabel} {
		names, err := x.namesBy(ctx, v, predicate)
		if err != nil {
			return err
		}
		all = append(all, names...)
		if predicate == schema.AltLabel {
			break
		}
		if err := bestOf(ctx, v, names, best); err != nil {
			return err
		}
	}
	for iri := range own { // what has no name at all is found by its id
		if _, skip := x.unnamed[iri]; !skip && best[iri] == "" {
			best[iri] = v.Base.Short(iri)
			all = append(all, entry{IRI: iri, Name: best[iri]})
		}
	}
	seen := map[entry]bool{}
	for _, e := range all {
		e.Kind, e.Fold, e.Term = own[e.IRI], schema.FoldName(e.Name), x.terms[e.IRI]
		if e.Name != best[e.IRI] {
			e.Called = best[e.IRI]
		}
		if !seen[e] {
			seen[e] = true
			x.entries = append(x.entries, e)
		}
	}
	return nil
}

// namesBy lists the names that a predicate gives.
func (x *index) namesBy(ctx context.Context, v *graph.View, predicate quad.IRI) (names []entry, err error) {
	for q, err := range v.Each(ctx, quad.Quad{Predicate: predicate}) {
		if err != nil {
			return nil, err
		}
		iri, ok := q.Subject.(quad.IRI)
		if _, skip := x.unnamed[iri]; !ok || skip {
			continue
		}
		if _, ok := q.Object.(quad.LangString); ok {
			x.tagged = true
		}
		names = append(names, entry{IRI: iri, Name: graph.Text(q.Object)})
	}
	return names, nil
}

// bestOf notes what is read for those that have no best name yet: their one
// name among these, or else the one that Describe chooses.
func bestOf(ctx context.Context, v *graph.View, names []entry, best map[quad.IRI]string) error {
	found, several := map[quad.IRI]string{}, map[quad.IRI]bool{}
	for _, e := range names {
		have, ok := found[e.IRI]
		several[e.IRI] = several[e.IRI] || ok && have != e.Name
		found[e.IRI] = e.Name
	}
	for iri, name := range found {
		if best[iri] != "" {
			continue
		}
		if several[iri] {
			cell, err := v.Describe(ctx, iri)
			if err != nil {
				return err
			}
			name = cell.Text
		}
		best[iri] = name
	}
	return nil
}

// within tells whether a kind is another or one below it, by their names.
func (x *index) within(kind, other string) bool {
	for range len(x.parents) + 1 {
		if kind == other {
			return true
		}
		kind = x.parents[kind]
		if kind == "" {
			return false
		}
	}
	return false
}

// of lists the entities of a kind or of a kind below it, by name.
func (x *index) of(kind string) []*entry {
	var list []*entry
	for own, entries := range x.ofKind {
		if x.within(own, kind) {
			list = append(list, entries...)
		}
	}
	slices.SortFunc(list, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(a.Fold, b.Fold), cmp.Compare(a.IRI, b.IRI))
	})
	return list
}

// find lists the names that match what somebody typed, one for each entity:
// those that are it, then those that begin with it, then those with a word
// that does, then those that contain it, and at last the ontology's own terms, if
// these are looked for too. It returns at most limit of them and how many there
// are.
func (x *index) find(typed string, limit int, terms bool) (list []entry, total int) {
	typed = schema.FoldName(typed)
	if typed == "" {
		return nil, 0
	}
	ranks := make([][]entry, 5)
	best := map[quad.IRI]int{}
	for _, e := range x.entries {
		if rank, ok := match(e.Fold, typed); ok && (terms || !e.Term) {
			if e.Term {
				rank = 4
			}
			if have, seen := best[e.IRI]; !seen || rank < have {
				best[e.IRI] = rank
			}
			ranks[rank] = append(ranks[rank], e)
		}
	}
	taken := map[quad.IRI]bool{}
	for rank, entries := range ranks {
		for _, e := range entries {
			if best[e.IRI] == rank && !taken[e.IRI] && len(list) < limit {
				taken[e.IRI] = true
				list = append(list, e)
			}
		}
	}
	return list, len(best)
}

func match(name, typed string) (rank int, ok bool) {
	i := strings.Index(name, typed)
	switch {
	case name == typed:
		return 0, true
	case i == 0:
		return 1, true
	case i < 0:
		return 0, false
	case strings.Contains(name, " "+typed):
		return 2, true
	}
	return 3, true
}
