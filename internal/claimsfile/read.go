package claimsfile

import (
	"iter"

	"kg/internal/document"
	"kg/internal/strict"
	"kg/schema"
)

// Fields are the fields of a claims file by name: base, source, entities, claims and
// skipped.
type Fields map[string]strict.Node

// Parse rejects a text that is no claims file at all, whose other mistakes would only be
// confusing. Mistakes within a claims file are added to r, with those found later.
func Parse(file []byte, r *strict.Report, needs ...string) (Fields, error) {
	n := strict.Parse(file, r)
	fields := n.Fields("a claims file", "base", "source", "entities", "claims", "skipped")
	n.Needs("a claims file", needs...)
	for _, key := range needs {
		if !n.Has(key) {
			return nil, r.Err()
		}
	}
	return fields, nil
}

// Document is all that a claims file says.
func (f Fields) Document() *document.Document {
	d := f.begun()
	readClaims(d, f["claims"], false)
	return d
}

// Once is Document to be checked once: its claims are read one by one meanwhile, if each
// can be checked by itself (see Document.Once of package document).
func (f Fields) Once() *document.Document {
	d := f.begun()
	readClaims(d, f["claims"], eachAlone(f["claims"]))
	return d
}

// Claims walks the claims of a file with their ids.
func (f Fields) Claims() iter.Seq2[strict.Word, strict.Node] { return claimsOf(f["claims"]) }

// begun returns the document of a claims file without its claims.
func (f Fields) begun() *document.Document {
	d := &document.Document{Base: f["base"].Word("base"), Source: source(f["source"])}
	d.Entities = make([]document.Entity, 0, f["entities"].Len())
	for id, node := range f["entities"].Pairs("entities") {
		d.Entities = append(d.Entities, Entity(id, node))
	}
	for _, node := range f["skipped"].Items("skipped") {
		d.Skipped = append(d.Skipped, skipped(node))
	}
	return d
}

func source(n strict.Node) document.Source {
	f := n.Fields("source", sourceFields...)
	return document.Source{
		ID:         f["id"].Word("id"),
		Of:         f["of"].Word("of"),
		Title:      f["title"].Word("title"),
		Publisher:  f["publisher"].Word("publisher"),
		Annotator:  f["annotator"].Word("annotator"),
		Date:       f["date"].Word("date"),
		Language:   f["language"].Word("language"),
		Address:    f["address"].Word("address"),
		SHA256:     f["sha256"].Word("sha256"),
		Characters: f["characters"].Int("characters"),
		FromFile:   f["extracted-from"].Word("extracted-from"),
		Extractor:  f["extractor"].Word("extractor"),
		Body:       f["body"].Word("body"),
		Heading:    f["heading"].Word("heading"),
	}
}

func skipped(n strict.Node) document.Skipped {
	f := n.Fields("skipped", "at", "why")
	n.Needs("skipped", "at")
	return document.Skipped{At: Passage(f["at"]), Why: f["why"].Word("why")}
}

// Passage reads a locator, or the words of a draft.
func Passage(n strict.Node) schema.Locator {
	if n.Present() && !n.IsMapping() && !n.IsList() {
		return locatorOfLine(n)
	}
	return locatorOfFields(n)
}

func object(relation string, n strict.Node) document.Object {
	if !n.IsMapping() {
		return document.Object{Word: n.Line(relation)}
	}
	o := document.Object{Word: strict.Word{Pos: n.Pos()}}
	if n.Has("edtf") {
		f := n.Fields("a date", "edtf", "printed", "resolved")
		o.Date = &document.DateValue{
			EDTF:     f["edtf"].Word("edtf"),
			Printed:  f["printed"].Word("printed"),
			Resolved: f["resolved"].Bool("resolved"),
		}
		return o
	}
	o.Quantity = quantity(n)
	return o
}

func quantity(n strict.Node) *document.Quantity {
	f := n.Fields("a quantity", "value", "min", "max", "unit", "per", "period", "of", "compared-to", "same-sum", "approximate", "printed")
	q := &document.Quantity{
		Value:       f["value"].Word("value"),
		Min:         f["min"].Word("min"),
		Max:         f["max"].Word("max"),
		Unit:        f["unit"].Word("unit"),
		Per:         f["per"].Word("per"),
		Period:      f["period"].Word("period"),
		ComparedTo:  f["compared-to"].Word("compared-to"),
		Approximate: f["approximate"].Bool("approximate"),
		Printed:     f["printed"].Word("printed"),
	}
	if f["same-sum"].Present() {
		q.SameSum = quantity(f["same-sum"])
	}
	if f["of"].IsMapping() {
		q.Of = quantity(f["of"])
	} else {
		q.OfThing = f["of"].Word("of")
	}
	return q
}
