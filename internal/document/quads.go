package document

import (
	"slices"
	"strconv"

	"github.com/cayleygraph/quad"

	"kg/internal/strict"
	"kg/schema"
	"kg/schema/edtf"
)

// SourceIRI is the IRI of the checked file's source; it labels the file's statements
// about its entities and claims.
func (c *Checked) SourceIRI() quad.IRI { return c.base.Source(c.doc.Source.ID.Text) }

// Base is where the checked file's IRIs live.
func (c *Checked) Base() schema.Base { return c.base }

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

// Position returns the position in the file of the statement of q about an entity: its kind,
// its name or the entity it is the same as (claims "x.yaml":12:7). It is empty for any
// other quad.
func (c *Checked) Position(q quad.Quad) string {
	for _, e := range c.doc.Entities {
		en := c.entities[e.ID.Text]
		if q.Label != c.SourceIRI() || q.Subject != en.iri {
			continue
		}
		switch q.Predicate {
		case schema.Type:
			return c.file.Position(e.Kind.Pos)
		case schema.Label:
			return c.file.Position(e.Name.Pos)
		case schema.SameAs:
			if i := slices.IndexFunc(en.same, func(other quad.IRI) bool { return other == q.Object }); i >= 0 {
				return c.file.Position(e.SameAs[i].Pos)
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
	predicates iriCache[quad.Value]
	subject    quad.IRI
	of         quad.Value // the subject
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
func (q *quadList) text(s, p quad.IRI, w strict.Word) {
	if w.Text != "" {
		q.add(s, p, quad.String(w.Text))
	}
}

func (c *Checked) sourceQuads(q *quadList) {
	s, iri := &c.doc.Source, c.SourceIRI()
	q.add(iri, schema.Type, schema.SourceClass)
	q.text(iri, schema.Label, c.sourceLabel())
	q.text(iri, schema.Title, s.Title)
	if c.of != "" {
		q.add(iri, schema.ReadingOf, c.of)
	}
	q.add(iri, schema.Publisher, c.entities[s.Publisher.Text].iri)
	q.add(iri, schema.AnnotatedBy, c.entities[s.Annotator.Text].iri)
	if isDay(s.Date.Text) {
		q.add(iri, schema.Issued, day(s.Date.Text))
	} else if d, err := edtf.Parse(s.Date.Text); err == nil {
		q.add(iri, schema.Issued, d.Literal())
	}
	q.text(iri, schema.Language, s.Language)
	q.text(iri, schema.Address, s.Address)
	q.text(iri, schema.SHA256, s.SHA256)
	if s.Characters > 0 {
		q.add(iri, schema.Characters, quad.Int(s.Characters))
	}
	q.text(iri, schema.FromFile, s.FromFile)
	q.text(iri, schema.Extractor, s.Extractor)
	if body, err := strconv.Atoi(s.Body.Text); err == nil {
		q.add(iri, schema.Body, quad.Int(body))
	}
	q.text(iri, schema.Heading, s.Heading)
	q.text(iri, schema.Table, s.Table)
}

// sourceLabel returns the label of the source for display: its title; for another reading
// of a text, its annotator, since all readings share the title.
func (c *Checked) sourceLabel() strict.Word {
	label := c.doc.Source.Title
	if c.of != "" {
		label.Text += ", read by " + c.entities[c.doc.Source.Annotator.Text].name
	}
	return label
}

func (c *Checked) entityQuads(q *quadList, e *Entity) {
	en := c.entities[e.ID.Text]
	q.add(en.iri, schema.Type, en.kind.IRI)
	q.text(en.iri, schema.Label, e.Name)
	q.text(en.iri, schema.Description, e.Description)
	for _, name := range texts(e.Also) {
		q.add(en.iri, schema.AltLabel, quad.String(name))
	}
	for _, other := range en.same {
		q.add(en.iri, schema.SameAs, other)
	}
}
