package data

import (
	"bytes"
	"embed"
	"slices"
	"strconv"

	"kg/schema"
	"kg/schema/strict"
)

// Bundled holds the claims files that come with kg, each named by its source and
// its day.
//
//go:embed *-[0-9][0-9].yaml
var Bundled embed.FS

//go:embed background.yaml
var background []byte

// Background reads the claims about what no source states and every reader
// knows, for the entities of a base.
func Background(o *schema.Ontology, base schema.Base) (*schema.Checked, error) {
	return Read("background.yaml", background, o, base)
}

// Read reads a claims file and checks it against the ontology. name is the
// file's in errors; the error lists every mistake with its place.
func Read(name string, file []byte, o *schema.Ontology, base schema.Base) (*schema.Checked, error) {
	r := strict.NewReport("claims", name)
	fields, err := parse(file, r, "source", "entities", "claims")
	if err != nil {
		return nil, err
	}
	d := begun(fields)
	readClaims(d, fields["claims"], eachAlone(fields["claims"]))
	return o.Check(d, base, r)
}

// ReadDraft is Read for a draft, whose passages may be words: each gets its place in
// the text, as Locate gives it, and the source what it says of the text. All that is
// wrong is told at once, what cannot be located among it. open is asked for the text,
// by the digest that the source has of it, only if there are words.
func ReadDraft(name string, file []byte, o *schema.Ontology, base schema.Base, open func(sha256 string) (*Text, error)) (*schema.Checked, error) {
	r := strict.NewReport("claims", name)
	fields, err := parse(file, r, "source", "entities", "claims")
	if err != nil {
		return nil, err
	}
	d := begun(fields)
	readClaims(d, fields["claims"], eachAlone(fields["claims"]))
	passages := passagesOf(d)
	if slices.ContainsFunc(passages, func(p *schema.Passage) bool { return p.Words != "" }) {
		text, err := open(d.Source.SHA256.Text)
		if err != nil {
			return nil, err
		}
		if text != nil {
			place(file, d, passages, text, r)
		}
	}
	return o.Check(d, base, r)
}

// place puts places where a document has words. What has none is noted, and then
// stands for the whole text, so that it is no mistake twice.
func place(file []byte, d *schema.Document, passages []*schema.Passage, text *Text, r *strict.Report) {
	l := &locator{lines: bytes.SplitAfter(file, []byte("\n")), text: text, r: r}
	s, at := &d.Source, d.Source.ID.Pos
	body, found := l.begin(s, passages)
	if s.SHA256.Text == "" {
		s.SHA256 = schema.Word{Text: text.SHA256, Pos: at}
	}
	if s.Characters == 0 {
		s.Characters = text.Len()
	}
	if s.FromFile.Text == "" && text.FromFile != "" {
		s.FromFile, s.Extractor = schema.Word{Text: text.FromFile, Pos: at}, schema.Word{Text: text.Extractor, Pos: at}
	}
	if s.Body.Text != "" {
		s.Body.Text = strconv.Itoa(body)
	}
	for _, p := range passages {
		if p.Words == "" {
			if found {
				l.check(p)
			}
			continue
		}
		to := Span{0, text.Len()}
		if found {
			if hit, ok := l.find(schema.Word{Text: p.Words, Pos: p.Pos}, l.paragraphs); ok {
				to = hit
			}
		}
		*p = schema.Passage{Pos: p.Pos, Page: text.page(to.Start), Paragraph: max(1, to.In(l.paragraphs)), Start: to.Start, End: min(to.End, s.Characters), SHA256: digest(text.Slice(to.Start, to.End))}
	}
}

// parse refuses what is no claims file at all, whose other mistakes would only
// be confusing. A mistake in a claims file is noted in r with those to come.
func parse(file []byte, r *strict.Report, needs ...string) (map[string]strict.Node, error) {
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

// document is all that a claims file says.
func document(f map[string]strict.Node) *schema.Document {
	d := begun(f)
	readClaims(d, f["claims"], false)
	return d
}

// begun is what a claims file says without its claims.
func begun(f map[string]strict.Node) *schema.Document {
	d := &schema.Document{Base: f["base"].Word("base"), Source: source(f["source"])}
	d.Entities = make([]schema.Entity, 0, f["entities"].Len())
	for id, node := range f["entities"].Pairs("entities") {
		d.Entities = append(d.Entities, ReadEntity(id, node))
	}
	for _, node := range f["skipped"].Items("skipped") {
		d.Skipped = append(d.Skipped, skipped(node))
	}
	return d
}

func source(n strict.Node) schema.Source {
	f := n.Fields("source", sourceFields...)
	return schema.Source{
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

func skipped(n strict.Node) schema.Skipped {
	f := n.Fields("skipped", "at", "why")
	n.Needs("skipped", "at")
	return schema.Skipped{At: passage(f["at"]), Why: f["why"].Word("why")}
}

// passage reads a place, or the words of a draft.
func passage(n strict.Node) schema.Passage {
	if n.Present() && !n.IsMapping() && !n.IsList() {
		return placeOfLine(n)
	}
	return placeOfFields(n)
}

func object(relation string, n strict.Node) schema.Object {
	if !n.IsMapping() {
		return schema.Object{Word: n.Line(relation)}
	}
	o := schema.Object{Word: schema.Word{Pos: n.Pos()}}
	if n.Has("edtf") {
		f := n.Fields("a date", "edtf", "printed", "resolved")
		o.Date = &schema.DateValue{
			EDTF:     f["edtf"].Word("edtf"),
			Printed:  f["printed"].Word("printed"),
			Resolved: f["resolved"].Bool("resolved"),
		}
		return o
	}
	o.Quantity = quantity(n)
	return o
}

func quantity(n strict.Node) *schema.Quantity {
	f := n.Fields("a quantity", "value", "min", "max", "unit", "per", "period", "of", "compared-to", "same-sum", "approximate", "printed")
	q := &schema.Quantity{
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
