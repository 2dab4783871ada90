package queries_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"kg/queries"
	"kg/schema"
)

// told is a claims file of a source about ann, bob and a firm: entities and claims
// as lines, with § for a place in the text.
func told(id, entities, claims string) string {
	file := `source: {id: ` + id + `, title: ` + id + `, publisher: paper-` + id + `, annotator: reader, date: 2020-05-04, language: en, characters: 100, sha256: §§}
entities:
  paper-` + id + `: {kind: NewsMedia, name: Paper ` + id + `}
  reader: {kind: Person, name: Reader}
  ann: {kind: Person, name: Ann}
  bob: {kind: Person, name: Bob}
  firm: {kind: Company, name: The firm}
` + entities + `claims:
` + claims
	return strings.NewReplacer("§§", strings.Repeat("0", 64), "§", "{paragraph: 1, start: 0, end: 5, sha256: "+strings.Repeat("1", 64)+"}").Replace(file)
}

// TestDeniedInAnswers says what becomes of denials in answers; rows as people read them.
func TestDeniedInAnswers(t *testing.T) {
	t.Parallel()
	o, set := bundled(t)
	const bribe = "  gift: {kind: Bribe, description: A gift}\n"
	const talks = "  talks: {kind: Meeting, name: The talks}\n"
	for _, test := range []struct {
		what, query string
		files, want []string
	}{
		{"a conclusion from a denial denies nothing, and hides it no more", "bribes", []string{told("a", bribe, `
  a: {says: S., speaker: bob, at: §, edges: {gift: {payer: ann, status: done}}}
  b: {says: S., speaker: ann, stance: denies, at: §, edges: {gift: {payer: ann}}}
  c: {says: S., derived-from: [a, b], edges: {gift: {amount: {value: 3, unit: EUR}}}}
`)}, []string{"A gift|Ann||3 EUR||||Bob; Reader, from: Ann; Bob|asserts; amount: derived|Ann"}},
		{"what is only denied is one row", "bribes", []string{told("a", bribe, `
  a: {says: S., speaker: ann, stance: denies, at: §, edges: {gift: {payer: ann, recipient: bob}}}
`)}, []string{"A gift|Ann|Bob|||||nobody|denied|Ann"}},
		{"its figures go with it", "timeline", []string{told("a", talks, `
  a: {says: S., speaker: ann, stance: denies, at: §, edges: {talks: {participant: ann, date: 2019-05}}}
`)}, []string{"2019-05|month|2019-05-01|2019-05-31|The talks|nobody|denied|Ann"}},
		{"another source leaves a denied relation where it is", "neighbours entity=ann", []string{told("a", "", `
  a: {says: S., speaker: bob, stance: denies, at: §, edges: {ann: {works-for: firm}}}
`), told("b", "  land: {kind: Country, name: Land}\n", `
  a: {says: S., at: §, edges: {ann: {nationality: land}}}
`)}, []string{"Ann|nationality|Land|Paper b|asserts|", "Ann|works for|The firm|nobody|denied|Bob"}},
		{"a denied figure meets an equal one, however it is written", "bribes", []string{told("a", bribe, `
  a: {says: S., speaker: bob, at: §, edges: {gift: {payer: ann, amount: {value: 5, unit: EUR}, status: done}}}
  b: {says: S., speaker: ann, stance: denies, at: §, edges: {gift: {amount: {min: 5.0, max: 5, unit: EUR, printed: five}}}}
`)}, []string{"A gift|Ann||5 EUR||||Bob|asserts|Ann"}},
		{"equal figures of two claims are one row with both", "timeline", []string{told("a", talks, `
  a: {says: S., speaker: ann, at: §, edges: {talks: {date: 2019-03, status: done}}}
  b: {says: S., speaker: bob, stance: alleges, at: §, edges: {talks: {date: 2019-03}}}
`)}, []string{"2019-03|month|2019-03-01|2019-03-31|The talks|Ann; Bob|Ann: asserts; Bob: alleges|"}},
	} {
		v := viewOf(t, o, test.files...)
		name, arg, _ := strings.Cut(test.query, " ")
		var args []string
		if arg != "" {
			args = []string{arg}
		}
		params, err := set[name].Bind(context.Background(), v, args)
		if err != nil {
			t.Fatal(err)
		}
		res, err := set[name].Run(context.Background(), v, params)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range res.Rows {
			got = append(got, strings.Join(row.Texts(), "|"))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", test.what, got, test.want)
		}
	}
}

// TestSureFollowsTheWalk: of a path that is no saved question, each edge bears on
// the cell it leads to, whatever the tags are called.
func TestSureFollowsTheWalk(t *testing.T) {
	t.Parallel()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	v := viewOf(t, o, told("a", "  gift: {kind: Bribe, description: A gift}\n", `
  a: {says: S., speaker: bob, stance: alleges, at: §, edges: {gift: {payer: ann, status: planned}}}
  b: {says: S., speaker: ann, at: §, edges: {ann: {works-for: firm}}}
`))
	res, err := queries.Text(`g.Kind("Bribe").tag("bribe").out("<kgo:payer>").tag("payer").out("<kgo:works-for>").tag("firm").all()`).Run(context.Background(), v, true, 0)
	if err != nil || len(res.Rows) != 1 {
		t.Fatal(res, err)
	}
	if got := res.Rows[0].Evidence.Sure(); got != "asserts; payer: alleges, planned" {
		t.Errorf("got %s", got)
	}
}
