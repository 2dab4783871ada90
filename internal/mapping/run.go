package mapping

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kg/internal/document"
	"kg/internal/fold"
	"kg/internal/strict"
	"kg/internal/table"
	"kg/schema"
)

// Mapped is the result of a mapping applied to a table: the checked document, and what
// was left out.
type Mapped struct {
	*document.Checked
	Rows    int            // after the header
	Cells   int            // that are not empty, with those that are ignored
	Silent  int            // rows that say nothing
	Again   int            // rows that an earlier one has word for word
	Noted   int            // unreadable cells, stored as notes
	Left    []Left         // columns with cells that the mapping does not use
	Columns map[string]int // how many cells of each column are used
}

// Left is a column with how many of its cells went nowhere.
type Left struct {
	Column  string
	Cells   int
	Ignored bool // as the mapping says
}

// mostMistakes is how many mistakes in a table are listed individually.
const mostMistakes = 50

// tableRun is a mapping at work on a table.
type tableRun struct {
	*Mapping
	o        *schema.Ontology
	r        *strict.Report
	in       *table.Reader
	doc      *document.Document
	entities map[string]*declared // by id
	made     stock[declared]      // the same, in the order of the table
	claims   stock[document.Claim]
	claimed  map[string]*schema.Locator // the locator of each claim, by its id
	passages stock[schema.Locator]
	dated    stock[document.DateValue]
	bound    int // columns that are bound
	unbound  map[string]strict.Pos
	left     []int
	used     []int
	out      Mapped
	slugs    map[string]string
	dates    map[dateText][]dateOption
	workbook *table.Workbook // of which the table is a sheet; nil for any other
}

// SourceTable is the text of a table, and how it is read.
type SourceTable struct {
	Name   string // in errors, and for {file} in the mapping's source
	Format string // the ending of its name: csv, tsv, xlsx or jsonl
	In     io.Reader
}

// OfFile reports whether each table that the mapping reads is a source of its own.
func (m *Mapping) OfFile() bool { return strings.Contains(m.source.ID.Text, "{file}") }

// Read reads a table: every row becomes claims, whose locator is the row. The error lists
// the mistakes, in the mapping or in the table, with their positions: of a table the
// first ones, and how many more there are.
func (m *Mapping) Read(t SourceTable, o *schema.Ontology, base schema.Base) (*Mapped, error) {
	r := strict.NewReport("table", t.Name)
	x := &tableRun{
		Mapping: m, o: o, r: r, entities: map[string]*declared{}, claimed: map[string]*schema.Locator{},
		unbound: map[string]strict.Pos{}, slugs: map[string]string{}, dates: map[dateText][]dateOption{},
		doc: &document.Document{Base: beside(m.base), Source: m.source},
	}
	x.constants()
	x.edges()
	opt, whole, err := m.open(&t)
	if err != nil {
		return nil, err
	}
	if err := x.rows(t.Name, t.In, opt); err != nil {
		return nil, err
	}
	if whole != nil {
		x.workbook = whole
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	x.named(t.Name)
	x.finish()
	x.doc.Entities, x.doc.Claims = entitiesOf(&x.made), x.claims.all()
	x.made, x.entities, x.claimed, x.slugs = stock[declared]{}, nil, nil, nil
	checked, err := document.Check(o, x.doc, base, r)
	if err != nil {
		return nil, err
	}
	x.out.Checked = checked
	return &x.out, nil
}

// edges resolves the ends of the mapping's edges: once, and not per row.
func (x *tableRun) edges() {
	for _, c := range x.Mapping.claims {
		for i := range c.edges {
			e := &c.edges[i]
			e.of, e.rel = x.byName[e.subject.Text], x.o.Relation(e.relation.Text)
			if e.object.text == nil {
				e.to = x.byName[e.object.constant.Text]
			}
		}
	}
}

// open opens a table for reading: of a workbook the sheet, as CSV.
func (m *Mapping) open(t *SourceTable) (opt table.Options, whole *table.Workbook, err error) {
	opt = m.options
	switch t.Format {
	case "jsonl":
		opt.Form = table.JSONLines
	case "tsv":
		opt.Form = cmp.Or(opt.Form, table.Tab)
	case "xlsx":
		if whole, err = table.ReadWorkbook(t.In); err != nil {
			return opt, nil, strict.Problemf("table", t.Name, "%v", err)
		}
		sheet, err := whole.Sheet(m.sheet.Text)
		if err != nil {
			return opt, nil, strict.Problemf("table", t.Name, "%v", err)
		}
		opt.Form, opt.Body, t.In = table.Comma, sheet.Body, bytes.NewReader(sheet.Text)
	}
	return opt, whole, nil
}

// rows reads all rows. Malformed input ends the reading.
func (x *tableRun) rows(file string, in io.Reader, opt table.Options) (err error) {
	fail := func(err error) error {
		e := new(table.Error)
		if !errors.As(err, &e) {
			return strict.Problemf("table", file, "%v", err)
		}
		x.r.Addf(e.Pos, "%s", e.Msg)
		return x.r.Err()
	}
	if x.in, err = table.NewReader(in, opt); err != nil {
		return fail(err)
	}
	x.r.Table(x.in.Columns(), mostMistakes, "mapping", x.Mapping.name)
	x.bind()
	if err := x.r.Err(); err != nil {
		return err
	}
	row := newRow(x)
	for {
		next, err := x.in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fail(err)
		}
		if len(x.in.Columns()) > x.bound {
			x.r.Table(x.in.Columns(), mostMistakes, "mapping", x.Mapping.name)
			x.bind()
		}
		row.say(next)
	}
	x.unknown()
	return nil
}

// bind finds the columns of the mapping in the table.
func (x *tableRun) bind() {
	columns := x.in.Columns()
	at := map[string]int{}
	for i, name := range columns {
		at[name] = i
	}
	x.bound = len(columns)
	x.left = append(x.left, make([]int, len(columns)-len(x.left))...)
	x.used = append(x.used, make([]int, len(columns)-len(x.used))...)
	bind := func(c *columnRef) {
		var ok bool
		if c.index, ok = at[c.name]; ok {
			delete(x.unbound, c.name)
			return
		}
		if c.index = -1; c.thing == nil && c.name != eachValue && c.name != rowNumber {
			x.unbound[c.name] = c.pos
		}
	}
	for _, t := range x.things {
		t.eachTemplate(func(text *template) { text.columns(bind) })
		for _, c := range t.when {
			bind(c)
		}
	}
	for _, c := range x.Mapping.claims {
		c.eachTemplate(func(text *template) { text.columns(bind) })
	}
	if x.in.Form() != table.JSONLines {
		x.unknown()
	}
}

// unknown reports the columns of the mapping that the table does not have.
func (x *tableRun) unknown() {
	if len(x.unbound) == 0 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(x.unbound)) {
		x.r.Addf(x.unbound[name].Beside(), "the table has no column %q%s", name, strict.DidYouMean(name, x.in.Columns()))
	}
	x.unbound = map[string]strict.Pos{}
}

// named puts the name of the file into the source.
func (x *tableRun) named(file string) {
	s, stem := &x.doc.Source, stemOf(file)
	s.ID.Text = strings.ReplaceAll(s.ID.Text, "{file}", fold.Slug(stem))
	s.Title.Text = strings.ReplaceAll(s.Title.Text, "{file}", stem)
}

// finish fills in the source's metadata of its text, and the counts.
func (x *tableRun) finish() {
	s := &x.doc.Source
	var digest string
	digest, s.Characters = x.in.Text()
	if w := x.workbook; w != nil {
		digest, s.Characters = w.SHA256, w.Characters
		if sheet, err := w.Sheet(x.sheet.Text); err == nil && sheet.Body > 0 {
			s.Body = strict.Word{Text: strconv.Itoa(sheet.Body), Pos: s.ID.Pos}
		}
	}
	s.SHA256, s.Table = strict.Word{Text: digest, Pos: s.ID.Pos}, strict.Word{Text: x.in.Form(), Pos: s.ID.Pos}
	x.out.Columns = map[string]int{}
	for i, name := range x.in.Columns() {
		x.out.Columns[name] = x.used[i]
		if x.left[i] > 0 {
			ignored := slices.ContainsFunc(x.ignore, func(w strict.Word) bool { return w.Text == name })
			x.out.Left = append(x.out.Left, Left{name, x.left[i], ignored})
		}
	}
}

// stemOf is the name of a file without its folder and endings.
func stemOf(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.TrimSuffix(name, ".gz")
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	return name
}

// beside marks the position of a word as one of the mapping, in a document made from a
// table.
func beside(w strict.Word) strict.Word {
	w.Pos = w.Pos.Beside()
	return w
}

// constants adds what every table gets from the mapping.
func (x *tableRun) constants() {
	s := &x.doc.Source
	for _, w := range []*strict.Word{&s.ID, &s.Title, &s.Publisher, &s.Annotator, &s.Date, &s.Language, &s.Address} {
		*w = beside(*w)
	}
	for _, e := range x.Mapping.entities {
		e.ID, e.Kind, e.Name, e.Description = beside(e.ID), beside(e.Kind), beside(e.Name), beside(e.Description)
		e.Also, e.SameAs = slices.Clone(e.Also), slices.Clone(e.SameAs)
		for i := range e.Also {
			e.Also[i] = beside(e.Also[i])
		}
		for i := range e.SameAs {
			e.SameAs[i] = beside(e.SameAs[i])
		}
		x.entities[e.ID.Text] = x.made.add(declared{Entity: e})
	}
}
