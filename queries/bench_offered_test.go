package queries_test

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"testing"

	"kg/queries"
	"kg/schema"
)

// BenchmarkOffered tells which questions have an answer, as the first page of a
// server does for a graph, each from a new view: of many sources like the article.
func BenchmarkOffered(b *testing.B) {
	set, err := queries.Read()
	if err != nil {
		b.Fatal(err)
	}
	_, whole := views(b, "donga-2008-04-04.yaml")
	store := storeOfCopies(b, whole, cmp.Or(os.Getenv("KG_BENCH"), filepath.Join(b.TempDir(), "kg.db")), *sources)
	offered := func(b *testing.B, set queries.Set) {
		b.ReportAllocs()
		n, before := 0, processorTime(b)
		for b.Loop() {
			names, _, err := set.Offered(context.Background(), store.View(schema.DefaultBase), 0)
			if err != nil {
				b.Fatal(err)
			}
			n = len(names)
		}
		b.ReportMetric(float64(n), "offered")
		b.ReportMetric((processorTime(b)-before)/float64(b.N), "cpu-ms/op")
	}
	b.Run("all", func(b *testing.B) { offered(b, set) })
	for _, name := range set.Names() {
		b.Run(name, func(b *testing.B) { offered(b, queries.Set{name: set[name]}) })
	}
}
