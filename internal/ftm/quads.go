package ftm

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
	"kg/schema/edtf"
)

// converter turns entities into quads. It is for one goroutine.
type converter struct {
	*Model
	base    schema.Base
	label   quad.IRI // of all entities; empty takes it from their dataset
	file    string   // the name of a dataset for those that have none
	add     func(quad.Quad) error
	err     error             // the first of add
	seen    map[string]string // claims, datasets and countries already written, and their IRIs
	kept    map[keptKey]int   // values of properties that FollowTheMoney does not have
	without []int             // count of unmapped values, by the property's number
	days    map[string]edtf.Date
	claims  map[string]string // the claims of entities, by their provenance
	key     []byte
	s, end  quad.Value // subject and label of the entity at hand
	claim   string
}

// keptKey is a property whose values had no relation in the ontology.
type keptKey struct {
	Schema, Property string // the schema that has the property
	Unknown          bool   // FollowTheMoney does not have the property
}

// Terms as values, which are made once.
var (
	isType, called, dateClass          quad.Value = schema.Type, schema.Label, schema.DateClass
	exactDate, earliest, latest, exact quad.Value = schema.EDTF, schema.Earliest, schema.Latest, schema.Precision
	ofSchema, edgeDate                 quad.Value = schemaTerm, schema.When
)

const (
	jsonType    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
	datasetKind = quad.IRI("https://schema.org/Dataset")
	xsd         = "http://www.w3.org/2001/XMLSchema#"
)

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:8])
}

// quad adds a quad. Predicates and subjects come as values, for they repeat.
func (c *converter) quad(s, p, o, label quad.Value) {
	if c.err == nil {
		c.err = c.add(quad.Quad{Subject: s, Predicate: p, Object: o, Label: label})
	}
}

// text adds a quad whose object is a text.
func (c *converter) text(s, p quad.Value, text string, label quad.Value) {
	c.quad(s, p, quad.String(text), label)
}

// typed adds a quad whose object is another literal.
func (c *converter) typed(s, p quad.Value, text string, datatype quad.IRI, label quad.Value) {
	c.quad(s, p, quad.TypedString{Value: quad.String(text), Type: datatype}, label)
}

// entity writes an entity.
func (c *converter) entity(r *resolved) {
	c.claim = c.claimOf(r)
	c.s, c.end = entityIRI(c.base, r.ID), quad.IRI(c.claim)
	kind := r.schema.kind
	if record(kind) {
		kind = c.schemata["Thing"].kind
	}
	c.quad(c.s, isType, kind.IRI, c.end)
	c.text(c.s, ofSchema, r.Schema, c.end)
	for _, m := range r.Members {
		if !provenance(m.Name) {
			c.member(c.s, m, c.end)
		}
	}
	for i := range r.values {
		v := &r.values[i]
		c.values(r, v)
	}
	c.intervals(r)
	c.amounts(r)
}

// member writes a member of an entity that is no property.
func (c *converter) member(s quad.Value, m jsonMember, label quad.Value) {
	c.typed(s, quad.IRI(memberTerm+escape(m.Name)), m.JSON, jsonType, label)
}

// values writes the values of a property, but for those that become parts of one.
func (c *converter) values(r *resolved, v *propertyValues) {
	if v.schemaProperty == nil {
		for _, text := range v.values {
			c.text(c.s, quad.IRI(ftmTerm+escape(v.name)), text, c.end)
		}
		c.kept[keptKey{r.schema.Name, v.name, true}] += len(v.values)
		return
	}
	for i, text := range v.values {
		if slices.Contains(v.values[:i], text) {
			continue
		}
		if !c.value(r, v.schemaProperty, text) {
			c.keep(v.schemaProperty, text)
		}
	}
}

// keep writes an unmapped value, under FollowTheMoney's own name.
func (c *converter) keep(p *schemaProperty, text string) {
	if p.number > 0 {
		c.without[p.number]++
	} else {
		c.kept[keptKey{p.owner, p.Name, false}]++
	}
	if p.Type == "entity" && text != "" {
		c.quad(c.s, p.own, entityIRI(c.base, text), c.end)
		return
	}
	c.text(c.s, p.own, text, c.end)
}

// value writes a value, and reports whether it is mapped, here or elsewhere.
func (c *converter) value(r *resolved, p *schemaProperty, text string) bool {
	switch p.how {
	case from, to, amount, currency:
		return true // see intervals and amounts
	case onClaim:
		_, ok := claimed(p, text)
		return ok
	case textual:
		c.text(c.s, p.term, text, c.end)
	case reference:
		if text == "" {
			return false
		}
		c.quad(c.s, p.term, entityIRI(c.base, text), c.end)
	case country:
		iri, name := countryIRI(c.base, text)
		if iri == "" {
			return false
		}
		c.country(iri, name)
		c.quad(c.s, p.term, iri, c.end)
	case code:
		if c.codes[text] == "" {
			return false
		}
		c.quad(c.s, p.term, c.codes[text], c.end)
	case date, event:
		return c.dated(r, p, text)
	case percent:
		n, ok := number(strings.TrimSuffix(text, "%"))
		if !ok {
			return false
		}
		c.quantity(r, p, n, "percent", text)
	default:
		return false
	}
	return true
}

// plainDate are the dates of FollowTheMoney that are of the Extended Date/Time Format
// too. Others have a time, or are none.
var plainDate = regexp.MustCompile(`^[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?$`)

// part is the node of a figure that belongs to an entity and its claim.
func (c *converter) part(r *resolved, name string) quad.Value {
	return quad.IRI(c.claim + "/" + escape(r.ID) + "/" + name)
}

// day is a date as FollowTheMoney has them, false for another text. Dates repeat.
func (c *converter) day(text string) (edtf.Date, bool) {
	if d, known := c.days[text]; known {
		return d, true
	}
	d, err := edtf.Parse(text)
	if err != nil || !plainDate.MatchString(text) {
		return d, false
	}
	const most = 1 << 16 // there are some forty thousand days in a century
	if len(c.days) >= most {
		clear(c.days)
	}
	c.days[text] = d
	return d, true
}

// dated writes a date, or an event of that date.
func (c *converter) dated(r *resolved, p *schemaProperty, text string) bool {
	d, ok := c.day(text)
	if !ok {
		return false
	}
	at := c.part(r, p.Name+"/"+text)
	if p.how == date {
		c.quad(c.s, p.term, at, c.end)
	} else {
		is := c.s.(quad.IRI) + quad.IRI("/"+schema.Folder(p.event.Name)+"/"+text)
		c.quad(is, isType, p.event.IRI, c.end)
		c.quad(is, p.term, c.s, c.end)
		c.quad(is, schema.Status, schema.Done, c.end)
		c.quad(is, edgeDate, at, c.end)
	}
	c.date(at, d)
	return true
}

// date writes the node of a date.
func (c *converter) date(s quad.Value, d edtf.Date) {
	c.quad(s, isType, dateClass, c.end)
	c.text(s, called, d.String(), c.end)
	c.typed(s, exactDate, d.String(), edtf.Type, c.end)
	if day, ok := d.Earliest(); ok {
		c.typed(s, earliest, day, xsd+"date", c.end)
	}
	if day, ok := d.Latest(); ok {
		c.typed(s, latest, day, xsd+"date", c.end)
	}
	c.text(s, exact, d.Precision(), c.end)
}

// intervals writes beginning and end of an event as one date, if there are one of each at
// most; otherwise they are written unmapped.
func (c *converter) intervals(r *resolved) {
	begin, end := r.all(from), r.all(to)
	if len(begin)+len(end) == 0 {
		return
	}
	text := ".."
	if len(begin) > 0 {
		text = begin[0].text
	}
	if text += "/"; len(end) > 0 {
		text += end[0].text
	} else {
		text += ".."
	}
	d, err := edtf.Parse(text)
	fits := err == nil && len(begin) < 2 && len(end) < 2
	for _, v := range slices.Concat(begin, end) {
		fits = fits && plainDate.MatchString(v.text)
	}
	if !fits {
		for _, v := range slices.Concat(begin, end) {
			c.keep(v.schemaProperty, v.text)
		}
		return
	}
	at := c.part(r, "date")
	c.quad(c.s, edgeDate, at, c.end)
	c.date(at, d)
}

// one is a value with its property.
type one struct {
	*schemaProperty
	text string
}

// all are the values, each once, of the properties that become something.
func (r *resolved) all(is how) (list []one) {
	if !r.has[is] {
		return nil
	}
	for _, v := range r.values {
		if v.schemaProperty == nil || v.how != is {
			continue
		}
		for _, text := range v.values {
			if o := (one{v.schemaProperty, text}); !slices.Contains(list, o) {
				list = append(list, o)
			}
		}
	}
	return list
}

// amounts writes an amount and its currency as one quantity, if there is one of each;
// otherwise they are written unmapped.
func (c *converter) amounts(r *resolved) {
	sums, units := r.all(amount), r.all(currency)
	if len(sums) == 1 && len(units) == 1 && units[0].text != "" {
		if n, ok := number(sums[0].text); ok {
			c.quantity(r, sums[0].schemaProperty, n, units[0].text, sums[0].text)
			return
		}
	}
	for _, v := range slices.Concat(sums, units) {
		c.keep(v.schemaProperty, v.text)
	}
}

// number returns a number as spelt, and false for other text.
func number(text string) (quad.Value, bool) {
	value, err := schema.ParseNumber(text)
	if err != nil {
		return nil, false
	}
	if _, whole := value.(quad.Int); whole {
		return quad.TypedString{Value: quad.String(text), Type: xsd + "integer"}, true
	}
	return quad.TypedString{Value: quad.String(text), Type: xsd + "double"}, true
}

// quantity writes the node of a quantity. Its text is stored beside the number, since
// spellings differ.
func (c *converter) quantity(r *resolved, p *schemaProperty, n quad.Value, unit, words string) {
	s := c.part(r, p.Name+"/"+escape(words))
	c.quad(c.s, p.term, s, c.end)
	c.quad(s, isType, schema.QuantityClass, c.end)
	c.text(s, called, strings.TrimSuffix(words, "%")+" "+unit, c.end)
	c.quad(s, schema.Value, n, c.end)
	c.text(s, schema.Unit, unit, c.end)
	c.text(s, schema.Printed, words, c.end)
}

// country writes the facts about a country, once per claim: readers of concurrent parts
// of a text cannot know which claim is the first.
func (c *converter) country(iri quad.IRI, name string) {
	c.key = append(append(append(c.key[:0], iri...), ' '), c.claim...)
	if c.seen[string(c.key)] != "" {
		return
	}
	remember(c.seen, string(c.key), name)
	c.quad(iri, isType, c.countryKind, c.end)
	c.text(iri, schema.Label, name, c.end)
}
