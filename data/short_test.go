package data_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/schema"
)

const shortFile = `source: {id: s, title: T, publisher: paper, annotator: paper, date: 2019-04, language: en}
entities:
  paper: NewsMedia The Paper / Paper
  ann: Person Ann Lee (A dredger)
  bo: Person Bo Kim
  clerk: Person (A clerk)
claims:
  - edges: [ann paid bo 5 EUR, clerk works-for paper]
    see: https://example.org/
  - edges: ann paid bo
    stance: denies
    speaker: [ann, bo]
    see: https://example.org/
  - derived-from: [denies-ann-paid-bo]
    edges: {m: {is: Meeting (They met), participant: [ann, bo], status: done}}
`

// What a file leaves to kg is made of what it says: ids, an event that two claims
// speak of, a claim of each speaker, and what a claim says.
func TestLeftToKg(t *testing.T) {
	t.Parallel()
	doc, err := data.Read("x.yaml", []byte(shortFile), ontology(t), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	const source = "https://kg.example/source/s"
	var got []string
	for _, q := range doc.Quads() {
		s := strings.TrimPrefix(string(q.Subject.(quad.IRI)), source)
		switch q.Predicate {
		case schema.Comment, schema.Description, schema.AltLabel, schema.Issued:
			got = append(got, s+" "+q.Object.String())
		case schema.Speaker, schema.DerivedFrom, quad.IRI("https://kg.example/ontology#payer"):
			got = append(got, s+" "+strings.TrimPrefix(string(q.Object.(quad.IRI)), source)+" "+strings.TrimPrefix(string(q.Label.(quad.IRI)), source))
		}
	}
	slices.Sort(got)
	want := []string{
		` "2019-04"^^<http://id.loc.gov/datatypes/edtf/EDTF>`,
		`/claim/ann-paid-bo "Ann Lee paid Bo Kim 5 EUR; A clerk works for The Paper."`,
		`/claim/ann-paid-bo https://kg.example/news-media/paper `,
		`/claim/denies-ann-paid-bo "It is not so: Ann Lee paid Bo Kim."`,
		`/claim/denies-ann-paid-bo https://kg.example/person/ann `,
		`/claim/denies-ann-paid-bo-bo "It is not so: Ann Lee paid Bo Kim."`,
		`/claim/denies-ann-paid-bo-bo https://kg.example/person/bo `,
		`/claim/m-participant "They met: participant Ann Lee, participant Bo Kim, status done."`,
		`/claim/m-participant /claim/denies-ann-paid-bo `,
		`/claim/m-participant /claim/denies-ann-paid-bo-bo `,
		`/meeting/m "They met"`,
		`/payment/payment-ann-bo "Ann Lee paid Bo Kim 5 EUR"`,
		`/payment/payment-ann-bo https://kg.example/person/ann /claim/ann-paid-bo`,
		`/payment/payment-ann-bo https://kg.example/person/ann /claim/denies-ann-paid-bo`,
		`/payment/payment-ann-bo https://kg.example/person/ann /claim/denies-ann-paid-bo-bo`,
		`/person/clerk "A clerk"`,
		`https://kg.example/news-media/paper "Paper"`,
		`https://kg.example/person/ann "A dredger"`,
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Who denies speaks of the event between the same two, however the file calls it,
// wherever it stands, and in whatever form it is written.
func TestDenialSpeaksOf(t *testing.T) {
	t.Parallel()
	for _, paid := range []string{
		"[ann paid bo 5 EUR, clerk works-for paper]",
		"[{first: ann paid bo 5 EUR}]",
		"{first: {is: Payment (The money), payer: ann, recipient: bo, status: done}}",
		"[{first: Payment (The money) payer ann recipient bo done}]",
	} {
		for _, late := range []bool{false, true} {
			file := strings.Replace(shortFile, "[ann paid bo 5 EUR, clerk works-for paper]", paid, 1)
			head, claims, _ := strings.Cut(file, "claims:\n")
			parts := strings.SplitAfterN(claims, "example.org/\n", 3)
			if late {
				parts[0], parts[1] = parts[1], parts[0]
			}
			doc, err := data.Read("x.yaml", []byte(head+"claims:\n"+strings.Join(parts[:2], "")), ontology(t), schema.DefaultBase)
			if err != nil {
				t.Fatalf("%s: %v", paid, err)
			}
			payments := map[quad.Value]int{}
			for _, q := range doc.Quads() {
				if q.Predicate == quad.IRI("https://kg.example/ontology#payer") {
					payments[q.Subject]++
				}
			}
			if len(payments) != 1 {
				t.Errorf("%s, late %v: %d payments: %v", paid, late, len(payments), payments)
			}
		}
	}
}

// What may be one thing or two is refused, and says what to write.
func TestLeftToKgMistakes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ old, new, want string }{
		{"    stance: denies\n", "    id: two\n", `:10:12: claim "ann-paid-bo" makes the same event in line 8: give both an id`},
		{"    stance: denies\n", "", `:10:5: this claim would be called "ann-paid-bo", as that in line 8: give it an id: field`},
		{"[ann paid bo 5 EUR, clerk works-for paper]", "[one: ann paid bo 5 EUR, two: ann paid bo 6 EUR]", `:10:12: denies-ann-paid-bo may speak of one or of two: write the id of one before it`},
		{"edges: ann paid bo\n", "edges: [ann paid bo 5 EUR, ann paid bo 6 EUR]\n", `:10:32: claim "denies-ann-paid-bo" makes the same event in line 10`},
		{"m: {is: Meeting (They met)", "ann: {is: Meeting (They met)", `:15:13: "ann" is declared twice, here and in line 4`},
		{"edges: {m: {is: Meeting (They met), participant: [ann, bo], status: done}}", "edges: {bo: Meeting (They met) participant ann done}", `:15:13: "bo" is declared twice, here and in line 5`},
		{"m: {is: Meeting (They met)", "m: {is: Meating (They met)", `:15:21: unknown kind "Meating" (did you mean "Meeting"?)`},
		{"clerk: Person (A clerk)", "clerk: Person", `:6:3: "clerk" needs a name, or a description`},
		{"clerk works-for paper", "{w: clerk works-for paper}", `:8:33: works-for makes no event that could be called "w"`},
		{"speaker: [ann, bo]", "speaker: [ann, boo]", `unknown entity "boo" (did you mean "bo"?)`},
	} {
		if strings.Count(shortFile, test.old) != 1 {
			t.Fatalf("%q is not once in the file", test.old)
		}
		_, err := data.Read("x.yaml", []byte(strings.Replace(shortFile, test.old, test.new, 1)), ontology(t), schema.DefaultBase)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v\nwant %s", test.new, err, test.want)
		}
	}
}
