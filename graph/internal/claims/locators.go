package claims

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

// Locators returns a source's statements about its text: the text's digest, length and
// paragraphs, and, with claims, the locator of each claim, in the order of the text. A
// source without a text has an empty digest, and its claims have no locators.
func Locators(ctx context.Context, r *read.Quads, source quad.IRI, withClaims bool) (*schema.Locators, error) {
	l := &schema.Locators{Source: source}
	err := r.Do(ctx, quad.Quad{Subject: source}, func(q quad.Quad) {
		n, _ := q.Object.(quad.Int)
		switch q.Predicate {
		case schema.SHA256:
			l.SHA256 = term.TextOf(q.Object)
		case schema.Characters:
			l.Characters = int(n)
		case schema.FromFile:
			l.FromFile = term.TextOf(q.Object)
		case schema.Extractor:
			l.Extractor = term.TextOf(q.Object)
		case schema.Body:
			l.Body = int(n)
		case schema.Heading:
			l.Heading = term.TextOf(q.Object)
		case schema.Table:
			l.Table = term.TextOf(q.Object)
		}
	})
	if err == nil && withClaims {
		l.List, err = locators(ctx, r, source)
	}
	return l, err
}

// locatorPredicates are the predicates of a locator: those of a claim's passage, of the passage's
// selector, and of the selector's position.
var locatorPredicates = []quad.IRI{schema.HasTarget, schema.HasSelector, schema.Start, schema.End, schema.Page, schema.Paragraph, schema.Row, schema.Column, schema.SHA256}

// locators returns the locators of a source's claims, in the order of the text. Looking up
// 100,000 claims one by one takes seconds, so each property of all locators is read in
// one scan.
func locators(ctx context.Context, r *read.Quads, source quad.IRI) (list []schema.Locator, err error) {
	if _, ok := r.QS.(*store.QuadStore); ok {
		var c read.Columns
		if c, err = r.Columns(ctx); err == nil {
			list, err = placesOf(&c, source)
		}
	} else {
		list, err = plainLocators(ctx, r, source)
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
	for _, predicate := range locatorPredicates {
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
					SetLocator(l, quad.Quad{Predicate: predicate, Object: value})
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
			one.Claim = read.IRI(value)
			list = append(list, one)
		}
	}
	return list, nil
}

// plainLocators are those of a store of Cayley's.
func plainLocators(ctx context.Context, r *read.Quads, source quad.IRI) ([]schema.Locator, error) {
	targets, selectors, at := map[quad.Value]quad.Value{}, map[quad.Value]quad.Value{}, map[quad.Value]*schema.Locator{}
	for _, p := range locatorPredicates {
		err := r.Do(ctx, quad.Quad{Predicate: p, Label: source}, func(q quad.Quad) {
			switch p {
			case schema.HasTarget:
				targets[q.Subject] = q.Object
			case schema.HasSelector:
				selectors[q.Subject] = q.Object
				at[q.Object] = &schema.Locator{}
			default:
				if l := at[q.Subject]; l != nil {
					SetLocator(l, q)
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
			l.Claim = read.IRI(claim)
			list = append(list, *l)
		}
	}
	return list, nil
}

// SetLocator sets the field of a locator that a quad states.
func SetLocator(l *schema.Locator, q quad.Quad) {
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
		l.Columns = append(l.Columns, term.TextOf(q.Object))
	case schema.SHA256:
		l.SHA256 = term.TextOf(q.Object)
	}
}
