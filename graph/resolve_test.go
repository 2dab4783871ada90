package graph_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"kg/graph"
	"kg/internal/testsize"
	"kg/schema"
)

func TestFind(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry, town))
	for word, want := range map[string]string{
		"https://kg.example/company/blue-line":   "kg:company/blue-line",
		"<https://kg.example/company/blue-line>": "kg:company/blue-line",
		"kg:company/blue-line":                   "kg:company/blue-line",
		"KG:Company/Blue-Line":                   "kg:company/blue-line",
		"Blue Line":                              "kg:company/blue-line",
		"blue LINE":                              "kg:company/blue-line",
		"Ｂｌｕｅ\u00a0Line":                         "kg:company/blue-line",
		"Blue Line Ferries":                      "kg:company/blue-line",
		"the line":                               "kg:company/blue-line",
		"blue-line":                              "kg:company/blue-line",
		"Harbour Town":                           "kg:city/harbourtown", // by either source's name
		"Harbourtown":                            "kg:city/harbourtown",
		"A clerk of the port":                    "kg:source/ferry/person/clerk",
		"clerk":                                  "kg:source/ferry/person/clerk",
		"kg:source/ferry/person/clerk":           "kg:source/ferry/person/clerk",
		"kg:source/ferry":                        "kg:source/ferry",
		"The Herald on ferry":                    "kg:source/ferry",
		"kg:source/ferry/claim/price":            "kg:source/ferry/claim/price",
		"kgo:Company":                            "kgo:Company",
		"kgo:works-for":                          "kgo:works-for",
	} {
		if got, err := v.Find(context.Background(), word); err != nil || got != iri(want) {
			t.Errorf("%q: got %s, %v, want %s", word, got, err, want)
		}
	}
}

func TestFindRefuses(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry, port, crew))
	const hint = `: an entity goes by an IRI, a short form such as kg:person/kim-jong-il, or a name`
	for word, want := range map[string]string{
		"Blue Lime": `unknown entity "Blue Lime" (did you mean "Blue Line"?)`,
		"herald on": `unknown entity "herald on", which finds "The Herald on ferry", "The Herald on port", "The Herald on crew"`,
		"her": `unknown entity "her", which finds "The Herald", "The Herald on ferry", "The Herald on port", "The Herald on crew",` +
			` "dcterms:publisher" and 4 more: kg find lists them`,
		"publish":                `unknown entity "publish", which finds "kgo:published", "dcterms:publisher"`, // terms and claims are not guessed
		"kg:company/blue-lime":   `unknown entity "kg:company/blue-lime" (did you mean "kg:company/blue-line"?)`,
		"https://other.example/": `unknown entity "https://other.example/"` + hint,
		"Rumpelstiltskin":        `unknown entity "Rumpelstiltskin"` + hint,
		"EUR":                    `unknown entity "EUR"` + hint, // is in the graph, and no name
		"":                       `unknown entity ""` + hint,
		"a clerk":                `"a clerk" is the name of kg:source/crew/person/clerk and of kg:source/port/person/clerk: write one of these`,
		"Clerk": `"Clerk" is the name of kg:source/crew/person/clerk and of kg:source/ferry/person/clerk` +
			` and of kg:source/port/person/clerk: write one of these`,
	} {
		got, err := v.Find(context.Background(), word)
		var unknown *graph.UnknownError
		if !errors.As(err, &unknown) || err.Error() != want || got != "" {
			t.Errorf("%q:\ngot  %q, %v\nwant %s", word, got, err, want)
		}
	}
}

// Whatever is called by a name is what the name finds first, and what Find takes
// for it, if it takes anything.
func TestFindTakesWhatIsFoundFirst(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, bundled(t)...))
	ctx := context.Background()
	everything, all, err := v.FindAll(ctx, "", graph.FindOptions{Texts: true})
	if err != nil || all != len(everything) || all < 300 {
		t.Fatalf("found %d of %d, %v", len(everything), all, err)
	}
	everything = everything[:len(everything)/testsize.Of(30, 1)]
	taken := 0
	for _, e := range everything {
		words := strings.Fields(e.Name)
		for _, text := range []string{e.Name, words[0], words[len(words)-1], schema.IRI(e.IRI).LastPart(), base.Short(e.IRI)} {
			found, _, err := v.FindAll(ctx, text, graph.FindOptions{Texts: true, Limit: 1})
			if err != nil || len(found) != 1 {
				t.Fatalf("%q finds %v, %v", text, found, err)
			}
			got, err := v.Find(ctx, text)
			var unknown *graph.UnknownError
			switch {
			case errors.As(err, &unknown):
			case err != nil || got != found[0].IRI:
				t.Errorf("%q finds %s first, and what is taken is %s, %v", text, found[0].IRI, got, err)
			default:
				taken++
			}
		}
	}
	if taken < 2*len(everything) {
		t.Errorf("%d of %d are taken", taken, 5*len(everything))
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := whole(scratch(t, ferry)).ReadNames(cancelled); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

// An entity's name wins over the id of a claim, and over that of a kind.
func TestEntitiesGoFirst(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, herald("first", `
		sale: {kind: Meeting, description: How they met}
		dome: {kind: Company, name: Company}
		town: {kind: City, name: Harbourtown}
	`, `
		dome: {says: It is in town., at: §, edges: {dome: {located-in: town}}}
		harbourtown: {says: It was there., at: §, edges: {sale: {located-in: town, participant: dome, status: done}}}
	`)))
	ctx := context.Background()
	for word, want := range map[string]string{
		"company": "kg:company/dome", "dome": "kg:company/dome", "harbourtown": "kg:city/town", "sale": "kg:source/first/meeting/sale",
		"kg:source/first/claim/dome": "kg:source/first/claim/dome", "kgo:Sale": "kgo:Sale", "AssetFreeze": "kgo:AssetFreeze",
	} {
		if got, err := v.Find(ctx, word); err != nil || got != iri(want) {
			t.Errorf("%q: got %s, %v, want %s", word, got, err, want)
		}
	}
	for word, want := range map[string]string{
		"harbortown":                    `(did you mean "Harbourtown"?)`,
		"AsetFreeze":                    `or a name`, // a kind is no entity
		"kgo:Vessl":                     `(did you mean "kgo:Vessel"?)`,
		"kg:source/first/claim/harbour": `(did you mean "kg:source/first/claim/harbourtown"?)`,
		"https://kg.example/city/toun":  `(did you mean "kg:city/town"?)`,
	} {
		if _, err := v.Find(ctx, word); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", word, err, want)
		}
	}
}

// A name is found however it is written, and stays as it is.
func TestFindFolds(t *testing.T) {
	t.Parallel()
	const decomposed, composed = "Sine\u0301ad\u2009O’Hara", "sin\u00e9ad o'hara"
	v := whole(scratch(t, herald("first", `
		first: {kind: Person, name: "`+decomposed+`"}
		second: {kind: Person, name: Ｋｉｍ}
	`, `
		met: {says: They know each other., at: §, edges: {first: {family-of: second}}}
	`)))
	ctx := context.Background()
	for word, want := range map[string]string{composed: "kg:person/first", decomposed: "kg:person/first", "KIM": "kg:person/second"} {
		if got, err := v.Find(ctx, word); err != nil || got != iri(want) {
			t.Errorf("%q: got %s, %v, want %s", word, got, err, want)
		}
	}
	if _, err := v.Find(ctx, "sinéad o'hare"); err == nil || !strings.Contains(err.Error(), decomposed) {
		t.Errorf("got %v, want a hint with the name as it is written", err)
	}
	if cell, err := v.Describe(ctx, iri("kg:person/first")); err != nil || cell.Text != decomposed {
		t.Errorf("got %+q, %v", cell.Text, err)
	}
}
