package queries_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"kg/data"
	"kg/graph"
	"kg/graph/graphtest"
	"kg/internal/document"
	"kg/queries"
	"kg/schema"
)

// places is background on the places that generated sources share.
const places = `source: {id: places, title: Where places lie, publisher: author, annotator: author, date: 2021-01-01, language: en}
entities:
  author: {kind: Person, name: The author}
  known: {kind: Group, description: background}
  north: {kind: Country, name: The north}
  south: {kind: Country, name: The south}
  town: {kind: City, name: The town}
  port: {kind: City, name: The port}
claims:
  town: {says: It lies there., speaker: known, see: https://atlas.example/town, edges: {town: {within: north}}}
  port: {says: It lies there., speaker: known, see: https://atlas.example/port, edges: {port: {within: south}}}
`

// TestBackgroundChangesNoRow: a row that a source alone gives comes back from it
// and background with the same cells and the same evidence, or with an empty cell
// filled by background; and a row that does not say background is one of these.
func TestBackgroundChangesNoRow(t *testing.T) {
	if testing.Short() {
		t.Skip("many sources")
	}
	t.Parallel()
	o, set := bundled(t)
	known, err := data.Read("places.yaml", []byte(places), o, schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	seen := lawCounts{}
	for i := range *pairs / 2 {
		file := generate(rand.New(rand.NewPCG(uint64(i), 43)), o, "first", true)
		alone := viewOf(t, o, file)
		with := viewWith(t, o, graph.LoadOptions{Base: schema.DefaultBase, Background: []*document.Checked{known}}, file)
		for _, name := range set.Names() {
			for _, args := range argumentsOf(o, set[name]) {
				before, after := ask(t, set[name], alone, args), ask(t, set[name], with, args)
				for key, row := range before {
					if !keptWithBackground(row, key, after, seen) {
						t.Errorf("%s %v: row %q is another one with background: %q", name, args, row.Texts(), after[key].Texts())
					}
				}
				for key, row := range after {
					switch _, was := before[key]; {
					case needs(row):
						seen["needed"]++
					case !was:
						t.Errorf("%s %v: row %q does not say background, and is not there without", name, args, row.Texts())
					}
				}
			}
		}
		if t.Failed() {
			t.Fatalf("source %d:\n%s", i, file)
		}
	}
	for _, what := range []string{"same", "filled", "needed"} {
		if seen[what] < *pairs/20 {
			t.Errorf("only %d rows were %s: %v", seen[what], what, seen)
		}
	}
}

func keptWithBackground(row queries.Row, key string, after map[string]queries.Row, seen lawCounts) bool {
	if got, ok := after[key]; ok {
		seen["same"]++
		if row.Evidence.Unasserted && needs(got) {
			return true // what only a denial leads to, background leads to as well
		}
		return slices.Equal(got.Texts(), row.Texts()) && maps.Equal(claimsOf(got), claimsOf(row))
	}
	for _, got := range after {
		if fills(got, row) && needs(got) {
			seen["filled"]++
			return true
		}
	}
	return false
}

// needs reports whether a row says that background speaks for it.
func needs(row queries.Row) bool {
	for _, s := range row.Evidence.Speakers {
		if s.Name == "background" {
			return true
		}
	}
	return false
}

func viewWith(t *testing.T, o *schema.Ontology, opt graph.LoadOptions, files ...string) *graph.View {
	t.Helper()
	var docs []*document.Checked
	for _, file := range files {
		doc, err := data.Read("generated.yaml", []byte(file), o, schema.DefaultBase)
		if err != nil {
			t.Fatalf("%v\n%s", err, file)
		}
		docs = append(docs, doc)
	}
	store := graphtest.Store(t, func(s *graph.Store) error {
		_, err := s.Load(context.Background(), o, docs, opt)
		return err
	})
	return store.View(schema.DefaultBase)
}
