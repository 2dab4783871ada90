package mapping_test

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/mapping"
	"kg/internal/sourcetext"
	"kg/schema"
)

func mapped(t testing.TB, rules, table string) (*mapping.Mapped, error) {
	t.Helper()
	m, err := mapping.Read("crews.map.yaml", []byte(rules), ontology(t))
	if err != nil {
		return nil, err
	}
	return m.Read(mapping.SourceTable{Name: "crews.csv", Format: "csv", In: strings.NewReader(table)}, ontology(t), schema.DefaultBase)
}

// lines are the quads of a table, in order.
func lines(m *mapping.Mapped) (list []string) {
	for _, q := range m.Quads() {
		list = append(list, q.NQuad())
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func TestMapping(t *testing.T) {
	t.Parallel()
	rules, table := string(file(t, "testdata/crews.map.yaml")), string(file(t, "testdata/crews.csv"))
	m, err := mapped(t, rules, table)
	if err != nil {
		t.Fatal(err)
	}
	if m.Rows != 4 || m.Silent != 1 || m.Again != 0 {
		t.Errorf("%d rows, %d of them silent, %d again", m.Rows, m.Silent, m.Again)
	}
	// The firm says nothing, so none of its cells is used; a note is ignored.
	if got := fmt.Sprint(m.Left); got != "[{ref 1 false} {type 1 false} {name 1 false} {note 2 true}]" {
		t.Errorf("left: %s", got)
	}
	all := strings.Join(lines(m), "\n")
	for _, want := range []string{
		`person/crew-2> <http://www.w3.org/2004/02/skos/core#altLabel> "Jon Brant" `,
		`former-name> "Jon Brant" `,
		`altLabel> "Falk, Anna" `,
		`"1961-04-03"`, `"1954?"`, `"1955?"`, `"1946?"`, `"1947-02-01?"`, `"a) 1946 b) 1.2.1947"`,
		`ontology#row> "3"`, `ontology#column> "born"`, `ontology#table> "comma"`,
		`"1200"`, `"400"`, `"500"`,
		`/vessel/grey-gull> `,
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(all, "says \\\"no\\\"") {
		t.Error("what is ignored was loaded")
	}
}

// The locator of a row is that of its text.
func TestRowsAreVerified(t *testing.T) {
	t.Parallel()
	table := string(file(t, "testdata/crews.csv"))
	m, err := mapped(t, string(file(t, "testdata/crews.map.yaml")), table)
	if err != nil {
		t.Fatal(err)
	}
	starts, ends := map[string]int{}, map[string]int{}
	sums := map[string]string{}
	for _, q := range m.Quads() {
		s := string(q.Subject.(quad.IRI))
		switch q.Predicate {
		case schema.Start:
			starts[s] = int(q.Object.(quad.Int))
		case schema.End:
			ends[s] = int(q.Object.(quad.Int))
		case schema.SHA256:
			sums[s] = quad.ToString(q.Object)
		}
	}
	text, err := sourcetext.New([]byte(table))
	if err != nil || len(starts) == 0 {
		t.Fatal(len(starts), err)
	}
	for s := range starts {
		if words, ok := text.Passage(starts[s], ends[s], sums[s]); !ok || !strings.HasPrefix(table[strings.Index(table, words)-1:], "\n"+words+"\n") {
			t.Errorf("%s: %q is no row", s, words)
		}
	}
}

// The order of rows does not matter except for their locators, and repeated rows add
// nothing.
func TestRowOrder(t *testing.T) {
	t.Parallel()
	rules, table := string(file(t, "testdata/crews.map.yaml")), string(file(t, "testdata/crews.csv"))
	header, rows, _ := strings.Cut(table, "\n")
	turned := strings.Split(strings.TrimSpace(rows), "\n")
	slices.Reverse(turned)
	for name, other := range map[string]string{
		"turned": header + "\n" + strings.Join(turned, "\n"),
		"CRLF":   strings.ReplaceAll(table, "\n", "\r\n"),
		"empty":  strings.Replace(table, "\n2,", "\n\n,,,,,,,,\n2,", 1),
		"twice":  table + rows,
	} {
		first, err := mapped(t, rules, table)
		if err != nil {
			t.Fatal(err)
		}
		second, err := mapped(t, rules, other)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if a, b := withoutPlaces(lines(first)), withoutPlaces(lines(second)); !slices.Equal(a, b) {
			t.Errorf("%s: %d quads, and %d", name, len(a), len(b))
		}
		if name == "twice" && second.Again != 4-1 { // the firm says nothing either time
			t.Errorf("%d rows again", second.Again)
		}
	}
}

var places = regexp.MustCompile(`/passage/position>|#characters>|#sha256>`)

func withoutPlaces(list []string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return places.MatchString(s) })
}

func TestMappingMistakes(t *testing.T) {
	t.Parallel()
	rules, table := string(file(t, "testdata/crews.map.yaml")), string(file(t, "testdata/crews.csv"))
	for _, test := range []struct{ name, in, old, new, want string }{
		{"field", "map", "ignore: note", "ignroe: note", `mapping "crews.map.yaml":11:1: unknown field "ignroe" in a mapping (did you mean "ignore"?)`},
		{"kind", "map", "kind: Vessel", "kind: Vesel", `:24:11: unknown kind "Vesel" (did you mean "Vessel"?)`},
		{"kind of a cell", "map", "firm: Company", "firm: Compny", `:14:11: unknown kind "Compny" (did you mean "Company"?)`},
		{"relation", "map", "{commands: ship}", "{comands: ship}", `unknown relation "comands" (did you mean "commands"?)`},
		{"relation of another kind", "map", "{commands: ship}", "{imo: ship}", `imo belongs to kind Vessel, and "who" is of kind Company, Person`},
		{"thing", "map", "{commands: ship}", "{commands: shp}", `"shp" is none of the mapping's (did you mean "ship"?)`},
		{"cell for an entity", "map", "{commands: ship}", `{commands: "{ship}"}`, `commands takes Conveyance: name a thing of the mapping, or say with values`},
		{"subject", "map", "who: {commands", "whom: {commands", `unknown thing "whom" (did you mean "who"?)`},
		{"column", "map", "when: born", "when: borne", `mapping "crews.map.yaml":19:11: the table has no column "borne" (did you mean "born"?)`},
		{"column in a text", "map", `"The birth of {name}"`, `"The birth of {nmae}"`, `the table has no column "nmae" (did you mean "name"?)`},
		{"brace", "map", `"The birth of {name}"`, `"The birth of {name"`, `a brace opens, and no column stands behind it`},
		{"unit", "map", "{column: tons, unit: tons, thousands: \",\"}", "\"{tons}\"", `capacity takes a quantity: say in what`},
		{"order", "map", "date: dmy", "date: dym", `date says in which order the numbers of a date stand: dmy, mdy, ymd, not "dym"`},
		{"unquoted", "map", `name: "{ship}"`, `name: {ship}`, `has a column, such as {column: name}`},
		{"publisher", "map", "publisher: harbour-office", "publisher: harbour", `mapping "crews.map.yaml":4:14: unknown entity "harbour"`},
		{"else", "map", "date: dmy", "date: dmy, else: skip", `else says what becomes of a cell that cannot be read: note`},

		{"value", "csv", "4,firm", "4,frim", `table "crews.csv":5:2 (type): the mapping does not say what "frim" stands for (did you mean "firm"?)`},
		{"date in a table", "csv", "3.4.1961", "34.4.1961", `table "crews.csv":2:5 (born): `},
		{"no date", "csv", "3.4.1961", "9999-9999.", `9999 stands for no date`},
		{"number", "csv", "400 to 500", "many", `table "crews.csv":4:8 (tons): a number is written with digits alone`},
		{"two names", "csv", "2,individual", "1,individual", `"crew-1" is called "Jon Brandt" here, and "Anna Falk" in row 2`},
		{"cells", "csv", "joined in spring", "joined, in spring", `table "crews.csv":2:10: the row has 10 cells, and there are 9 columns`},
		{"quote", "csv", `"says ""no"""`, `says "no"`, `:4:9 (note): a quote stands within a cell that is not in quotes`},
		{"open quote", "csv", `"says ""no"""`, `"says no`, `a quote is not closed`},
		{"twice", "csv", "also called", "name", `:1:4: two columns are called "name"`},
		{"UTF-8", "csv", "Anna", "\xff", `the row is not valid UTF-8`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m, c := rules, table
			change := func(s string) string {
				if !strings.Contains(s, test.old) {
					t.Fatalf("there is no %q", test.old)
				}
				return strings.Replace(s, test.old, test.new, 1)
			}
			if test.in == "map" {
				m = change(m)
			} else {
				c = change(c)
			}
			if _, err := mapped(t, m, c); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, not %s", err, test.want)
			}
		})
	}
}

// All mistakes are reported at once, and of a million only the first.
func TestMappingMistakesAreBounded(t *testing.T) {
	t.Parallel()
	rules := string(file(t, "testdata/crews.map.yaml"))
	var b bytes.Buffer
	b.WriteString("ref,type,name,also called,born,ship,imo,tons,note\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "%d,individual,N %d,,never,,,,\n", i, i)
	}
	_, err := mapped(t, rules, b.String())
	if err == nil || strings.Count(err.Error(), "\n") != 50 || !strings.HasSuffix(err.Error(), `reading table "crews.csv": 950 more mistakes`) {
		t.Errorf("got %.300v", err)
	}
}

// A cell that cannot be read is kept where the mapping says so.
func TestElseNote(t *testing.T) {
	t.Parallel()
	rules := strings.Replace(string(file(t, "testdata/crews.map.yaml")), "date: dmy", "date: dmy, else: note", 1)
	table := strings.Replace(string(file(t, "testdata/crews.csv")), "3.4.1961", "in the war", 1)
	m, err := mapped(t, rules, table)
	if err != nil {
		t.Fatal(err)
	}
	if all := strings.Join(lines(m), "\n"); m.Noted != 1 || !strings.Contains(all, `note> "born: in the war"`) {
		t.Errorf("%d noted", m.Noted)
	}
}

// The European Union's list is not committed. KG_EU names the file.
func TestEUList(t *testing.T) {
	t.Parallel()
	name := os.Getenv("KG_EU")
	if name == "" {
		t.Skip("KG_EU does not name the table")
	}
	o := ontology(t)
	manual := string(file(t, "../../cmd/kg/help/tables.md"))
	_, rest, _ := strings.Cut(manual, "```yaml eu.map.yaml\n")
	rules, _, _ := strings.Cut(rest, "```")
	m, err := mapping.Read("eu.map.yaml", []byte(rules), o)
	if err != nil {
		t.Fatal(err)
	}
	got, err := m.Read(mapping.SourceTable{Name: name, Format: "csv", In: bytes.NewReader(file(t, name))}, o, schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	if got.Rows != 326 || got.Silent+got.Again+got.Noted != 0 {
		t.Errorf("%d rows, %d silent, %d again, %d noted", got.Rows, got.Silent, got.Again, got.Noted)
	}
	for _, l := range got.Left {
		if !l.Ignored {
			t.Errorf("column %s: %d cells are left", l.Column, l.Cells)
		}
	}
	counts := map[string]int{}
	for _, q := range got.Quads() {
		counts[strings.TrimPrefix(string(q.Predicate.(quad.IRI)), string(schema.OntologyIRI)+"#")]++
	}
	for relation, n := range map[string]int{"listed": 326, "target": 326, "born": 126, "imo": 75, "mmsi": 4, "registration-number": 15, "document-number": 82, "nationality": 92, "former-name": 3} {
		if counts[relation] != n {
			t.Errorf("%d %s, not %d", counts[relation], relation, n)
		}
	}
}

func FuzzReadMapping(f *testing.F) {
	f.Add(file(f, "testdata/crews.map.yaml"))
	f.Add([]byte("source: {id: a}\nthings: {a: {kind: Person, id: '[{a}]', name: {column: b, split: [a, b]}}}\nclaims: {c: {edges: {a: {age: {column: b, unit: '{c}'}}}}}\n"))
	o := ontology(f)
	table := file(f, "testdata/crews.csv")
	f.Fuzz(func(t *testing.T, rules []byte) {
		m, err := mapping.Read("m.yaml", rules, o)
		if err != nil {
			return
		}
		if got, err := m.Read(mapping.SourceTable{Name: "crews.csv", Format: "csv", In: bytes.NewReader(table)}, o, schema.DefaultBase); err == nil {
			for _, q := range got.Quads() {
				if q.Label == nil {
					t.Fatalf("%v has no label", q)
				}
			}
		}
	})
}
