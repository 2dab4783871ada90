package claims

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Claim is what a graph has of one claim, its edges aside.
type Claim struct {
	IRI         quad.IRI
	Source      quad.IRI
	Says        string
	Speaker     quad.IRI   // empty for a derived claim
	Annotator   quad.IRI   // who read the source so
	Via         []quad.IRI // between publisher and speaker, the publisher's side first
	Stance      schema.Stance
	Hedge       string // as printed
	Note        string
	DerivedFrom []quad.IRI
	Page        int      // of the document that the text was taken from; 0 if it has none
	Paragraph   int      // from 1; 0 for a claim that stands in no text; of a table the row
	Columns     []string // of a table: those that the claim was read from, in order
	Start, End  int      // code points of the source's text, half-open
	SHA256      string
	See         quad.IRI // where it can be looked up, if it stands in no text
	// Retracted is the decision by which the claim is left out, or nil: see
	// View.Retraction. The record of a retracted claim is in the graph as long as its
	// source is; its edges are only in a view that shows what is retracted.
	Retracted *schema.Decision
}

// LocatorText returns the locator of a claim for people: "paragraph 3, 120 to 180", or a
// table's row and columns; empty for a claim without a locator.
func (c *Claim) LocatorText() string {
	if c.Paragraph == 0 {
		return ""
	}
	if len(c.Columns) > 0 {
		return c.ParagraphText()
	}
	return fmt.Sprintf("%s, %d to %d", c.ParagraphText(), c.Start, c.End)
}

// ParagraphText returns the paragraph of a claim, or its row and columns; empty for a claim
// without a locator.
func (c *Claim) ParagraphText() string {
	return schema.Locator{Page: c.Page, Paragraph: c.Paragraph, Columns: c.Columns}.ParagraphText()
}

// position returns the position of the claim.
func (c *Claim) position() TextPosition {
	return TextPosition{Nowhere: c.Paragraph == 0, Start: c.Start, End: c.End}
}

// Compare orders claims of a source as TextOrder does.
func (c *Claim) Compare(d *Claim) int {
	return cmp.Or(c.position().Compare(d.position()), cmp.Compare(c.IRI, d.IRI))
}

// CompareSure orders claims, the surest first: by stance, a derived claim, which has
// none, after those that somebody asserts; then those without a hedge; then by position
// and IRI. Nil, for what no claim states, comes last.
func (c *Claim) CompareSure(d *Claim) int {
	switch {
	case c == nil && d == nil:
		return 0
	case c == nil:
		return 1
	case d == nil:
		return -1
	}
	return cmp.Or(cmp.Compare(c.rank(), d.rank()), cmp.Compare(c.Hedge, d.Hedge), cmp.Compare(c.Start, d.Start), cmp.Compare(c.IRI, d.IRI))
}

func (c *Claim) rank() int {
	if c.Speaker == "" {
		return 1
	}
	return 2 * c.Stance.Rank()
}

// Denies reports whether a claim says that its edges are not so.
func (c *Claim) Denies() bool { return c.Stance == schema.Denies }

// IsBackground reports whether a claim is common knowledge that can be looked up, and
// stands in no source's text.
func (c *Claim) IsBackground() bool { return c.See != "" }

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
			if err := c.locate(ctx, r, q.Object); err != nil {
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

// locate reads the locator of the passage that a claim targets.
func (c *Claim) locate(ctx context.Context, r *read.Quads, target quad.Value) error {
	selector, err := r.Object(ctx, target, schema.HasSelector)
	if err != nil || selector == nil {
		return err
	}
	var l schema.Locator
	err = r.Do(ctx, quad.Quad{Subject: selector}, func(q quad.Quad) { SetLocator(&l, q) })
	slices.Sort(l.Columns)
	c.Page, c.Paragraph, c.Columns, c.Start, c.End, c.SHA256 = l.Page, l.Paragraph, l.Columns, l.Start, l.End, l.SHA256
	return err
}
