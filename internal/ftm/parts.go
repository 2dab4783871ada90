package ftm

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
	"golang.org/x/text/language"

	"kg/schema"
)

// textOf is a literal without its datatype or language, and any other term as it is. A
// number has no exponent: FollowTheMoney takes none.
func textOf(value quad.Value) string {
	switch t := value.(type) {
	case quad.String:
		return string(t)
	case quad.LangString:
		return string(t.Value)
	case quad.TypedString:
		return string(t.Value)
	case quad.IRI:
		return string(t)
	case quad.Float:
		return strconv.FormatFloat(float64(t), 'f', -1, 64)
	}
	text := quad.StringOf(value)
	if typed, _, ok := strings.Cut(text, "^^"); ok {
		text = typed
	}
	return strings.Trim(text, `"`)
}

// cells are the texts that a node has, by predicate: the first of each.
func (w *Writer) cells(node quad.Value) (map[quad.Value]quad.Value, error) {
	quads, err := w.graph.Quads(quad.Quad{Subject: node})
	cells := map[quad.Value]quad.Value{}
	for _, q := range quads {
		if cells[q.Predicate] == nil {
			cells[q.Predicate] = q.Object
		}
	}
	return cells, err
}

// dateMarks removes the EDTF qualifiers that FollowTheMoney does not have.
var dateMarks = strings.NewReplacer("~", "", "?", "", "%", "")

// day returns a date, or part of it, in FollowTheMoney's form; empty if it has none.
func (w *Writer) day(g *gathered, text string) string {
	plain := dateMarks.Replace(text)
	if plain != text {
		w.lose(g.iri, "the mark of a date that is about so, or perhaps so")
	}
	if plain == "" || plain == ".." {
		return ""
	}
	if !plainDate.MatchString(plain) {
		w.lose(g.iri, "a date that is no day, month or year")
		return ""
	}
	return plain
}

// print notes how a value that is added next was printed, and reports whether it is
// and statements have it.
func (w *Writer) print(g *gathered, cells map[quad.Value]quad.Value) bool {
	if w.table == nil || cells[schema.Printed] == nil {
		return false
	}
	g.original = textOf(cells[schema.Printed])
	return true
}

// date adds a date.
func (w *Writer) date(g *gathered, name string, node quad.Value) error {
	cells, err := w.cells(node)
	if err != nil || cells[schema.EDTF] == nil {
		return err
	}
	if text := textOf(cells[schema.EDTF]); strings.Contains(text, "/") {
		w.lose(g.iri, "an interval where "+name+" is one date")
	} else if day := w.day(g, text); day != "" {
		carried := w.print(g, cells)
		g.add(name, day)
		if g.original = ""; carried {
			return nil
		}
	}
	if cells[schema.Printed] != nil {
		w.lose(g.iri, "the printed words of a date")
	}
	return nil
}

// when adds the date of an event: one, or beginning and end.
func (w *Writer) when(g *gathered, node quad.Value) error {
	cells, err := w.cells(node)
	if err != nil || cells[schema.EDTF] == nil {
		return err
	}
	begin, end, interval := strings.Cut(textOf(cells[schema.EDTF]), "/")
	if !interval {
		for _, p := range g.schema.props {
			if p.how == date && p.term == schema.When {
				return w.date(g, p.Name, node)
			}
		}
	}
	if cells[schema.Printed] != nil {
		w.lose(g.iri, "the printed words of a date")
	}
	there := false
	for _, p := range g.schema.props {
		text := map[how]string{from: begin, to: end}[p.how]
		if there = there || p.how == from; text != "" {
			if day := w.day(g, text); day != "" {
				g.add(p.Name, day)
			}
		}
	}
	if !there {
		w.lose(g.iri, "the date of an event")
	}
	return nil
}

// quantity adds a number, and its unit if there is a property for it.
func (w *Writer) quantity(g *gathered, name, unit string, node quad.Value) error {
	cells, err := w.cells(node)
	if err != nil || len(cells) == 0 {
		return err
	}
	value, is := cells[schema.Value], textOf(cells[schema.Unit])
	switch printed := cells[schema.Printed]; {
	case !g.ours && printed != nil:
		g.add(name, textOf(printed))
	case value == nil:
		w.lose(g.iri, "the range of a quantity")
		return nil
	case unit == "" && is != "percent":
		w.lose(g.iri, "a quantity that is not in percent")
		return nil
	default:
		carried := w.print(g, cells)
		g.add(name, textOf(value))
		if g.original = ""; printed != nil && !carried {
			w.lose(g.iri, "the printed words of a quantity")
		}
	}
	if unit != "" && is != "" {
		g.add(unit, is)
	}
	for _, term := range []quad.IRI{schema.Per, schema.Period, schema.Of, schema.SameSum, schema.Approximate, schema.Uncertain, schema.ComparedTo} {
		if cells[term] != nil {
			w.lose(g.iri, "of a quantity, "+w.m.names[term])
		}
	}
	return nil
}

// events adds the dates of events that are about the entity.
func (w *Writer) events(g *gathered) error {
	for _, p := range g.schema.props {
		if p.how != event {
			continue
		}
		about, err := w.graph.Quads(quad.Quad{Predicate: p.term, Object: g.iri})
		if err != nil {
			return err
		}
		for _, q := range about {
			if c, err := w.graph.Claim(q.Label); err != nil || c.Denied || c.Retracted {
				w.lose(g.iri, "an edge or value that is denied")
				continue
			}
			cells, err := w.cells(q.Subject)
			if err != nil {
				return err
			}
			if g.claim = q.Label; cells[schema.When] == nil {
				w.lose(g.iri, "an event without a date")
			} else if err := w.date(g, p.Name, cells[schema.When]); err != nil {
				return err
			}
		}
	}
	return nil
}

// whole reports whether an entity can be written: an edge has both its ends, and a
// planned event is no fact.
func (w *Writer) whole(g *gathered) bool {
	s := g.schema
	switch {
	case g.unreal:
		w.lose(g.iri, "an event that is planned, promised or attempted")
		return false
	case s.Source != nil && (len(g.props[s.Source.Name]) == 0 || len(g.props[s.Target.Name]) == 0):
		w.lose(g.iri, "an edge without both its ends")
		return false
	}
	return true
}

// source writes a source of claims, as a document.
func (w *Writer) source(iri quad.IRI, quads []quad.Quad) error {
	g := w.gathering(iri, w.m.schemata["Document"], quads[0].Label)
	for _, q := range quads {
		g.claim = q.Label
		switch text := textOf(q.Object); q.Predicate {
		case schema.Title:
			g.add("title", text)
			g.add("name", text)
		case schema.Issued:
			g.add("publishedAt", text)
		case schema.Address:
			g.add("sourceUrl", text)
		case schema.Publisher:
			cells, err := w.cells(q.Object)
			if err != nil {
				return err
			}
			if cells[schema.Label] != nil {
				g.add("publisher", textOf(cells[schema.Label]))
			}
		case schema.Language:
			if base, err := language.ParseBase(text); err == nil {
				g.add("language", base.ISO3())
			}
		case schema.Type:
		default:
			predicate, _ := q.Predicate.(quad.IRI)
			w.lose(iri, w.relation(predicate))
		}
	}
	return w.write(g)
}

// schemaAt is the schema that a node is written as, nil for none.
func (w *Writer) schemaAt(node quad.IRI) (*class, error) {
	quads, err := w.graph.Quads(quad.Quad{Subject: node, Predicate: schema.Type})
	if err != nil {
		return nil, err
	}
	named, err := w.graph.Quads(quad.Quad{Subject: node, Predicate: schemaTerm})
	if err != nil {
		return nil, err
	}
	for _, q := range named {
		if s := w.m.schemata[textOf(q.Object)]; s != nil {
			return s, nil
		}
	}
	for _, q := range quads {
		kind, _ := q.Object.(quad.IRI)
		s := w.m.schemaOf(kind)
		if s == nil || w.folded(kind) {
			continue
		}
		cells, err := w.cells(node)
		if status, ok := cells[schema.Status].(quad.IRI); ok && !happens(status) && s.props["status"] == nil {
			return nil, err
		}
		return s, err
	}
	return nil, nil
}

// happens reports whether an event of a status is a fact.
func happens(status quad.IRI) bool {
	return status == schema.Done || status == schema.Ongoing
}

// links writes relations that no property maps, and edges between entities, as unknown
// links with the relation as their role.
func (w *Writer) links(g *gathered) error {
	var done []quad.Quad
	for _, q := range g.links {
		predicate, _ := q.Predicate.(quad.IRI)
		object, _ := q.Object.(quad.IRI)
		one := quad.Quad{Subject: q.Subject, Predicate: q.Predicate, Object: q.Object}
		if slices.Contains(done, one) {
			continue
		}
		done = append(done, one)
		s, err := w.schemaAt(object)
		if err != nil {
			return err
		}
		thing := w.m.schemata["Thing"]
		if s == nil || !s.is(thing) || !g.schema.is(thing) {
			w.lose(g.iri, w.relation(predicate))
			continue
		}
		link := w.gathering("", w.m.schemata["UnknownLink"], q.Label)
		link.id = "kg-" + digest(quad.StringOf(q.Subject)+"\n"+quad.StringOf(q.Predicate)+"\n"+quad.StringOf(q.Object))
		for _, other := range g.links {
			if same := (quad.Quad{Subject: other.Subject, Predicate: other.Predicate, Object: other.Object}); same != one {
				continue
			}
			c, err := w.graph.Claim(other.Label)
			if err != nil {
				return err
			}
			link.claim = other.Label
			link.add("subject", g.id)
			link.add("object", idOf(w.base, object))
			link.add("role", strings.TrimPrefix(w.relation(predicate), "the relation "))
			if c.Source != "" {
				link.add("proof", idOf(w.base, c.Source))
			}
		}
		if err := w.write(link); err != nil {
			return err
		}
	}
	return nil
}
