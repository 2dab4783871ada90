package document

import (
	"fmt"

	"kg/schema"

	"github.com/cayleygraph/quad"
)

// factList collects the source's statements about a claim.
type factList struct {
	source quad.Value
	list   []fact
}

func (q *factList) add(s, p quad.IRI, o quad.Value) { q.list = append(q.list, fact{s: s, p: p, o: o}) }

// text adds a literal unless it is empty.
func (q *factList) text(s, p quad.IRI, w Word) {
	if w.Text != "" {
		q.add(s, p, quad.String(w.Text))
	}
}

func (q *factList) entity(s, p quad.IRI, e *fileEntity) {
	q.list = append(q.list, fact{s: s, p: p, o: e.term, to: e.number})
}

// claimFacts adds the source's statements about a claim.
func (c *Checked) claimFacts(q *factList, cl *Claim, iri quad.IRI) {
	q.add(iri, schema.Type, schema.ClaimClass)
	q.add(iri, schema.FromSource, q.source)
	q.entity(iri, schema.AnnotatedBy, c.entities[c.doc.Source.Annotator.Text])
	q.text(iri, schema.Comment, cl.Says)
	q.text(iri, schema.Note, cl.Note)
	for _, from := range texts(cl.DerivedFrom) {
		q.add(iri, schema.DerivedFrom, c.base.Claim(c.doc.Source.ID.Text, from))
	}
	if len(cl.DerivedFrom) > 0 {
		return
	}
	speaker, stance := cl.Speaker.Text, schema.Stance(cl.Stance.Text)
	if speaker == "" {
		speaker = c.doc.Source.Publisher.Text
	}
	if stance == "" {
		stance = schema.Asserts
	}
	q.entity(iri, schema.Speaker, c.entities[speaker])
	q.add(iri, schema.StanceTerm, stance.IRI())
	q.text(iri, schema.Hedge, cl.Hedge)
	c.viaFacts(q, cl, iri)
	if cl.See.Text != "" {
		q.add(iri, schema.SeeAlso, quad.IRI(cl.See.Text))
		return
	}
	c.passageFacts(q, cl.At, iri)
}

// viaFacts keeps the order of the chain between publisher and speaker: the
// claim has a first step, and each step the next.
func (c *Checked) viaFacts(q *factList, cl *Claim, iri quad.IRI) {
	from, by := iri, schema.Via
	for i, party := range cl.Via {
		step := iri + quad.IRI(fmt.Sprintf("/via/%d", i+1))
		q.add(from, by, step)
		q.add(step, schema.Type, schema.AttributionClass)
		q.entity(step, schema.ViaParty, c.entities[party.Text])
		from, by = step, schema.ViaNext
	}
}

// passageFacts states the locator in the Web Annotation data model: a specific resource
// with a text position selector, half-open and counted in code points.
func (c *Checked) passageFacts(q *factList, p *schema.Locator, iri quad.IRI) {
	target, selector := iri+"/passage", iri+"/passage/position"
	q.add(iri, schema.HasTarget, target)
	q.add(target, schema.Type, schema.SpecificResource)
	q.add(target, schema.HasSource, q.source)
	q.add(target, schema.HasSelector, selector)
	q.add(selector, schema.Type, schema.PositionSelector)
	q.add(selector, schema.Start, quad.Int(p.Start))
	q.add(selector, schema.End, quad.Int(p.End))
	if c.doc.Source.Table.Text == "" {
		q.add(selector, schema.Paragraph, quad.Int(p.Paragraph))
	} else {
		q.add(selector, schema.Row, quad.Int(p.Paragraph))
	}
	if p.Page > 0 {
		q.add(selector, schema.Page, quad.Int(p.Page))
	}
	for _, column := range p.Columns {
		q.add(selector, schema.Column, quad.String(column))
	}
	q.add(selector, schema.SHA256, quad.String(p.SHA256))
}
