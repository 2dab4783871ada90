package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// naming is a name of a node, or the description of one without a name, and the
// source that gives it.
type naming struct {
	text, language string
	source         quad.IRI
}

// described is what is read for a node, looked up once.
type described struct {
	names []naming              // in the order of byDate
	one   bool                  // all names are one text
	parts map[string]quad.Value // of a figure; nil for any other node
}

// Describe is DescribeFor without a row: the earliest source names the node.
func (v *View) Describe(ctx context.Context, value quad.Value) (Cell, error) {
	return v.DescribeFor(ctx, value, nil)
}

// DescribeFor tells what people read for a term in a row that rests on sources:
// the name of an entity, or else its description; the figures of a quantity;
// the short form of any other IRI. The name is that of the row's sources, or of
// all if none of these names it; among several the one in the best language,
// then the one of the earliest source, by its date and then its IRI.
func (v *View) DescribeFor(ctx context.Context, value quad.Value, sources []quad.IRI) (Cell, error) {
	c := Cell{Value: value, Text: Text(value)}
	iri, ok := value.(quad.IRI)
	if !ok {
		return c, nil
	}
	if d := v.matchMade(iri); d != nil { // joined by whoever decided so
		c.Text = d.By
		return c, nil
	}
	d, err := v.described(ctx, iri)
	if err != nil {
		return c, err
	}
	c.Parts = d.parts
	names := d.names
	if d.one {
		names = names[:1]
	}
	if c.Text = v.name(names, sources); c.Text == "" {
		c.Text = v.Base.Short(iri)
	}
	return c, nil
}

// name chooses among the names of a node for a row of sources.
func (v *View) name(names []naming, sources []quad.IRI) string {
	if len(names) < 2 {
		for _, n := range names {
			return n.text
		}
		return ""
	}
	own := slices.DeleteFunc(slices.Clone(names), func(n naming) bool { return !slices.Contains(sources, n.source) })
	if len(own) == 0 {
		own = names
	}
	var languages []string
	for _, n := range own {
		languages = append(languages, n.language)
	}
	best := v.language(languages)
	return own[slices.IndexFunc(own, func(n naming) bool { return n.language == best })].text
}

// described looks up what is read for a node.
func (v *View) described(ctx context.Context, node quad.IRI) (*described, error) {
	if d := v.nodes[node]; d != nil {
		return d, nil
	}
	d, err := v.describedAtOnce(ctx, node)
	if d == nil && err == nil {
		d, err = v.describedByParts(ctx, node)
	}
	if err != nil {
		return nil, err
	}
	v.nodes[node] = d
	return d, nil
}

// describedByParts asks for one predicate after another: a node may have any number
// of quads.
func (v *View) describedByParts(ctx context.Context, node quad.IRI) (*described, error) {
	names, err := v.namings(ctx, node)
	if err != nil {
		return nil, err
	}
	d := newDescribed(names)
	kinds, err := v.objects(ctx, node, schema.Type)
	if err != nil {
		return nil, err
	}
	if slices.Contains(kinds, quad.Value(schema.QuantityClass)) || slices.Contains(kinds, quad.Value(schema.DateClass)) {
		d.parts = map[string]quad.Value{}
		err = v.each(ctx, quad.Quad{Subject: node}, func(q quad.Quad) {
			if q.Predicate != schema.Type && q.Predicate != schema.Label {
				d.parts[schema.IRI(iriOf(q.Predicate)).LastPart()] = q.Object
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return d, nil
}

func newDescribed(names []naming) *described {
	other := func(n naming) bool { return n.text != names[0].text }
	return &described{names: names, one: len(names) > 0 && !slices.ContainsFunc(names, other)}
}

// namings lists the names of a node by the first relation that gives it some, or
// else its descriptions. Relations that the graph does not have are not asked
// for: most things without a name are figures.
func (v *View) namings(ctx context.Context, node quad.IRI) ([]naming, error) {
	by, err := v.namedBy()
	if err != nil {
		return nil, err
	}
	for _, predicate := range by {
		var list []naming
		err := v.each(ctx, quad.Quad{Subject: node, Predicate: predicate}, func(q quad.Quad) {
			list = appendNaming(list, q)
		})
		if err == nil && len(list) > 1 {
			err = v.byDate(ctx, list)
		}
		if err != nil || len(list) > 0 {
			return list, err
		}
	}
	return nil, nil
}

// namedBy are the relations that name things in the graph, the best first.
func (v *View) namedBy() ([]quad.IRI, error) {
	if v.naming != nil {
		return v.naming, nil
	}
	by := []quad.IRI{}
	for _, predicate := range append(v.names.By(), schema.Description) {
		known, err := v.has(predicate)
		if err != nil {
			return nil, err
		}
		if known {
			by = append(by, predicate)
		}
	}
	v.naming = by
	return by, nil
}

func appendNaming(list []naming, q quad.Quad) []naming {
	n := naming{text: Text(q.Object), source: sourceOf(q.Label)}
	if t, ok := q.Object.(quad.LangString); ok {
		n.language = t.Lang
	}
	if n.text == "" {
		return list
	}
	return append(list, n)
}

// byDate puts the names of the earliest source first; those of a source
// without a date come after those with one.
func (v *View) byDate(ctx context.Context, list []naming) error {
	for _, n := range list {
		if _, known := v.issued[n.source]; known {
			continue
		}
		day, err := v.object(ctx, n.source, schema.Issued)
		if err != nil {
			return err
		}
		v.issued[n.source] = cmp.Or(Text(day), "undated") // after every digit
	}
	slices.SortFunc(list, func(a, b naming) int {
		return cmp.Or(
			cmp.Compare(v.issued[a.source], v.issued[b.source]), cmp.Compare(a.source, b.source),
			strings.Compare(a.text, b.text), strings.Compare(a.language, b.language))
	})
	return nil
}

// sourceOf is the source of what a label labels: the label itself, or the source
// of the claim that it is.
func sourceOf(label quad.Value) quad.IRI {
	if source, _, _, ok := schema.IRI(iriOf(label)).SplitClaim(); ok {
		return source
	}
	return iriOf(label)
}
