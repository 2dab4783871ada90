package mapping

import (
	"errors"
	"io"
	"slices"
	"strings"

	"kg/internal/strict"
	"kg/internal/suggest"
	"kg/internal/table"
	"kg/schema"
)

// tableDrafter reads a table, to draft its mapping.
type tableDrafter struct {
	o       *schema.Ontology
	rows    int
	form    string
	columns []*columnStats
	decide  []string // open decisions for the user
	taken   map[string]bool
	things  []string // of the draft, as text
	claims  []string
	kinds   []*schema.Kind // possible kinds of the main entity
	kindOf  string         // its kind, as text
}

// columnStats describes the values of a column.
type columnStats struct {
	name    string
	cells   int
	values  map[string]int // distinct ones, as far as there are few
	many    bool           // there are more
	unique  bool
	dates   map[string]int // cells that read as dates, by the order of their numbers
	split   int            // cells with a semicolon
	dotted  int            // cells with a full stop at the end
	used    bool
	lengths int
}

// mostValues bounds the distinct values that are counted per column.
const mostValues = 1 << 17

// Draft drafts the mapping of a table from its columns and values, by plain rules: the
// same table has the same draft. day is for the source. What the rules cannot decide is a
// comment in the draft, and an item of decide.
func Draft(t SourceTable, o *schema.Ontology, day string) (draft []byte, decide []string, err error) {
	d := &tableDrafter{o: o, taken: map[string]bool{}}
	if err := d.read(t); err != nil {
		return nil, nil, err
	}
	d.mainKind()
	d.mainThing()
	for _, c := range d.columns {
		d.column(c)
	}
	return d.write(stemOf(t.Name), day), d.decide, nil
}

// read reads the table.
func (d *tableDrafter) read(t SourceTable) error {
	opt, _, err := (&Mapping{}).open(&t)
	if err != nil {
		return err
	}
	in, err := table.NewReader(t.In, opt)
	r := strict.NewReport("table", t.Name)
	for err == nil {
		var row *table.Row
		if row, err = in.Next(); err != nil {
			break
		}
		d.rows++
		for len(d.columns) < len(in.Columns()) {
			d.columns = append(d.columns, &columnStats{name: in.Columns()[len(d.columns)], values: map[string]int{}, unique: true, dates: map[string]int{}})
		}
		for i, cell := range row.Cells {
			if cell = strings.TrimSpace(cell); cell != "" {
				d.columns[i].add(cell)
			}
		}
	}
	if e := new(table.Error); errors.As(err, &e) {
		r.Addf(e.Pos, "%s", e.Msg)
	} else if !errors.Is(err, io.EOF) {
		r.Addf(strict.Pos{}, "%v", err)
	}
	if d.rows == 0 && r.Err() == nil {
		r.Addf(strict.Pos{}, "the table has no rows")
	}
	if in != nil {
		d.form = in.Form()
	}
	return r.Err()
}

func (c *columnStats) add(cell string) {
	c.cells++
	c.lengths += len(cell)
	if c.values[cell] > 0 {
		c.unique = false
	}
	if len(c.values) < mostValues {
		c.values[cell]++
	} else {
		c.many = true
	}
	if strings.HasSuffix(cell, ".") {
		c.dotted++
	}
	if strings.Contains(cell, ";") || strings.Contains(cell, table.Within) {
		c.split++
	}
	if len(cell) <= 60 {
		for _, order := range dateOrders {
			if _, err := readDates(cell, order); err == nil {
				c.dates[order]++
			}
		}
	}
}

// order is the order of the numbers in dates, if at least nine of ten cells are some;
// "" if the column has none, and sure is false if another order reads as many.
func (c *columnStats) order() (order string, sure bool) {
	for _, o := range dateOrders {
		if c.dates[o] > c.dates[order] {
			order = o
		}
	}
	if c.cells == 0 || c.dates[order]*10 < c.cells*9 {
		return "", false
	}
	return order, c.dates["dmy"] != c.dates["mdy"] || c.dates["dmy"] == c.dates["ymd"]
}

// headWords are those of a header: birthDate is birth date.
func headWords(header string) string {
	var b strings.Builder
	for i, r := range header {
		if r == '_' || r == '-' || r == '.' {
			r = ' '
		}
		if i > 0 && r >= 'A' && r <= 'Z' && !strings.HasSuffix(b.String(), " ") && strings.ToUpper(header) != header {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(strings.Join(strings.Fields(b.String()), " "))
}

// headed returns the first free column that is called so.
func (d *tableDrafter) headed(names ...string) *columnStats {
	for _, name := range names {
		for _, c := range d.columns {
			if !c.used && c.cells > 0 && headWords(c.name) == name {
				return c
			}
		}
	}
	return nil
}

// knownKinds maps common names of kinds in tables to kg's.
var knownKinds = map[string]string{
	"legal entity": "Organisation", "entity": "Organisation", "individual": "Person", "natural person": "Person", "organization": "Organisation", "ship": "Vessel", "enterprise": "Company",
}

func (d *tableDrafter) kindCalled(word string) *schema.Kind {
	if name := knownKinds[headWords(word)]; name != "" {
		return d.o.Kind(name)
	}
	kinds, _ := suggest.Called(d.o, headWords(word))
	for _, k := range kinds {
		if !k.Abstract && len(k.Codes) == 0 {
			return k
		}
	}
	return nil
}

// mainKind determines the kind of the rows' main entity: by a column of kinds, or by the
// columns that only one kind has.
func (d *tableDrafter) mainKind() {
	if c := d.headed("schema", "kind", "type", "entity type", "category", "class"); c != nil && len(c.values) <= 30 && c.cells == d.rows {
		var pairs []string
		for _, value := range sortedKeys(c.values) {
			k := d.kindCalled(value)
			if k == nil {
				pairs = nil
				break
			}
			d.kinds = append(d.kinds, k)
			pairs = append(pairs, yamlWord(value)+": "+k.Name)
		}
		if pairs != nil {
			c.used = true
			d.kindOf = "{column: " + yamlWord(c.name) + ", values: {" + strings.Join(pairs, ", ") + "}}"
			return
		}
		d.kinds = nil
	}
	for _, hint := range []struct {
		kind  string
		words []string
	}{
		{"Person", []string{"birth date", "date of birth", "dob", "birth place", "first name", "given name", "last name", "family name", "surname", "gender", "sex"}},
		{"Vessel", []string{"imo", "imo number", "mmsi", "flag", "vessel", "vessel name", "call sign"}},
		{"Company", []string{"registration number", "company number", "company", "company name", "lei", "legal form", "incorporation date", "jurisdiction"}},
		{"Payment", []string{"payer", "payee"}},
	} {
		if d.headed(hint.words...) != nil && d.o.Kind(hint.kind) != nil {
			d.kinds, d.kindOf = []*schema.Kind{d.o.Kind(hint.kind)}, hint.kind
			return
		}
	}
	d.kinds, d.kindOf = []*schema.Kind{d.o.Kind("Organisation")}, "Organisation"
	d.decide = append(d.decide, "of what kind the rows' things are: Organisation is a guess")
}

func sortedKeys(m map[string]int) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
