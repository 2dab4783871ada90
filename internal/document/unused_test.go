package document_test

import (
	"slices"
	"testing"

	"kg/data"
	"kg/schema"
)

// An entity is used as the end of an edge, as who speaks or publishes, in a
// quantity, or as what another is the same as; not by its own description.
func TestUnused(t *testing.T) {
	t.Parallel()
	const file = `
source: {id: s, title: T, publisher: p, annotator: r, date: 2020-01-01, language: en}
entities:
  p: NewsMedia P
  r: Person R
  subject: Company S
  object: City O
  speaker: Person Q
  between: NewsMedia B
  whole: Company W
  same: {kind: Person, name: M, same-as: kg:person/twin}
  twin: Person N
  aside: Person A / AA (Someone)
  alone: City L
claims:
  one: {says: x, speaker: speaker, via: between, see: "https://x.example/", edges: {subject: {located-in: object}}}
  two: {says: y, see: "https://x.example/", edges: [speaker owns whole 40%]}
`
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := data.Read("x.yaml", []byte(file), o, schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := doc.Unused(), []string{"aside", "alone"}; !slices.Equal(got, want) {
		t.Errorf("%q are unused, not %q", got, want)
	}
}
