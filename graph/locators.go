package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Locators lists what each source says of its text, by the sources' IRIs: the
// text's digest, length and paragraphs, and, of the sources that are asked for,
// the place of each claim, in the order of the text. A source that stands in no
// text has an empty digest, and its claims have no place.
func (v *View) Locators(ctx context.Context, asked func(source quad.IRI) bool) ([]schema.Locators, error) {
	var sources []quad.IRI
	err := v.each(ctx, quad.Quad{Predicate: schema.Type, Object: schema.SourceClass}, func(q quad.Quad) {
		if iri := iriOf(q.Subject); iri != "" {
			sources = append(sources, iri)
		}
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(sources)
	var list []schema.Locators
	for _, source := range slices.Compact(sources) {
		l, err := v.SourceLocators(ctx, source, asked(source))
		if err != nil {
			return nil, err
		}
		list = append(list, *l)
	}
	return list, nil
}

// SourceLocators is what one source says of its text, with its places or without.
func (v *View) SourceLocators(ctx context.Context, source quad.IRI, places bool) (*schema.Locators, error) {
	l := &schema.Locators{Source: source}
	err := v.each(ctx, quad.Quad{Subject: source}, func(q quad.Quad) {
		n, _ := q.Object.(quad.Int)
		switch q.Predicate {
		case schema.SHA256:
			l.SHA256 = Text(q.Object)
		case schema.Characters:
			l.Characters = int(n)
		case schema.FromFile:
			l.FromFile = Text(q.Object)
		case schema.Extractor:
			l.Extractor = Text(q.Object)
		case schema.Body:
			l.Body = int(n)
		case schema.Heading:
			l.Heading = Text(q.Object)
		case schema.Table:
			l.Table = Text(q.Object)
		}
	})
	if err == nil && places {
		l.List, err = v.places(ctx, source)
	}
	return l, err
}

// inPlaces are the predicates that say where a claim stands: that of its passage, that
// of the passage's place, and those of the place.
var inPlaces = []quad.IRI{schema.HasTarget, schema.HasSelector, schema.Start, schema.End, schema.Page, schema.Paragraph, schema.Row, schema.Column, schema.SHA256}

// places are the places of a source's claims, in the order of the text.
// Looking up 100,000 claims one by one takes seconds, so each property of all
// places is read in one go.
func (v *View) places(ctx context.Context, source quad.IRI) (list []schema.Locator, err error) {
	if _, ok := v.qs.(*store.QuadStore); ok {
		var c read.Columns
		if c, err = v.r.Columns(ctx); err == nil {
			list, err = placesOf(&c, source)
		}
	} else {
		list, err = v.plainPlaces(ctx, source)
	}
	slices.SortFunc(list, func(a, b schema.Locator) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Claim, b.Claim))
	})
	return list, err
}

// placesOf are those of a source by the numbers of terms.
func placesOf(c *read.Columns, source quad.IRI) (list []schema.Locator, err error) {
	defer snapshot.Catch(&err)
	var p term.Pattern
	if p.Quad[term.Label], err = c.IDs.Find(source); err != nil || p.Quad[term.Label] == term.None {
		return nil, err
	}
	targets, selectors, at := map[term.ID]term.ID{}, map[term.ID]term.ID{}, map[term.ID]*schema.Locator{}
	for _, predicate := range inPlaces {
		if p.Quad[term.Predicate], err = c.IDs.Find(predicate); err != nil {
			return nil, err
		}
		if p.Quad[term.Predicate] == term.None {
			continue
		}
		failed := c.IDs.Each(c.Ctx, p, func(q term.Quad) {
			subject, object := q[term.Subject], q[term.Object]
			switch predicate {
			case schema.HasTarget:
				targets[subject] = object
			case schema.HasSelector:
				selectors[subject] = object
				at[object] = &schema.Locator{}
			default:
				if l := at[subject]; l != nil && err == nil {
					var value quad.Value
					value, err = c.IDs.Value(object)
					setPlace(l, quad.Quad{Predicate: predicate, Object: value})
				}
			}
		})
		if err = cmp.Or(err, failed); err != nil {
			return nil, err
		}
	}
	for claim, target := range targets {
		if l := at[selectors[target]]; l != nil && l.Paragraph > 0 {
			value, err := c.IDs.Value(claim)
			if err != nil {
				return nil, err
			}
			one := *l
			one.Columns = slices.Sorted(slices.Values(l.Columns))
			one.Claim = iriOf(value)
			list = append(list, one)
		}
	}
	return list, nil
}

// plainPlaces are those of a store of Cayley's.
func (v *View) plainPlaces(ctx context.Context, source quad.IRI) ([]schema.Locator, error) {
	targets, selectors, at := map[quad.Value]quad.Value{}, map[quad.Value]quad.Value{}, map[quad.Value]*schema.Locator{}
	for _, p := range inPlaces {
		err := v.each(ctx, quad.Quad{Predicate: p, Label: source}, func(q quad.Quad) {
			switch p {
			case schema.HasTarget:
				targets[q.Subject] = q.Object
			case schema.HasSelector:
				selectors[q.Subject] = q.Object
				at[q.Object] = &schema.Locator{}
			default:
				if l := at[q.Subject]; l != nil {
					setPlace(l, q)
				}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	var list []schema.Locator
	for claim, target := range targets {
		if l := at[selectors[target]]; l != nil && l.Paragraph > 0 {
			slices.Sort(l.Columns)
			l.Claim = iriOf(claim)
			list = append(list, *l)
		}
	}
	return list, nil
}

// setPlace takes what a quad says of a place.
func setPlace(l *schema.Locator, q quad.Quad) {
	n, _ := q.Object.(quad.Int)
	switch q.Predicate {
	case schema.Start:
		l.Start = int(n)
	case schema.End:
		l.End = int(n)
	case schema.Page:
		l.Page = int(n)
	case schema.Paragraph, schema.Row:
		l.Paragraph = int(n)
	case schema.Column:
		l.Columns = append(l.Columns, Text(q.Object))
	case schema.SHA256:
		l.SHA256 = Text(q.Object)
	}
}
