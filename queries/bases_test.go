package queries_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kg/data"
	"kg/graph"
	"kg/graph/graphtest"
	"kg/internal/document"
	"kg/internal/testsize"
	"kg/queries"
	"kg/schema"
)

// TestBases is the law that the base changes nothing but IRIs: whether it ends in / or
// #, the same claims give the same rows, in one order, on the same evidence.
func TestBases(t *testing.T) {
	t.Parallel()
	o, set := bundled(t)
	var files []string
	for i := range testsize.Of(2, 6) {
		files = append(files, generate(rand.New(rand.NewPCG(uint64(i), 77)), o, fmt.Sprintf("gen-%d", i), i%2 == 0))
	}
	const hash schema.Base = "https://data.example.org/kg#"
	want, got := rowsAt(t, o, set, schema.DefaultBase, files), rowsAt(t, o, set, hash, files)
	if len(want) < testsize.Of(20, 100) {
		t.Fatalf("only %d rows", len(want))
	}
	for i, row := range got {
		got[i] = strings.ReplaceAll(row, string(hash), string(schema.DefaultBase))
	}
	if slices.Equal(got, want) {
		return
	}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("with the base %s row %d is not\n%s but\n%s", hash, i, want[i], strings.Join(got[min(i, len(got)):min(i+1, len(got))], ""))
		}
	}
	t.Fatalf("with the base %s there are %d rows, not %d", hash, len(got), len(want))
}

// rowsAt are the rows of all saved queries over files that are loaded under a base, each
// with what people read and what is behind it.
func rowsAt(t *testing.T, o *schema.Ontology, set queries.Set, base schema.Base, files []string) (rows []string) {
	t.Helper()
	var docs []*document.Checked
	for _, file := range files {
		doc, err := data.Read("generated.yaml", []byte(file), o, base)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
	known, err := data.Background(o, base)
	if err != nil {
		t.Fatal(err)
	}
	v := graphtest.Store(t, func(s *graph.Store) error {
		_, err := s.Load(context.Background(), o, docs, graph.LoadOptions{Base: base, Background: []*document.Checked{known}})
		return err
	}).View(base)
	for _, name := range set.Names() {
		for _, args := range argumentsOf(o, set[name]) {
			params, err := set[name].Bind(context.Background(), v, args)
			if err != nil {
				continue // it cannot be asked so
			}
			res, err := set[name].Run(context.Background(), v, params)
			if err != nil {
				t.Fatalf("%s %v: %v", name, args, err)
			}
			for _, row := range spelled(res.Rows) {
				rows = append(rows, fmt.Sprint(name, args, " ", row))
			}
		}
	}
	return rows
}
