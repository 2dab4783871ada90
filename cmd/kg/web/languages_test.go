package web_test

import (
	"net/http"
	"strings"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web"
	"kg/graph"
	"kg/schema"
)

func TestParseLanguages(t *testing.T) {
	if list, err := web.ParseLanguages("de-AT, fr;q=0.5"); err != nil || len(list) != 2 {
		t.Errorf("de-AT and fr are %v, %v", list, err)
	}
	if _, err := web.ParseLanguages("de_AT!"); err == nil {
		t.Error("what is no language is taken for one")
	}
}

// inLanguages serves a company and a ferry with names in several languages, and
// labels of a foreign graph for a kind.
func inLanguages(t *testing.T) *web.Server {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	store := graph.Scratch()
	if _, err := store.Load(t.Context(), o, nil, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	const graphName = quad.IRI("https://kg.example/graph")
	iri := func(short string) quad.IRI {
		iri, err := schema.Base(schema.DefaultBase).Expand(short)
		if err != nil {
			t.Fatal(err)
		}
		return iri
	}
	var deltas []cayley.Delta
	add := func(s string, p quad.IRI, o quad.Value) {
		deltas = append(deltas, cayley.Delta{Quad: quad.Quad{Subject: iri(s), Predicate: p, Object: o, Label: graphName}, Action: cayley.Add})
	}
	for _, label := range []struct {
		of, lang string
		text     quad.String
	}{
		{"kg:company/line", "en", "The Blue Line"}, {"kg:company/line", "de", "Die Blaue Linie"}, {"kg:company/line", "fr", "La Ligne bleue"},
		{"kg:company/gull", "en", "Gull"}, {"kg:company/gull", "de", "Zauberm\u00f6we"},
		{"kg:country/germany", "en", "Germany"}, {"kg:country/germany", "de", "Deutschland"},
		{"kgo:Company", "de", "Aktiengesellschaft"},
	} {
		add(label.of, schema.Label, quad.LangString{Value: label.text, Lang: label.lang})
	}
	add("kg:company/line", schema.Type, iri("kgo:Company"))
	add("kg:company/gull", schema.Type, iri("kgo:Company"))
	add("kg:country/germany", schema.Type, iri("schema:Country"))
	if err := store.Apply(deltas, cayley.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	return web.New(options(t, func(bool) *graph.View {
		return graph.NewView(store.WholeView(schema.DefaultBase).Cayley(), schema.DefaultBase)
	}))
}

// Pages are in the languages of Accept-Language, one reader's after another's.
func TestAcceptLanguage(t *testing.T) {
	t.Parallel()
	s := inLanguages(t)
	for _, c := range []struct{ reads, heading, gull, country string }{
		{"", "The Blue Line", "Gull", "Germany"},
		{"de-AT,en;q=0.5", "Die Blaue Linie", "Zaubermöwe", "Deutschland"},
		{"fr", "La Ligne bleue", "Gull", "Germany"},
		{"en;q=0.1, fr;q=0.9", "La Ligne bleue", "Gull", "Germany"},
		{"pl, *;q=0.5", "The Blue Line", "Gull", "Germany"},
		{"!!", "The Blue Line", "Gull", "Germany"},
		{strings.Repeat("de-x,", 500), "The Blue Line", "Gull", "Germany"},
	} {
		page := func(path string) string {
			res := ask(s, "GET", path, func(r *http.Request) { r.Header.Set("Accept-Language", c.reads) })
			if !strings.Contains(res.Header.Get("Vary"), "Accept-Language") {
				t.Errorf("%s varies by %q", path, res.Header.Get("Vary"))
			}
			return text(t, res)
		}
		has(t, page("/entity?id=kg:company/line"), "<h1>"+c.heading+"</h1>")
		has(t, page("/entity?id=kgo:Company"), ">"+c.heading+"</a>", ">"+c.gull+"</a>", "2 entities of this kind")
		has(t, page("/query/companies"), ">"+c.country+"</option>") // the pick-list of a form
		has(t, page("/suggest?q=line"), `"kg:company/line"`)
		found := page("/search?q=ligne+bleue")
		has(t, found, "La Ligne bleue")
		if shown := strings.Contains(found, `class="called">`+c.heading+"<"); shown != (c.heading != "La Ligne bleue") {
			t.Errorf("who reads %q finds %s", c.reads, found)
		}
	}
	// What is typed need not be written as the name is.
	has(t, get(t, s, "/search?q=ZAUBERMO%CC%88WE", 200), "Zaubermöwe")
}
