package schema

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/cayleygraph/quad"
)

// SourceIRI is the IRI of the checked file's source; it labels what the file
// says about its entities and claims.
func (c *Checked) SourceIRI() quad.IRI { return c.base.Source(c.doc.Source.ID.Text) }

// Base is where the checked file's IRIs live.
func (c *Checked) Base() Base { return c.base }

// Counts are the numbers of entities and claims in the file.
func (c *Checked) Counts() (entities, claims int) { return len(c.doc.Entities), len(c.tape.claims) }

// Own is the number of entities that belong to the file's source alone: those
// without a name.
func (c *Checked) Own() (n int) {
	for _, e := range c.doc.Entities {
		if e.Name.Text == "" {
			n++
		}
	}
	return n
}

// Place names the place in the file where it says of an entity what q says: its
// kind, its name or what it is the same as (claims "x.yaml":12:7). It is empty
// for any other quad.
func (c *Checked) Place(q quad.Quad) string {
	for _, e := range c.doc.Entities {
		en := c.entities[e.ID.Text]
		if q.Label != c.SourceIRI() || q.Subject != en.iri {
			continue
		}
		switch q.Predicate {
		case Type:
			return c.file.Place(e.Kind.Pos)
		case Label:
			return c.file.Place(e.Name.Pos)
		case SameAs:
			if i := slices.IndexFunc(en.same, func(other quad.IRI) bool { return other == q.Object }); i >= 0 {
				return c.file.Place(e.SameAs[i].Pos)
			}
		}
	}
	return ""
}

// quadList collects quads of one label. It makes a value of a predicate once as a rule, and
// of a subject once for the quads that follow each other.
type quadList struct {
	label      quad.Value
	list       []quad.Quad
	predicates recent[quad.Value]
	subject    quad.IRI
	of         quad.Value // the subject
	annotator  quad.Value // of all claims
}

func newQuadList(label quad.IRI, size int) *quadList {
	return &quadList{label: label, list: make([]quad.Quad, 0, size)}
}

func (q *quadList) add(s, p quad.IRI, o quad.Value) {
	if q.of == nil || q.subject != s {
		q.subject, q.of = s, s
	}
	predicate := q.predicates.of(p)
	if predicate.iri != p || predicate.is == nil {
		predicate.iri, predicate.is = p, p
	}
	q.list = append(q.list, quad.Quad{Subject: q.of, Predicate: predicate.is, Object: o, Label: q.label})
}

// text adds a literal unless it is empty.
func (q *quadList) text(s, p quad.IRI, w Word) {
	if w.Text != "" {
		q.add(s, p, quad.String(w.Text))
	}
}

func (c *Checked) sourceQuads(q *quadList) {
	s, iri := &c.doc.Source, c.SourceIRI()
	q.add(iri, Type, SourceClass)
	q.text(iri, Label, c.sourceLabel())
	q.text(iri, Title, s.Title)
	if c.of != "" {
		q.add(iri, ReadingOf, c.of)
	}
	q.add(iri, Publisher, c.entities[s.Publisher.Text].iri)
	q.add(iri, AnnotatedBy, c.entities[s.Annotator.Text].iri)
	if isDay(s.Date.Text) {
		q.add(iri, Issued, day(s.Date.Text))
	} else if d, err := ParseDate(s.Date.Text); err == nil {
		q.add(iri, Issued, d.Literal())
	}
	q.text(iri, Language, s.Language)
	q.text(iri, Address, s.Address)
	q.text(iri, SHA256, s.SHA256)
	if s.Characters > 0 {
		q.add(iri, Characters, quad.Int(s.Characters))
	}
	q.text(iri, FromFile, s.FromFile)
	q.text(iri, Extractor, s.Extractor)
	if body, err := strconv.Atoi(s.Body.Text); err == nil {
		q.add(iri, Body, quad.Int(body))
	}
	q.text(iri, Heading, s.Heading)
	q.text(iri, Table, s.Table)
}

// sourceLabel is what people call the source: its title, and of another reading of a
// text who read it, as the title is that of all its readings.
func (c *Checked) sourceLabel() Word {
	label := c.doc.Source.Title
	if c.of != "" {
		label.Text += ", read by " + c.entities[c.doc.Source.Annotator.Text].name
	}
	return label
}

func (c *Checked) entityQuads(q *quadList, e *Entity) {
	en := c.entities[e.ID.Text]
	q.add(en.iri, Type, en.kind.IRI)
	q.text(en.iri, Label, e.Name)
	q.text(en.iri, Description, e.Description)
	for _, name := range texts(e.Also) {
		q.add(en.iri, AltLabel, quad.String(name))
	}
	for _, other := range en.same {
		q.add(en.iri, SameAs, other)
	}
}

func (c *Checked) claimQuads(q *quadList, cl *Claim, iri quad.IRI) {
	q.add(iri, Type, ClaimClass)
	q.add(iri, FromSource, q.label)
	q.add(iri, AnnotatedBy, q.annotator)
	q.text(iri, Comment, cl.Says)
	q.text(iri, Note, cl.Note)
	for _, from := range texts(cl.DerivedFrom) {
		q.add(iri, DerivedFrom, c.base.Claim(c.doc.Source.ID.Text, from))
	}
	if len(cl.DerivedFrom) > 0 {
		return
	}
	speaker, stance := cl.Speaker.Text, Stance(cl.Stance.Text)
	if speaker == "" {
		speaker = c.doc.Source.Publisher.Text
	}
	if stance == "" {
		stance = Asserts
	}
	q.add(iri, Speaker, c.entities[speaker].iri)
	q.add(iri, StanceTerm, stance.IRI())
	q.text(iri, Hedge, cl.Hedge)
	c.viaQuads(q, cl, iri)
	if cl.See.Text != "" {
		q.add(iri, SeeAlso, quad.IRI(cl.See.Text))
		return
	}
	c.passageQuads(q, cl.At, iri)
}

// viaQuads keeps the order of the chain between publisher and speaker: the
// claim has a first step, and each step the next.
func (c *Checked) viaQuads(q *quadList, cl *Claim, iri quad.IRI) {
	from, by := iri, Via
	for i, party := range cl.Via {
		step := iri + quad.IRI(fmt.Sprintf("/via/%d", i+1))
		q.add(from, by, step)
		q.add(step, Type, AttributionClass)
		q.add(step, ViaParty, c.entities[party.Text].iri)
		from, by = step, ViaNext
	}
}

// passageQuads puts the place in the text as the Web Annotation data model
// does: a specific resource with a text position selector, half-open and
// counted in code points.
func (c *Checked) passageQuads(q *quadList, p *Locator, iri quad.IRI) {
	target, selector := iri+"/passage", iri+"/passage/position"
	q.add(iri, HasTarget, target)
	q.add(target, Type, SpecificResource)
	q.add(target, HasSource, q.label)
	q.add(target, HasSelector, selector)
	q.add(selector, Type, PositionSelector)
	q.add(selector, Start, quad.Int(p.Start))
	q.add(selector, End, quad.Int(p.End))
	if c.doc.Source.Table.Text == "" {
		q.add(selector, Paragraph, quad.Int(p.Paragraph))
	} else {
		q.add(selector, Row, quad.Int(p.Paragraph))
	}
	if p.Page > 0 {
		q.add(selector, Page, quad.Int(p.Page))
	}
	for _, column := range p.Columns {
		q.add(selector, Column, quad.String(column))
	}
	q.add(selector, SHA256, quad.String(p.SHA256))
}
