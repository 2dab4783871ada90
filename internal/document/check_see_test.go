package document_test

import (
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/internal/datatest"
	"kg/schema"
)

// atlas is a source without a text: its claims are looked up elsewhere.
const atlas = `source: {id: atlas, title: Where places lie, publisher: atlas, annotator: atlas, date: 2020-05-04, language: en}
entities:
  atlas: {kind: Organisation, name: Atlas}
  town: {kind: City, name: Town}
  land: {kind: Country, name: Land}
claims:
  town-in-land: {says: Town lies in Land., see: https://atlas.example/town, edges: {town: {within: land}}}
`

func TestLookedUp(t *testing.T) {
	t.Parallel()
	c, err := data.Read("x.yaml", []byte(atlas), datatest.Ontology(t), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, q := range c.Quads() {
		switch q.Predicate {
		case schema.SeeAlso:
			seen++
			if q.Object != quad.Value(quad.IRI("https://atlas.example/town")) {
				t.Errorf("it is looked up at %v", q.Object)
			}
		case schema.HasTarget, schema.SHA256, schema.Characters:
			t.Errorf("a source without a text has %v", q)
		}
	}
	if seen != 1 {
		t.Errorf("%d places to look it up, not one", seen)
	}
}

// A source has a text with locators, or claims that are looked up; never both.
func TestCheckLookedUp(t *testing.T) {
	t.Parallel()
	const (
		at     = "at: {paragraph: 1, start: 0, end: 5, sha256: §}"
		beside = `7:49: claim "town-in-land" stands in the text of its source, and that place is its evidence (at): see is for a source without a text`
		noText = "1:14: sha256 of the source is missing\n1:14: the source needs characters, the length of its text in code points: kg locate FILE --text TEXT fills it in\n"
	)
	for _, test := range []mistake{
		{"see beside at", "see: ", at + ", see: ", noText + strings.Replace(beside, "7:49", "7:161", 1)},
		{"see in a source with a text", "language: en}", "language: en, characters: 9, sha256: §}", beside},
		{"see that is no address", "https://atlas.example/town", "Atlas", `7:49: see: "Atlas" is no absolute IRI such as https://example.org/x`},
		{"neither see nor at", "edges: {town: {within: land}}}\n", "edges: {town: {within: land}}}\n  more: {says: Too., edges: {land: {located-in: land}}}\n",
			`8:3: claim "more" needs where it can be looked up (see), or the claims it is derived from`},
		{"derived with see", "edges: {town: {within: land}}}\n", "edges: {town: {within: land}}}\n" +
			"  more: {says: Too., derived-from: [town-in-land], see: https://x.example/, edges: {land: {located-in: land}}}\n",
			`8:57: a derived claim has no see: it is the annotator's`},
		{"passage skipped", "claims:\n", "skipped: [{" + at + ", why: Weather.}]\nclaims:\n", noText + strings.Replace(beside, "7:49", "8:49", 1)},
	} {
		zeros := func(s string) string { return strings.ReplaceAll(s, "§", strings.Repeat("0", 64)) }
		file := strings.Replace(atlas, test.old, zeros(test.new), 1)
		c, err := data.Read("x.yaml", []byte(file), datatest.Ontology(t), schema.DefaultBase)
		want := `reading claims "x.yaml":` + strings.ReplaceAll(test.want, "\n", "\n"+`reading claims "x.yaml":`)
		if c != nil || err == nil || err.Error() != want {
			t.Errorf("%s: got\n%v\nwant\n%s", test.name, err, want)
		}
	}
}
