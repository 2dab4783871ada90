package queries_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"kg/data"
	"kg/graph"
	"kg/internal/document"
	"kg/internal/testsize"
	"kg/queries"
	"kg/schema"
)

// TestRetractedSourceChangesNoRow: of two generated sources that share things, one
// is retracted; every question then has the rows, evidence included, that a store
// which never loaded it has. Restored, the rows are those before, and the graph has
// nothing new but the decisions.
func TestRetractedSourceChangesNoRow(t *testing.T) {
	t.Parallel()
	o, set := bundled(t)
	rows := 0
	count := testsize.Of(1, max(*pairs/3, 2))
	for i := range count {
		r := rand.New(rand.NewPCG(uint64(i), 47))
		stay, fall := generate(r, o, "first", true), generate(r, o, "second", true)
		store := written(t, o, stay, fall)
		alone, before := viewOf(t, o, stay), store.View(schema.DefaultBase)
		first := bareHash(t, store)
		o2 := graph.DecisionOptions{Base: schema.DefaultBase, Reason: "withdrawn", By: "Ann"}
		source := schema.Base(schema.DefaultBase).Source("second")
		if _, err := store.Retract(context.Background(), source, o2); err != nil {
			t.Fatal(err)
		}
		rows += sameRows(t, o, set, store.View(schema.DefaultBase), alone, "retracted")
		if _, err := store.Restore(context.Background(), source, o2); err != nil {
			t.Fatal(err)
		}
		sameRows(t, o, set, store.View(schema.DefaultBase), before, "restored")
		if bareHash(t, store) != first {
			t.Error("the graph without decisions is another one")
		}
		if t.Failed() {
			t.Fatalf("pair %d:\n%s\n%s", i, stay, fall)
		}
	}
	if rows < *pairs {
		t.Errorf("only %d rows were compared", rows)
	}
}

// sameRows reports the rows in which two views differ, and returns how many they
// have.
func sameRows(t *testing.T, o *schema.Ontology, set queries.Set, got, want *graph.View, what string) (n int) {
	t.Helper()
	for _, name := range set.Names() {
		for _, args := range argumentsOf(o, set[name]) {
			one, other := ask(t, set[name], got, args), ask(t, set[name], want, args)
			n += len(one)
			if !slices.Equal(slices.Sorted(maps.Keys(one)), slices.Sorted(maps.Keys(other))) {
				t.Errorf("%s: %s %v has %d rows, not %d, or others", what, name, args, len(one), len(other))
				continue
			}
			for key, row := range one {
				if twin := other[key]; !slices.Equal(row.Texts(), twin.Texts()) || !maps.Equal(claimsOf(row), claimsOf(twin)) {
					t.Errorf("%s: %s %v: row %q is not %q", what, name, args, row.Texts(), twin.Texts())
				}
			}
		}
	}
	return n
}

// written is a store to write to.
func written(t *testing.T, o *schema.Ontology, files ...string) *graph.Store {
	t.Helper()
	var docs []*document.Checked
	for _, file := range files {
		doc, err := data.Read("generated.yaml", []byte(file), o, schema.DefaultBase)
		if err != nil {
			t.Fatalf("%v\n%s", err, file)
		}
		docs = append(docs, doc)
	}
	path := filepath.Join(t.TempDir(), "kg.db")
	store, err := graph.Create(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if _, err := store.Load(context.Background(), o, docs, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
		t.Fatal(err)
	}
	return store
}

func bareHash(t *testing.T, store *graph.Store) string {
	t.Helper()
	h, err := store.Hash(context.Background(), graph.ExportOptions{WithoutDecisions: true})
	if err != nil {
		t.Fatal(err)
	}
	return h
}
