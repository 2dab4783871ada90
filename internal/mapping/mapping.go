// Package mapping makes claims from the rows of tables, for kg load --map, and drafts
// mappings, for kg map. A mapping is a file that states what the columns of a table mean;
// with it the rows become the claims of one document, checked as a claims file is. A row
// is a passage: its locator has the row, the columns and the SHA-256 of the row's bytes.
package mapping

import (
	"slices"
	"strings"

	"kg/internal/claimsfile"
	"kg/internal/document"
	"kg/internal/strict"
	"kg/internal/table"
	"kg/schema"
)

// Mapping states what the rows of a table mean: which columns name entities, and what is
// claimed of them. Read is its only constructor.
type Mapping struct {
	name     string
	base     strict.Word
	source   document.Source
	entities []document.Entity // that every row may speak of
	options  table.Options
	sheet    strict.Word
	ignore   []strict.Word // columns left out on purpose
	things   []*thing
	claims   []*claimRule
	byName   map[string]*thing
}

// thing is an entity template of the mapping: one entity per row, or one for each value
// of a cell.
type thing struct {
	id          strict.Word // its name in the mapping
	number      int
	each        *cellRule
	when        []*columnRef // of which one at least must have a value
	kind        *cellRule
	ids         []*template // the first that the row fills
	name        *cellRule
	also        []*cellRule
	description *template
	sameAs      []*cellRule
}

// claimRule makes a claim of a row.
type claimRule struct {
	id      strict.Word // its name in the mapping
	ids     []*template
	says    *template
	speaker *cellRule
	stance  *cellRule
	hedge   *cellRule
	note    *cellRule
	edges   []edgeRule
}

type edgeRule struct {
	subject, relation strict.Word
	object            *cellRule

	of, to *thing           // the subject and the object, if they are things of the mapping
	rel    *schema.Relation // in the ontology of the table that is read
}

// cellRule is where a value comes from: the same for every row, or a cell, or text
// with cells in it; and how it is read.
type cellRule struct {
	pos       strict.Pos
	constant  strict.Word // a thing, an entity, a code or a literal
	text      *template   // nil for a constant
	split     []string
	trim      []string
	starts    string
	values    map[string]string
	known     []string // the keys of values, in order
	order     string   // of the numbers in a date
	unit      *template
	thousands string
	decimal   string
	orNote    bool
}

var (
	mappingFields = []string{"base", "source", "entities", "table", "ignore", "things", "claims"}
	tableFields   = []string{"separator", "columns", "sheet"}
	thingFields   = []string{"each", "when", "kind", "id", "name", "also", "description", "same-as"}
	ruleFields    = []string{"id", "says", "speaker", "stance", "hedge", "note", "edges"}
	cellFields    = []string{"column", "split", "trim", "starts", "values", "date", "unit", "thousands", "decimal", "else"}
	sourceFields  = []string{"id", "title", "publisher", "annotator", "date", "language", "address"}
)

// Read reads a mapping and checks what can be checked without a table: its kinds, its
// relations, and its references. The error lists every mistake with its position.
func Read(name string, file []byte, o *schema.Ontology) (*Mapping, error) {
	r := strict.NewReport("mapping", name)
	n := strict.Parse(file, r)
	f := n.Fields("a mapping", mappingFields...)
	n.Needs("a mapping", "source", "things", "claims")
	if r.Err() != nil && !n.IsMapping() {
		return nil, r.Err()
	}
	m := &Mapping{name: name, base: f["base"].Word("base"), ignore: f["ignore"].Words("ignore"), byName: map[string]*thing{}}
	m.readSource(f["source"])
	if f["entities"].Present() {
		for id, node := range f["entities"].Pairs("entities") {
			m.entities = append(m.entities, claimsfile.Entity(id, node))
		}
	}
	m.readTable(f["table"])
	for id, node := range f["things"].Pairs("things") {
		t := readThing(id, node)
		t.number = len(m.things)
		m.things, m.byName[id.Text] = append(m.things, t), t
	}
	for id, node := range f["claims"].Pairs("claims") {
		m.claims = append(m.claims, readRule(id, node))
	}
	m.check(o, r)
	return m, r.Err()
}

func (m *Mapping) readSource(n strict.Node) {
	f := n.Fields("source", sourceFields...)
	m.source = document.Source{
		ID: f["id"].Word("id"), Title: f["title"].Word("title"),
		Publisher: f["publisher"].Word("publisher"), Annotator: f["annotator"].Word("annotator"),
		Date: f["date"].Word("date"), Language: f["language"].Word("language"), Address: f["address"].Word("address"),
	}
}

func (m *Mapping) readTable(n strict.Node) {
	f := n.Fields("table", tableFields...)
	if s := f["separator"]; s.Present() {
		if m.options.Form = table.FormOf(s.Text()); m.options.Form == "" {
			s.Addf("the separator is one of comma, semicolon, tab and bar, not %q", s.Text())
		}
	}
	for _, w := range f["columns"].Words("columns") {
		if slices.Contains(m.options.Columns, w.Text) {
			f["columns"].Addf("%q stands twice in columns", w.Text)
		}
		m.options.Columns = append(m.options.Columns, w.Text)
	}
	m.sheet = f["sheet"].Word("sheet")
}

func readThing(id strict.Word, n strict.Node) *thing {
	f := n.Fields("thing "+strict.Brief(id.Text), thingFields...)
	n.Needs("thing "+strict.Brief(id.Text), "kind", "id")
	t := &thing{id: id, kind: readCell("kind", f["kind"]), name: readCell("name", f["name"]), description: readTemplate("description", f["description"])}
	t.each = readCell("each", f["each"])
	for _, w := range f["when"].Words("when") {
		t.when = append(t.when, &columnRef{name: w.Text, pos: w.Pos})
	}
	t.ids = readTemplates("id", f["id"])
	t.also, t.sameAs = readCells("also", f["also"]), readCells("same-as", f["same-as"])
	return t
}

func readRule(id strict.Word, n strict.Node) *claimRule {
	f := n.Fields("claim "+strict.Brief(id.Text), ruleFields...)
	n.Needs("claim "+strict.Brief(id.Text), "edges")
	c := &claimRule{
		id: id, ids: readTemplates("id", f["id"]), says: readTemplate("says", f["says"]), speaker: readCell("speaker", f["speaker"]),
		stance: readCell("stance", f["stance"]), hedge: readCell("hedge", f["hedge"]), note: readCell("note", f["note"]),
	}
	for subject, node := range f["edges"].Pairs("edges") {
		for relation, value := range node.Pairs("edges of " + strict.Brief(subject.Text)) {
			for _, object := range readCells(relation.Text, value) {
				c.edges = append(c.edges, edgeRule{subject: subject, relation: relation, object: object})
			}
		}
	}
	return c
}

// readCells reads a value, or a list of them.
func readCells(what string, n strict.Node) (list []*cellRule) {
	if !n.Present() {
		return nil
	}
	if !n.IsList() {
		return []*cellRule{readCell(what, n)}
	}
	for _, item := range n.Items(what) {
		list = append(list, readCell(what, item))
	}
	return list
}

func readTemplates(what string, n strict.Node) (list []*template) {
	if !n.IsList() {
		if t := readTemplate(what, n); t != nil {
			return []*template{t}
		}
		return nil
	}
	for _, item := range n.Items(what) {
		list = append(list, readTemplate(what, item))
	}
	return list
}

// readCell reads where a value comes from; nil for nothing.
func readCell(what string, n strict.Node) *cellRule {
	switch {
	case !n.Present():
		return nil
	case !n.IsMapping():
		c := &cellRule{pos: n.Pos(), constant: n.Word(what)}
		if strings.ContainsAny(c.constant.Text, "{}") {
			c.text = readTemplate(what, n)
		}
		return c
	}
	f := n.Fields(what, cellFields...)
	if !f["column"].Present() {
		n.Addf("%s has a column, such as {column: name}, or a text with columns in quotes, such as \"{name}\"", what)
	}
	c := &cellRule{pos: n.Pos(), text: columnTemplate(f["column"].Word("column"))}
	for _, w := range f["split"].Words("split") {
		c.split = append(c.split, w.Text)
	}
	for _, w := range f["trim"].Words("trim") {
		c.trim = append(c.trim, w.Text)
	}
	c.starts, c.thousands, c.decimal = f["starts"].Word("starts").Text, f["thousands"].Word("thousands").Text, f["decimal"].Word("decimal").Text
	if v := f["values"]; v.Present() {
		c.values = map[string]string{}
		for key, value := range v.Pairs("values") {
			c.values[key.Text] = value.Word("a value of " + what).Text
			c.known = append(c.known, key.Text)
		}
	}
	if d := f["date"]; d.Present() {
		if c.order = d.Word("date").Text; !slices.Contains(dateOrders, c.order) {
			d.Addf("date says in which order the numbers of a date stand: %s, not %q", strings.Join(dateOrders, ", "), c.order)
		}
	}
	c.unit = readTemplate("unit", f["unit"])
	if e := f["else"]; e.Present() && e.Word("else").Text != "note" {
		e.Addf("else says what becomes of a cell that cannot be read: note, which keeps it in the note of the claim, not %q", e.Text())
	}
	c.orNote = f["else"].Present()
	return c
}
