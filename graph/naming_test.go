package graph_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"golang.org/x/text/language"

	"kg/graph"
	"kg/schema"
)

// issued is a file of The Herald from another day.
func issued(day, file string) string { return strings.Replace(file, "2020-05-04", day, 1) }

// named is a source in which The Herald calls a firm, and a port in which it is,
// by these names.
func named(id, day, firm string) string {
	return issued(day, herald(id, "firm: {kind: Company, name: "+firm+", also: [Blue Line, The Line, Blueline, Zephyr]}",
		"trade: {says: It runs ferries., at: §, edges: {firm: {trade: ferries}}}"))
}

func TestDescribeFor(t *testing.T) {
	t.Parallel()
	files := []string{
		named("c-late", "2021-01-01", "Blue Line"), named("b-early", "2019-01-01", "Zephyr"), named("a-early", "2019-01-01", "The Line"),
	}
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}} {
		v := whole(scratch(t, files[order[0]], files[order[1]], files[order[2]]))
		for _, c := range []struct {
			sources []string
			want    string
		}{
			{nil, "The Line"}, // of two on one day the first by IRI
			{[]string{"kg:source/c-late"}, "Blue Line"},
			{[]string{"kg:source/c-late", "kg:source/b-early"}, "Zephyr"},
			{[]string{"kg:source/b-early", "kg:source/a-early"}, "The Line"},
			{[]string{"kg:source/other"}, "The Line"}, // which does not name it
			{[]string{"kg:source/other", "kg:source/c-late"}, "Blue Line"},
		} {
			var sources []quad.IRI
			for _, s := range c.sources {
				sources = append(sources, iri(s))
			}
			for range 2 { // looked up, and remembered
				cell, err := v.DescribeFor(context.Background(), iri("kg:company/firm"), sources)
				if err != nil || cell.Text != c.want {
					t.Errorf("%v: got %q, %v, want %q", c.sources, cell.Text, err, c.want)
				}
			}
		}
	}
}

// labels makes a store in which a node has a label in each language, by its
// sources, and returns a view of it.
func labels(t *testing.T, quads []quad.Quad, reads string) *graph.View {
	t.Helper()
	v := whole(open(t, storeOf(t, quads)))
	var err error
	if v.Languages, _, err = language.ParseAcceptLanguage(reads); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	const node, source = quad.IRI("https://ex.org/x"), quad.IRI("https://ex.org/g")
	for _, c := range []struct{ reads, has, want string }{
		{"", "de fr en mul -", "-"}, // none is the first without a user's language
		{"", "de en fr mul", "mul"},
		{"", "de en-GB fr", "en-GB"},
		{"", "pl de FR", "de"}, // in the order of tags, whatever is written in them
		{"", "pl", "pl"},
		{"de", "de fr en mul -", "de"},
		{"de-AT", "de fr en -", "de"},
		{"de", "fr de-CH -", "de-CH"},
		{"pt-PT", "pt-BR pt-PT -", "pt-PT"},
		{"es-MX", "es es-419 -", "es-419"},
		{"zh-TW", "zh-Hans zh-Hant -", "zh-Hant"},
		{"zh-TW", "zh-Hans -", "-"}, // another script is not read
		{"sv, fr", "fr de en -", "fr"},
		{"fr;q=0.5, de", "fr de en -", "de"},
		{"sv", "fr de en -", "-"},
		{"uk", "ru en", "en"}, // no guess what else somebody reads
		{"und", "de en -", "-"},
		{"*", "de en -", "-"},
		{"DE", "De en", "De"},
		{"de", "x-odd deutsch en -", "-"}, // no tags of a language
	} {
		var quads []quad.Quad
		for i, lang := range strings.Fields(c.has) {
			// The bytes of the text go against the order of the tags.
			var label quad.Value = quad.LangString{Value: quad.String(fmt.Sprintf("%c %s", 'z'-i, lang)), Lang: lang}
			if lang == "-" {
				label = quad.String(fmt.Sprintf("%c %s", 'z'-i, lang))
			}
			quads = append(quads, quad.Quad{Subject: node, Predicate: schema.Label, Object: label, Label: source})
		}
		cell, err := labels(t, quads, c.reads).Describe(context.Background(), node)
		if _, got, _ := strings.Cut(cell.Text, " "); err != nil || got != c.want {
			t.Errorf("who reads %q gets %q of %q, %v, want %q", c.reads, got, c.has, err, c.want)
		}
	}
}

// The rule, word by word, against the view: of the row's sources if these name
// it, in the best language, of the earliest source.
func TestDescribeForOracle(t *testing.T) {
	if testing.Short() {
		t.Skip("many random names")
	}
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	const node = quad.IRI("https://ex.org/x")
	sources := []quad.IRI{"https://ex.org/source/a", "https://ex.org/source/b", "https://ex.org/source/c", "https://ex.org/source/d"}
	days := map[quad.IRI]string{sources[0]: "2020-01-01", sources[1]: "2019-01-01", sources[2]: "2019-01-01"} // and d has none
	type name struct {
		text, lang string
		source     quad.IRI
	}
	rank := map[string]int{"fr": 0, "": 1, "mul": 2, "en": 3, "de": 4}
	for range 60 {
		var quads []quad.Quad
		for source, day := range days {
			quads = append(quads, quad.Quad{Subject: source, Predicate: schema.Issued, Object: quad.TypedString{Value: quad.String(day), Type: iri("xsd:date")}, Label: source})
		}
		var names []name
		for i := range 1 + random.IntN(6) {
			n := name{fmt.Sprint(random.IntN(3), i), []string{"fr", "", "mul", "en", "de"}[random.IntN(5)], sources[random.IntN(4)]}
			names = append(names, n)
			var label quad.Value = quad.String(n.text)
			if n.lang != "" {
				label = quad.LangString{Value: quad.String(n.text), Lang: n.lang}
			}
			quads = append(quads, quad.Quad{Subject: node, Predicate: schema.Label, Object: label, Label: n.source + "/claim/x"})
		}
		v := labels(t, quads, "fr-CA")
		for range 8 {
			var row []quad.IRI
			for _, s := range sources {
				if random.IntN(3) == 0 {
					row = append(row, s)
				}
			}
			own := func(n name) int {
				if slices.Contains(row, n.source) {
					return 0
				}
				return 1
			}
			want := slices.MinFunc(names, func(a, b name) int {
				return cmp.Or(own(a)-own(b), rank[a.lang]-rank[b.lang], cmp.Compare(cmp.Or(days[a.source], "x"), cmp.Or(days[b.source], "x")),
					cmp.Compare(a.source, b.source), cmp.Compare(a.text, b.text))
			})
			cell, err := v.DescribeFor(context.Background(), node, row)
			if err != nil || cell.Text != want.text {
				t.Fatalf("of %v for %v: got %q, %v, want %q", names, row, cell.Text, err, want.text)
			}
		}
	}
}

// Labels that a foreign graph gives to a kind do not change what is of it.
func TestIsAWithForeignLabels(t *testing.T) {
	t.Parallel()
	quads := quadsOf(t, scratch(t, ferry))
	person := iri("schema:Person")
	for _, text := range []string{"Aachen", "Zebra"} {
		quads = append(quads, quad.Quad{Subject: person, Predicate: schema.Label, Object: quad.LangString{Value: quad.String(text), Lang: "de"}, Label: quad.IRI("https://ex.org/g")})
	}
	v := labels(t, quads, "")
	if is, err := v.IsA(context.Background(), iri("kg:person/ann-lee"), "Person"); err != nil || !is {
		t.Errorf("got %v, %v", is, err)
	}
}
