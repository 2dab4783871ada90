package document

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/cayleygraph/quad"
	"golang.org/x/text/language"

	"kg/internal/strict"
	"kg/schema"
	"kg/schema/edtf"
)

// Checked is a Document that holds against an ontology. Check is its only
// constructor.
type Checked struct {
	doc      *Document
	file     *strict.Report // of the file, for positions
	base     schema.Base
	of       quad.IRI // the source of which it is another reading; empty as a rule
	entities map[string]*fileEntity
	tape     tape // the quads of claims
	drafts   int  // claims that it was given, and does not have
}

// fileEntity is an entity of the file with its kind, IRI and name or description: a table
// has a million, and each map of them takes its time.
type fileEntity struct {
	line int          // of its declaration
	kind *schema.Kind // nil for one that is declared with a mistake
	iri  quad.IRI
	term quad.Value // iri, as an object
	name string
	same []quad.IRI // in addition to the document's SameAs

	number uint32 // of its declaration, from 1
	needs  *needs
	at     int // index of its words in marks.words
}

// fact is a quad without its label, and the numbers of the entities that are its ends; 0
// is none.
type fact struct {
	s, p   quad.IRI
	o      quad.Value
	of, to uint32
}

type claimFacts struct {
	iri   quad.IRI
	facts []fact
}

// checker is the state shared by the steps of a check. Claims are checked concurrently,
// each batch by a checker with a report of its own.
type checker struct {
	*Checked
	o             *schema.Ontology
	r             *strict.Report
	text          bool            // whether the source has one
	claims        map[string]bool // their ids, if one is derived from another
	called        []string        // the ids of entities, in order, once one is unknown
	made          []string        // the ids of claims, likewise
	marks         *marks
	indexEntities func() // before names of entities are asked for

	seen    map[edgeKey]bool // the edges of the claim that is checked
	nodes   map[edgeKey]int  // how many figures and dates it has of a subject and relation
	at      *fileEntity      // the subject of the last edge
	subject string           // its id
	facts   []fact           // memory for those of the claim that is checked
	said    *factList        // facts that the source states about it
	taper   *taper           // nil after a mistake, when the quads are not needed
}

// edgeKey is an edge by its words.
type edgeKey struct{ s, r, o string }

// Check holds d against the ontology o. It reports every mistake in r; with any,
// the error is that of r and there is no Checked. base is used unless the
// file sets its own. Drafts are held against it like any claim; the Checked is without
// them, and holds by itself.
func Check(o *schema.Ontology, d *Document, base schema.Base, r *strict.Report) (*Checked, error) {
	if !slices.ContainsFunc(d.Claims, func(cl Claim) bool { return cl.DraftedBy.Text != "" }) {
		return check(o, d, base, r)
	}
	given := d.clone()
	if _, err := check(o, d, base, r); err != nil {
		return nil, err
	}
	return checkDrafts(o, given, d, base, r)
}

func check(o *schema.Ontology, d *Document, base schema.Base, r *strict.Report) (*Checked, error) {
	c := &checker{
		Checked: &Checked{doc: d, file: r, base: base, entities: make(map[string]*fileEntity, len(d.Entities))},
		o:       o, r: r, text: d.hasText(), marks: newMarks(), indexEntities: sync.OnceFunc(d.indexEntities),
	}
	if d.Base.Text != "" {
		b, err := schema.ParseBase(d.Base.Text)
		if err != nil {
			r.Addf(d.Base.Pos, "%v", err)
		}
		c.base = b
	}
	c.slug("source id", d.Source.ID)
	unfinished := c.blanks()
	expand(o, d, r)
	all := make([]fileEntity, len(d.Entities))
	for i := range d.Entities {
		all[i].number = uint32(i) + 1
		c.entity(&d.Entities[i], &all[i])
	}
	c.tape.entities = all
	if len(d.Entities) == 0 {
		r.Addf(strict.Pos{Line: 1, Column: 1}, "the file has no entities, not even a publisher")
	}
	c.source(&d.Source)
	c.claimIDs()
	c.checkClaims()
	d.Once = nil // it holds on to the file
	for _, s := range d.Skipped {
		c.passage(&s.At)
		c.need("why", s.Why, s.At.Pos)
	}
	if !unfinished { // blank claims may state required properties
		c.required()
	}
	c.derivations()
	if err := r.Err(); err != nil {
		return nil, err
	}
	return c.Checked, nil
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func isMonthOrYear(s string) bool {
	d, err := edtf.Parse(s)
	return err == nil && (d.Precision() == "month" || d.Precision() == "year") && !d.Approximate() && !d.Uncertain()
}

func (c *checker) need(what string, w strict.Word, at strict.Pos) bool {
	if w.Text == "" && w.Pos == (strict.Pos{}) {
		c.r.Addf(at, "%s is missing", what)
	}
	if w.Text == Blank {
		c.r.Addf(w.Pos, "%s is still blank (%s): fill it in", what, Blank)
		return false
	}
	return w.Text != ""
}

func (c *checker) slug(what string, w strict.Word) {
	if c.need(what, w, strict.Pos{Line: 1, Column: 1}) && !schema.IsSlug(w.Text) {
		c.r.Addf(w.Pos, "%s %q must be lower-case words and digits with hyphens, such as kim-jong-il", what, w.Text)
	}
}

func (c *checker) source(s *Source) {
	c.readingOf(s)
	c.need("title of the source", s.Title, s.ID.Pos)
	if c.need("language of the source", s.Language, s.ID.Pos) {
		c.language(s.Language)
	}
	if c.need("publisher of the source", s.Publisher, s.ID.Pos) {
		c.agent("publisher", s.Publisher)
	}
	if c.need("annotator of the source", s.Annotator, s.ID.Pos) {
		c.agent("annotator", s.Annotator)
	}
	if c.need("date of the source", s.Date, s.ID.Pos) {
		if !isDay(s.Date.Text) && !isMonthOrYear(s.Date.Text) {
			c.r.Addf(s.Date.Pos, "the day of publication must be a day such as 2008-04-04, or the month or year if no more is known, not %q", s.Date.Text)
		}
	}
	if s.Address.Text != "" {
		if err := schema.CheckIRI(s.Address.Text); err != nil {
			c.r.Addf(s.Address.Pos, "address: %v", err)
		}
	}
	if c.text {
		c.textOf(s)
	}
}

// readingOf checks the source of which this one is another reading. The store need not
// have that source: a file is valid or not by itself.
func (c *checker) readingOf(s *Source) {
	if s.Of.Text == "" {
		return
	}
	iri, err := c.base.ParseSource(s.Of.Text)
	switch {
	case err != nil:
		c.r.Addf(s.Of.Pos, "of: %v", err)
	case iri == c.SourceIRI():
		c.r.Addf(s.Of.Pos, "of: a source is no other reading of itself: give this one an id of its own")
	case !c.text:
		c.r.Addf(s.Of.Pos, "of: a reading has the text that its source has, and this one has none: sha256 and at are missing")
	}
	c.of = iri
}

// textOf checks the metadata of a source's text.
func (c *checker) textOf(s *Source) {
	if c.need("sha256 of the source", s.SHA256, s.ID.Pos) {
		c.digest(s.SHA256.Text, s.SHA256.Pos)
	}
	if s.Characters <= 0 {
		c.r.Addf(s.ID.Pos, "the source needs characters, the length of its text in code points: kg locate FILE --text TEXT fills it in")
	}
	if s.FromFile.Text != "" {
		c.digest(s.FromFile.Text, s.FromFile.Pos)
		c.need("extractor of the source", s.Extractor, s.FromFile.Pos)
	} else if s.Extractor.Text != "" {
		c.r.Addf(s.Extractor.Pos, "an extractor takes a text out of a document: extracted-from, the SHA-256 of that, is missing")
	}
	if s.Body.Text != "" {
		if n, err := strconv.Atoi(s.Body.Text); err != nil || strconv.Itoa(n) != s.Body.Text || n < 0 || s.Characters > 0 && n >= s.Characters {
			c.r.Addf(s.Body.Pos, "body is where paragraph 1 begins, in code points, not %q: kg locate FILE --text TEXT finds it", s.Body.Text)
		}
	}
}

// language checks a tag against BCP 47: its form, and that its subtags are known.
func (c *checker) language(w strict.Word) {
	tag, err := language.Parse(w.Text)
	switch {
	case err != nil:
		c.r.Addf(w.Pos, "the language must be a tag of BCP 47 such as en or zh-Hant, not %q", w.Text)
	case strings.Contains(w.Text, "_"): // which the parser takes
		c.r.Addf(w.Pos, "the parts of a language are joined by '-': %q is no tag of BCP 47 (did you mean %q?)", w.Text, tag)
	}
}

func (c *checker) digest(hexed string, at strict.Pos) {
	if len(hexed) != 64 || strings.Trim(hexed, "0123456789abcdef") != "" {
		c.r.Addf(at, "a SHA-256 has 64 hexadecimal digits, in lower case, not %q", hexed)
	}
}

func (c *checker) agent(what string, w strict.Word) {
	if e, ok := c.known(w); ok && !e.kind.Within(c.o.Kind("Agent")) {
		c.r.Addf(w.Pos, "%s %q is of kind %s, which cannot speak: it must be a person, a group or an organisation", what, w.Text, e.kind.Name)
	}
}

// required reports properties that the kinds of the file's entities require and no claim
// states. An event that is only denied needs no status: it has none.
func (c *checker) required() {
	for i := range c.doc.Entities {
		id := &c.doc.Entities[i].ID
		is := c.entities[id.Text]
		if is.kind == nil {
			continue
		}
		denied := c.marks.has(is, something) && !c.marks.has(is, surely)
		for i, rel := range is.needs.list {
			if denied && rel.IRI == schema.Status {
				continue
			}
			if !c.marks.has(is, firstNeed+i) {
				c.r.Addf(id.Pos, "%s %q needs %s (%s), and no claim states it", is.kind.Name, id.Text, rel.Name, rel.Is)
			}
		}
	}
}

// derivations refuses a claim that follows from itself.
func (c *checker) derivations() {
	from := map[string][]strict.Word{}
	for i := range c.doc.Claims {
		if claim := &c.doc.Claims[i]; len(claim.DerivedFrom) > 0 {
			from[claim.ID.Text] = claim.DerivedFrom
		}
	}
	if len(from) == 0 {
		return
	}
	for i := range c.doc.Claims {
		claim := &c.doc.Claims[i]
		seen, todo := map[string]bool{}, claim.DerivedFrom
		for len(todo) > 0 {
			next := todo[0].Text
			todo = todo[1:]
			if next == claim.ID.Text {
				c.r.Addf(claim.ID.Pos, "claim %q is derived from itself", claim.ID.Text)
				break
			}
			if !seen[next] {
				seen[next] = true
				todo = append(slices.Clone(todo), from[next]...)
			}
		}
	}
}
