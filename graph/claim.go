package graph

import (
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/read"
	"kg/schema"
)

// Claim is what the graph knows of one claim, its edges aside.
type Claim struct {
	IRI         quad.IRI
	Source      quad.IRI
	Says        string
	Speaker     quad.IRI   // empty for a derived claim
	Annotator   quad.IRI   // who read the source so
	Via         []quad.IRI // between publisher and speaker, the publisher's side first
	Stance      schema.Stance
	Hedge       string     // as printed
	heard       []quad.IRI // the speaker and those between, as all readings of the text know them
	Note        string
	DerivedFrom []quad.IRI
	Page        int      // of the document that the text was taken from; 0 if it has none
	Paragraph   int      // from 1; 0 for a claim that stands in no text; of a table the row
	Columns     []string // of a table: those that the claim was read from, in order
	Start, End  int      // code points of the source's text, half-open
	SHA256      string
	See         quad.IRI // where it can be looked up, if it stands in no text
	// Retracted is the decision by which the claim is left out, or nil: see
	// View.Retraction. Its record is there as long as its source is, its edges are
	// not, but for a view that shows what is retracted.
	Retracted *schema.Decision
}

// because is the reason why the claim is retracted, if it is.
func (c *Claim) because() []string {
	if c.Retracted == nil {
		return nil
	}
	return []string{c.Retracted.Reason}
}

// Place says where a claim stands in its source's text; empty for one that stands
// in none.
func (c *Claim) Place() string {
	if c.Paragraph == 0 {
		return ""
	}
	if len(c.Columns) > 0 {
		return c.Spot()
	}
	return fmt.Sprintf("%s, %d to %d", c.Spot(), c.Start, c.End)
}

// Spot is the paragraph of a claim, or its row and columns; empty for one that stands
// in no text.
func (c *Claim) Spot() string {
	return schema.Locator{Page: c.Page, Paragraph: c.Paragraph, Columns: c.Columns}.Spot()
}

// Claim looks up a claim; it returns nil for an IRI that is none.
func (v *View) Claim(ctx context.Context, iri quad.IRI) (*Claim, error) {
	if c, ok := v.claims[iri]; ok {
		return c, nil
	}
	if err := v.readReadings(ctx); err != nil {
		return nil, err
	}
	c, err := v.readClaim(ctx, iri)
	if err == nil && c != nil {
		c.heard = []quad.IRI{v.readings.Hears(c.Speaker)}
		for _, via := range c.Via {
			c.heard = append(c.heard, v.readings.Hears(via))
		}
	}
	if err == nil {
		v.claims[iri] = c
	}
	return c, err
}

// readClaim reads a claim that is not remembered.
func (v *View) readClaim(ctx context.Context, iri quad.IRI) (*Claim, error) {
	c, err := claims.Read(ctx, v.r, iri)
	if c == nil || err != nil {
		return nil, err
	}
	at := c.Place
	return &Claim{
		IRI: iri, Source: c.Source, Says: c.Says, Speaker: c.Speaker, Annotator: c.Annotator, Via: c.Via, Stance: c.Stance,
		Hedge: c.Hedge, Note: c.Note, DerivedFrom: c.DerivedFrom, See: c.See, Retracted: v.Retraction(iri),
		Page: at.Page, Paragraph: at.Paragraph, Columns: at.Columns, Start: at.Start, End: at.End, SHA256: at.SHA256,
	}, nil
}

// Asserted lists the edges that a claim states, or denies, without the inner
// parts of its figures, in order.
func (v *View) Asserted(ctx context.Context, c *Claim) ([]quad.Quad, error) {
	quads, err := v.quads(ctx, quad.Quad{Label: c.IRI})
	quads = slices.DeleteFunc(quads, func(q quad.Quad) bool { return schema.IRI(iriOf(q.Subject)).Under(c.IRI) })
	slices.SortFunc(quads, func(a, b quad.Quad) int { return read.CompareTriples(a, b) })
	return quads, err
}

// Issued is when a source was published, a day or another date in EDTF, exact in Text;
// the empty cell if that is not known.
func (v *View) Issued(ctx context.Context, source quad.IRI) (Cell, error) {
	date, err := v.object(ctx, source, schema.Issued)
	value := quad.String(Text(date))
	if value == "" || err != nil {
		return Cell{}, err
	}
	return Cell{Value: value, Text: string(value), Parts: map[string]quad.Value{schema.IRI(schema.EDTF).LastPart(): value}}, nil
}

// TextDigest is the SHA-256 of a source's text, in hexadecimal.
func (v *View) TextDigest(ctx context.Context, source quad.IRI) (string, error) {
	digest, err := v.object(ctx, source, schema.SHA256)
	return Text(digest), err
}

// SourceOfText is the source whose text has that SHA-256, empty if there is none.
func (v *View) SourceOfText(ctx context.Context, sha256 string) (source quad.IRI, err error) {
	err = v.each(ctx, quad.Quad{Object: quad.String(sha256)}, func(q quad.Quad) {
		if q.Predicate == schema.SHA256 && iriOf(q.Subject) == iriOf(q.Label) { // and not a passage
			source = iriOf(q.Subject)
		}
	})
	return source, err
}

// SourceClaims are the claims of a source, each once, in no order.
func (v *View) SourceClaims(ctx context.Context, source quad.IRI) (list []*Claim, err error) {
	quads, err := v.quads(ctx, quad.Quad{Object: source})
	if err != nil {
		return nil, err
	}
	seen := map[quad.IRI]bool{}
	for _, q := range quads {
		iri, ok := q.Subject.(quad.IRI)
		if !ok || q.Predicate != schema.FromSource || seen[iri] {
			continue
		}
		seen[iri] = true
		c, err := v.Claim(ctx, iri)
		if err != nil {
			return nil, err
		}
		if c != nil {
			list = append(list, c)
		}
	}
	return list, nil
}

// Locators lists what each source says of its text, by the sources' IRIs: see
// SourceLocators, of which those that are asked for have places.
func (v *View) Locators(ctx context.Context, asked func(source quad.IRI) bool) (list []schema.Locators, err error) {
	var sources []quad.IRI
	err = v.each(ctx, quad.Quad{Predicate: schema.Type, Object: schema.SourceClass}, func(q quad.Quad) {
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

// SourceLocators is what one source says of its text: the text's digest, length and
// paragraphs, and, with places, the place of each claim, in the order of the text. A
// source that stands in no text has an empty digest, and its claims have no place.
func (v *View) SourceLocators(ctx context.Context, source quad.IRI, places bool) (*schema.Locators, error) {
	return claims.Locators(ctx, v.r, source, places)
}
