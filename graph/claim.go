package graph

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/schema"
)

// Claim is what the graph has of one claim, its edges aside.
type Claim = claims.Claim

// Claim looks up a claim; it returns nil for an IRI that is none.
func (v *View) Claim(ctx context.Context, iri quad.IRI) (*Claim, error) {
	return v.claims.Claim(ctx, iri)
}

// Asserted lists the edges that a claim states, or denies, without the inner parts of its
// figures, in order.
func (v *View) Asserted(ctx context.Context, c *Claim) ([]quad.Quad, error) {
	return v.claims.Asserted(ctx, c)
}

// SourceClaims returns the claims of a source, each once, in no order.
func (v *View) SourceClaims(ctx context.Context, source quad.IRI) ([]*Claim, error) {
	return v.claims.OfSource(ctx, source)
}

// CountClaims counts what SourceClaims returns, for every source that has a claim. A claim
// that names who read the source so, as all of claims files do, is not read.
func (v *View) CountClaims(ctx context.Context) (map[quad.IRI]int, error) {
	return claims.Count(ctx, v.r)
}

// ClaimOrder is the claims of a source in the order of its text: by where they begin and
// end, then by their IRIs. Those that stand in no text come last. It holds numbers for
// them, some four bytes each, and reads no sentence.
type ClaimOrder struct {
	Speakers int // how many different speakers the claims have

	order *claims.TextOrder
}

// ClaimOrder puts the claims that SourceClaims returns in order, without reading them.
func (v *View) ClaimOrder(ctx context.Context, source quad.IRI) (*ClaimOrder, error) {
	o, err := claims.InOrder(ctx, v.r, source)
	if err != nil {
		return nil, err
	}
	return &ClaimOrder{o.Speakers, o}, nil
}

// Len returns how many claims there are.
func (o *ClaimOrder) Len() int { return o.order.Len() }

// Fits reports whether the order has the numbers of a view. After a change of the graph it
// may not.
func (o *ClaimOrder) Fits(v *View) bool { return o.order.Fits(v.r) }

// Part returns the claims from one position in the order up to another.
func (o *ClaimOrder) Part(v *View, from, to int) ([]quad.IRI, error) {
	return o.order.Part(v.r, from, to)
}

// Index returns the position of a claim in the order, -1 if it has none.
func (o *ClaimOrder) Index(v *View, claim quad.IRI) (int, error) { return o.order.Index(v.r, claim) }

// Issued returns when a source was published, a day or another date in EDTF, exact in
// Text; the empty cell if that is not known.
func (v *View) Issued(ctx context.Context, source quad.IRI) (Cell, error) {
	date, err := v.r.Object(ctx, source, schema.Issued)
	value := quad.String(Text(date))
	if value == "" || err != nil {
		return Cell{}, err
	}
	return Cell{Value: value, Text: string(value), Parts: map[string]quad.Value{schema.IRI(schema.EDTF).LastPart(): value}}, nil
}

// TextDigest returns the SHA-256 of a source's text, in hexadecimal.
func (v *View) TextDigest(ctx context.Context, source quad.IRI) (string, error) {
	digest, err := v.r.Object(ctx, source, schema.SHA256)
	return Text(digest), err
}

// SourceOfText returns the source whose text has that SHA-256, empty if there is none.
func (v *View) SourceOfText(ctx context.Context, sha256 string) (source quad.IRI, err error) {
	err = v.r.Do(ctx, quad.Quad{Object: quad.String(sha256)}, func(q quad.Quad) {
		if q.Predicate == schema.SHA256 && iriOf(q.Subject) == iriOf(q.Label) { // and not a passage
			source = iriOf(q.Subject)
		}
	})
	return source, err
}

// Locators lists what each source says of its text, by the IRIs of the sources: see
// SourceLocators. Sources for which asked is true have the locators of their claims.
func (v *View) Locators(ctx context.Context, asked func(source quad.IRI) bool) (list []schema.Locators, err error) {
	var sources []quad.IRI
	err = v.r.Do(ctx, quad.Quad{Predicate: schema.Type, Object: schema.SourceClass}, func(q quad.Quad) {
		if iri := iriOf(q.Subject); iri != "" {
			sources = append(sources, iri)
		}
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(sources)
	for _, source := range slices.Compact(sources) {
		l, err := v.SourceLocators(ctx, source, asked(source))
		if err != nil {
			return nil, err
		}
		list = append(list, *l)
	}
	return list, nil
}

// SourceLocators returns the digest, length and paragraphs of the text of a source, and,
// with each, the locator of each claim, in the order of the text. A source without a
// text has an empty digest, and its claims have no locator.
func (v *View) SourceLocators(ctx context.Context, source quad.IRI, each bool) (*schema.Locators, error) {
	return claims.Locators(ctx, v.r, source, each)
}

// Root returns the source of whose text a source is another reading, however many readings
// of readings lie between; the source itself if it is none. The store need not have it.
func (v *View) Root(ctx context.Context, source quad.IRI) (quad.IRI, error) {
	texts, err := v.readings.Texts(ctx)
	if err != nil {
		return "", err
	}
	return texts.Root(source), nil
}

// Readings returns a source and the others that read the same text, the first source
// first, then by IRI; nil if there is one alone. Those that are retracted or not in the
// store are left out.
func (v *View) Readings(ctx context.Context, source quad.IRI) ([]quad.IRI, error) {
	texts, err := v.readings.Texts(ctx)
	if err != nil {
		return nil, err
	}
	return slices.Clone(texts.Of(texts.Root(source))), nil
}
