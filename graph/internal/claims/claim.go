package claims

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Claim is a claim as read from a graph, without its edges: see Claim of package graph.
type Claim struct {
	IRI, Source        quad.IRI
	Says               string
	Speaker, Annotator quad.IRI
	Via                []quad.IRI
	Stance             schema.Stance
	Hedge, Note        string
	DerivedFrom        []quad.IRI
	Place              schema.Locator // its text, if it stands in one
	See                quad.IRI
}

// position returns the claim's position in the text.
func (c *Claim) position() TextPosition {
	return TextPosition{Nowhere: c.Place.Paragraph == 0, Start: c.Place.Start, End: c.Place.End}
}

// Read reads one claim; it is nil for an IRI that is none.
func Read(ctx context.Context, r *read.Quads, iri quad.IRI) (*Claim, error) {
	// Most requested IRIs are no claims, and may have any number of quads.
	kinds, err := r.Objects(ctx, iri, schema.Type)
	if err != nil || !slices.Contains(kinds, quad.Value(schema.ClaimClass)) {
		return nil, err
	}
	quads, err := r.List(ctx, quad.Quad{Subject: iri})
	if err != nil {
		return nil, err
	}
	c, other := &Claim{IRI: iri}, reified{}
	for _, q := range quads {
		switch q.Predicate {
		case schema.FromSource:
			c.Source = read.IRI(q.Object)
		case schema.Comment:
			c.Says = term.TextOf(q.Object)
		case schema.Speaker:
			c.Speaker = read.IRI(q.Object)
		case schema.AnnotatedBy:
			c.Annotator = read.IRI(q.Object)
		case schema.StanceTerm:
			c.Stance = stanceOf(q.Object)
		case schema.Hedge:
			c.Hedge = term.TextOf(q.Object)
		case schema.Note:
			c.Note = term.TextOf(q.Object)
		case schema.DerivedFrom:
			c.DerivedFrom = append(c.DerivedFrom, read.IRI(q.Object))
		case schema.SeeAlso:
			c.See = read.IRI(q.Object)
		case schema.Via:
			if c.Via, err = chain(ctx, r, q.Object); err != nil {
				return nil, err
			}
		case schema.HasTarget:
			if err := setLocator(ctx, r, &c.Place, q.Object); err != nil {
				return nil, err
			}
		default:
			other.add(q)
		}
	}
	slices.Sort(c.DerivedFrom)
	if !other.complete(c) {
		return nil, nil
	}
	return c, nil
}

func stanceOf(value quad.Value) schema.Stance {
	for _, s := range schema.Stances {
		if s.IRI() == value {
			return s
		}
	}
	return ""
}

// chain follows the steps of an attribution from the first.
func chain(ctx context.Context, r *read.Quads, step quad.Value) ([]quad.IRI, error) {
	var parties []quad.IRI
	for seen := map[quad.Value]bool{}; step != nil && !seen[step]; {
		seen[step] = true
		party, err := r.Object(ctx, step, schema.ViaParty)
		if err != nil {
			return nil, err
		}
		parties = append(parties, read.IRI(party))
		if step, err = r.Object(ctx, step, schema.ViaNext); err != nil {
			return nil, err
		}
	}
	return parties, nil
}

// setLocator reads where the passage is that a claim targets.
func setLocator(ctx context.Context, r *read.Quads, l *schema.Locator, target quad.Value) error {
	selector, err := r.Object(ctx, target, schema.HasSelector)
	if err != nil || selector == nil {
		return err
	}
	err = r.Do(ctx, quad.Quad{Subject: selector}, func(q quad.Quad) { SetLocator(l, q) })
	slices.Sort(l.Columns)
	return err
}

// ofSource reads the claims of a source, each once, in no order.
func ofSource(ctx context.Context, r *read.Quads, source quad.IRI) (list []*Claim, err error) {
	quads, err := r.List(ctx, quad.Quad{Predicate: schema.FromSource, Object: source})
	seen := map[quad.IRI]bool{}
	for _, q := range quads {
		iri := read.IRI(q.Subject)
		if iri == "" || seen[iri] {
			continue
		}
		seen[iri] = true
		c, err := Read(ctx, r, iri)
		if err != nil {
			return nil, err
		}
		if c != nil {
			list = append(list, c)
		}
	}
	return list, err
}
