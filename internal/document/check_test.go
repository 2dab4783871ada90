package document_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/datatest"
	"kg/internal/strict"
	"kg/schema"
)

// ships are the kinds that testdata/claims.yaml needs beside the embedded ones,
// for the literals that no relation of an embedded kind leads to.
var ships = []string{
	"ferry.yaml", `kind: Ferry
is: A ship that goes to and fro.
parent: Vessel
relations:
  tonnage: {is: Its size., range: number, required: true}
  in-service: {is: Whether it is in service., range: boolean}
  launched: {is: The day it was launched., range: day}
  tide: {is: The tide it needs., range: Tide}
`,
	"car-ferry.yaml", "kind: CarFerry\nis: A ferry that carries cars.\nparent: Ferry\n",
	"tide.yaml", "kind: Tide\nis: What the sea does.\ncodes: {ebb: It falls., flood: It rises.}\n",
}

// claimsFile is the text of testdata/claims.yaml, a file without mistakes,
// after the edits: old and new texts in turn, each old one in it once.
func claimsFile(t testing.TB, edits ...string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/claims.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file := string(b)
	for i := 0; i < len(edits); i += 2 {
		if n := strings.Count(file, edits[i]); n != 1 {
			t.Fatalf("%q is %d times in testdata/claims.yaml", edits[i], n)
		}
		file = strings.Replace(file, edits[i], edits[i+1], 1)
	}
	return file
}

// mistake is testdata/claims.yaml with one edit, and what Check says of it:
// a line for each mistake, line:column: message.
type mistake struct{ name, old, new, want string }

func testMistakes(t *testing.T, tests []mistake) {
	t.Helper()
	t.Parallel()
	o := datatest.Ontology(t, ships...)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, err := data.Read("x.yaml", []byte(claimsFile(t, test.old, test.new)), o, schema.DefaultBase)
			if err == nil {
				t.Fatalf("no mistake found, want\n%s", test.want)
			}
			if c != nil {
				t.Error("a file with mistakes came back checked")
			}
			want := `reading claims "x.yaml":` + strings.ReplaceAll(test.want, "\n", "\n"+`reading claims "x.yaml":`)
			if err.Error() != want {
				t.Errorf("got\n%v\nwant\n%s", err, want)
			}
		})
	}
}

func TestClaimsFileWithoutMistakes(t *testing.T) {
	t.Parallel()
	c, err := data.Read("x.yaml", []byte(claimsFile(t)), datatest.Ontology(t, ships...), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	if entities, claims := c.Counts(); entities != 10 || claims != 4 {
		t.Errorf("%d entities and %d claims, want 10 and 4", entities, claims)
	}
	if c.SourceIRI() != "https://kg.example/source/herald-2020-05-04" {
		t.Errorf("its source is %s", c.SourceIRI())
	}
}

// A writer sees all mistakes of a file at once, in the order of the file.
func TestCheckNotesAllMistakes(t *testing.T) {
	t.Parallel()
	file := claimsFile(t,
		"date: 2020-05-04\n", "date: yesterday\n",
		"  herald: {kind: NewsMedia", "  herald: {kind: NewsMeida",
		"blue-line: {kind: Company, name", "blue-line: {kind: Company, nmae",
		"start: 49, end: 112", "start: 112, end: 49",
		"tonnage: 12000", "tonnage: 1e3",
		"stance: alleges", "stance: sings",
		"employer: blue-line, ", "",
		"edtf: 2020-04,", "edtf: 2020-4,",
		"derived-from: [price]", "derived-from: [prize]",
		"why: The weather is no relationship.", "why:")
	want := []string{
		`7:9: the day of publication must be a day such as 2008-04-04, or the month or year if no more is known, not "yesterday"`,
		`15:18: unknown kind "NewsMeida" (did you mean "NewsMedia"?)`,
		`17:3: "blue-line" needs a name, or a description if the source gives none`,
		`17:30: unknown field "nmae" in entity blue-line (did you mean "name"?)`,
		`24:3: Employment "hiring" needs employer (Who employs.), and no claim states it`,
		`28:9: the passage from 112 to 49 is empty or the wrong way round`,
		`31:23: a number is written with digits alone, such as 12000 or 2.5, not "1e3"`,
		`36:13: unknown stance "sings": one of asserts, admits, confirms, estimates, predicts, alleges, denies`,
		`46:60: "2020-4" is no EDTF date: months and days have two digits: write 2020-04`,
		`50:20: unknown claim "prize" (did you mean "price"?)`,
		`55:9: why is empty`,
	}
	c, err := data.Read("x.yaml", []byte(file), datatest.Ontology(t, ships...), schema.DefaultBase)
	if c != nil {
		t.Error("a file with mistakes came back checked")
	}
	var e *strict.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want a *strict.Error", err)
	}
	var got []string
	for _, p := range e.Problems {
		got = append(got, fmt.Sprintf("%d:%d: %s", p.Pos.Line, p.Pos.Column, p.Msg))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A property required of a kind is required of its subkinds.
func TestRequiredIsInherited(t *testing.T) {
	t.Parallel()
	o := datatest.Ontology(t, ships...)
	file := claimsFile(t, "{kind: Ferry, name", "{kind: CarFerry, name")
	if _, err := data.Read("x.yaml", []byte(file), o, schema.DefaultBase); err != nil {
		t.Errorf("a car ferry does not pass for a ferry: %v", err)
	}
	file = claimsFile(t, "{kind: Ferry, name", "{kind: CarFerry, name", "{tonnage: 12000, in", "{in")
	_, err := data.Read("x.yaml", []byte(file), o, schema.DefaultBase)
	want := `reading claims "x.yaml":21:3: CarFerry "ship" needs tonnage (Its size.), and no claim states it`
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}
