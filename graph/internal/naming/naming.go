// Package naming tells what people read for a term: the name of an entity or its
// description, the figures of a quantity or a date, the short form of any other IRI.
// Several sources may name one node: the sources of a row choose among its names, then
// the languages of the reader, then the dates of the sources.
package naming

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"golang.org/x/text/language"

	"kg/graph/internal/cells"
	"kg/graph/internal/joins"
	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/internal/languages"
	"kg/schema"
)

// Namer describes the terms of a graph that does not change, and remembers them. It is
// not for concurrent use.
type Namer struct {
	R         *read.Quads
	Joins     *joins.Reader
	Base      schema.Base
	Languages func() []language.Tag // that the user reads, the best first
	Relations func() []quad.IRI     // that name things, the best first, without schema.Description

	nodes  map[quad.IRI]*described
	issued map[quad.IRI]string // the dates of sources
	best   map[string]string   // the best language of a list
	by     []quad.IRI          // see By
}

// New makes a Namer that has its exported fields still to be set.
func New() *Namer {
	return &Namer{nodes: map[quad.IRI]*described{}, issued: map[quad.IRI]string{}, best: map[string]string{}}
}

// name is a name of a node, or the description of one without a name, and the source
// that gives it.
type name struct {
	text, language string
	source         quad.IRI
}

// described is what is read for a node.
type described struct {
	names []name                // in the order of byDate
	one   bool                  // all names are one text
	parts map[string]quad.Value // of a figure; nil for any other node
}

// Describe returns the cell of a term in a row that rests on sources: see DescribeFor of
// package graph.
func (n *Namer) Describe(ctx context.Context, value quad.Value, sources []quad.IRI) (cells.Cell, error) {
	c := cells.Cell{Value: value, Text: term.TextOf(value)}
	iri, ok := value.(quad.IRI)
	if !ok {
		return c, nil
	}
	if d := n.Joins.Decision(iri); d != nil { // as the annotator of a join
		c.Text = d.By
		return c, nil
	}
	d, err := n.described(ctx, iri)
	if err != nil {
		return c, err
	}
	c.Parts = d.parts
	names := d.names
	if d.one {
		names = names[:1]
	}
	if c.Text = n.choose(names, sources); c.Text == "" {
		c.Text = n.Base.Short(iri)
	}
	return c, nil
}

// Name returns the text of a node in a row that rests on sources.
func (n *Namer) Name(ctx context.Context, iri quad.IRI, sources ...quad.IRI) (string, error) {
	cell, err := n.Describe(ctx, iri, sources)
	return cell.Text, err
}

// DescribeAll is Describe for a node of which others are joined as the same: the cell has
// the names of all of them.
func (n *Namer) DescribeAll(ctx context.Context, value quad.Value, sources []quad.IRI) (cells.Cell, error) {
	c, err := n.Describe(ctx, value, sources)
	iri, ok := value.(quad.IRI)
	if err != nil || !ok {
		return c, err
	}
	classes, err := n.Joins.Classes(ctx)
	if err != nil {
		return c, err
	}
	var names, unnamed []string
	c.Same = classes[iri]
	for _, node := range append([]quad.IRI{iri}, c.Same...) {
		name, err := n.Name(ctx, node, sources...)
		if err != nil {
			return c, err
		}
		to := &names
		if name == n.Base.Short(node) { // perhaps of a source that is not loaded
			to = &unnamed
		}
		if !slices.Contains(*to, name) {
			*to = append(*to, name)
		}
	}
	if len(names) == 0 {
		names = unnamed
	}
	c.Text = strings.Join(names, " = ")
	return c, nil
}

// DescribeAlone is DescribeAll where the cell is the same in every row. It returns false
// where the row's sources choose among names.
func (n *Namer) DescribeAlone(ctx context.Context, value quad.Value) (c cells.Cell, alone bool, err error) {
	if iri, ok := value.(quad.IRI); ok && n.Joins.Decision(iri) == nil {
		d, err := n.described(ctx, iri)
		if err != nil || n.Joins.Joined(iri) || len(d.names) > 1 && !d.one {
			return c, false, err
		}
	}
	c, err = n.Describe(ctx, value, nil)
	return c, true, err
}

// choose chooses among the names of a node for a row of sources.
func (n *Namer) choose(names []name, sources []quad.IRI) string {
	if len(names) < 2 {
		for _, n := range names {
			return n.text
		}
		return ""
	}
	own := slices.DeleteFunc(slices.Clone(names), func(n name) bool { return !slices.Contains(sources, n.source) })
	if len(own) == 0 {
		own = names
	}
	var list []string
	for _, n := range own {
		list = append(list, n.language)
	}
	best := n.language(list)
	return own[slices.IndexFunc(own, func(n name) bool { return n.language == best })].text
}

// language returns the best among the languages of some literals, "" for a literal
// without one: the first that the user reads, or else none, or mul, or English, or the
// first in order.
func (n *Namer) language(list []string) string {
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
	})
	list = slices.Compact(list)
	if len(list) == 1 {
		return list[0]
	}
	key := strings.Join(list, " ")
	best, known := n.best[key]
	if !known {
		best = languages.Best(list, n.Languages())
		n.best[key] = best
	}
	return best
}
