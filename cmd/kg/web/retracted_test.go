package web_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/cmd/kg/web"
	"kg/data"
	"kg/graph"
	"kg/internal/document"
	"kg/schema"
)

// Pages leave out what is retracted; those that show it say so, with the reason.
func TestRetracted(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := data.Read(exampleFile, b, o, schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "kg.db")
	store, err := graph.Create(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if _, err := store.Load(t.Context(), o, []*document.Checked{doc}, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
		t.Fatal(err)
	}
	source := schema.Base(schema.DefaultBase).Source("herald-2020-05-04")
	shown := func(retracted bool) *web.Server {
		return web.New(options(t, func(denied bool) *graph.View {
			v := store.View(schema.DefaultBase)
			if denied {
				v = store.WholeView(schema.DefaultBase)
			}
			if retracted {
				v = v.WithRetracted()
			}
			return v
		}))
	}
	decide := graph.DecisionOptions{Base: schema.DefaultBase, Reason: "it was withdrawn", By: "Ann Lee"}
	if _, err := store.Retract(t.Context(), source+"/claim/sold", decide); err != nil {
		t.Fatal(err)
	}
	const line, claim = "/entity?id=kg:company/blue-line", "/claim?id=kg:source/herald-2020-05-04/claim/sold"
	if body := get(t, shown(false), line, 200); strings.Contains(body, "ferries") {
		t.Error("the page of an entity has a retracted edge")
	}
	has(t, get(t, shown(false), claim, 200), "Retracted: &#34;it was withdrawn&#34; (Ann Lee, ")
	has(t, get(t, shown(true), line, 200), "ferries", `class="claim isretracted"`, "retracted (it was withdrawn), asserts")
	if _, err := store.Retract(t.Context(), source, decide); err != nil {
		t.Fatal(err)
	}
	has(t, get(t, shown(false), line, 404), "only what is retracted speaks")
	if body := get(t, shown(false), "/search?q=Blue", 200); strings.Contains(body, "Blue Line") {
		t.Error("the search finds what is retracted")
	}
	has(t, get(t, shown(true), "/source?id=kg:source/herald-2020-05-04", 200), "Retracted: &#34;it was withdrawn&#34; (Ann Lee, ")
}
