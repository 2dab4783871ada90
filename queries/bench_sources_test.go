package queries_test

import (
	"bytes"
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/cputime"
	"kg/internal/rdf/nquads"
	"kg/queries"
	"kg/schema"
)

var sources = flag.Int("sources", 1000, "how many sources like the article BenchmarkSources asks")

// BenchmarkSources asks each saved query, with and without its first example's
// values, over many sources like the article, from a new view each time. KG_BENCH
// names a store to make them in, and to use again if it is there.
func BenchmarkSources(b *testing.B) {
	set, err := queries.Read()
	if err != nil {
		b.Fatal(err)
	}
	article, whole := views(b, "donga-2008-04-04.yaml")
	store := storeOfCopies(b, whole, cmp.Or(os.Getenv("KG_BENCH"), filepath.Join(b.TempDir(), "kg.db")), *sources)
	for _, name := range set.Names() {
		q := set[name]
		for _, call := range []struct {
			name string
			args []string
		}{{"all", nil}, {"example", q.Examples[0].Args}} {
			if call.name == "example" && len(call.args) == 0 {
				continue
			}
			params, err := q.Bind(context.Background(), article, call.args)
			if err != nil {
				b.Fatal(err)
			}
			for _, p := range q.Params {
				if _, ok := params[p.Name]; !ok {
					params[p.Name] = nil
				}
			}
			b.Run(fmt.Sprintf("%s/%s/plain", name, call.name), func(b *testing.B) { benchRows(b, store.View(schema.DefaultBase), q.Text, params, false) })
			b.Run(fmt.Sprintf("%s/%s/evidence", name, call.name), func(b *testing.B) { benchRows(b, store.View(schema.DefaultBase), q.Text, params, true) })
			b.Run(fmt.Sprintf("%s/%s/first", name, call.name), func(b *testing.B) {
				b.ReportAllocs()
				rows, before := 0, processorTime(b)
				for b.Loop() {
					res, err := q.RunPage(context.Background(), store.View(schema.DefaultBase), params, 0, 100, 0)
					if err != nil {
						b.Fatal(err)
					}
					rows = res.All
				}
				b.ReportMetric(float64(rows), "rows")
				b.ReportMetric((processorTime(b)-before)/float64(b.N), "cpu-ms/op")
			})
		}
	}
}

// processorTime is that of the process in milliseconds: on a busy machine the one
// time that can be compared.
func processorTime(b *testing.B) float64 {
	b.Helper()
	used, err := cputime.Used()
	if err != nil {
		b.Fatal(err)
	}
	return used.Seconds() * 1e3
}

// storeOfCopies is a store in a file of what a view has, once for each of n sources:
// the one that is there, or else made.
func storeOfCopies(b *testing.B, v *graph.View, path string, n int) *graph.Store {
	b.Helper()
	if _, err := os.Stat(path); err == nil {
		store, err := graph.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { store.Close() })
		return store
	}
	var text bytes.Buffer
	w := nquads.NewWriter(&text)
	for q, err := range v.Each(context.Background(), quad.Quad{}) {
		if err != nil {
			b.Fatal(err)
		}
		for i := range n {
			if i > 0 && strings.Contains(quad.StringOf(q.Label), "/source/background") {
				break // there is one background, whatever is loaded
			}
			if err := w.Write(renamed(q, i)); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	store, err := graph.Create(path, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	open := func() (io.ReadCloser, error) { return io.NopCloser(&text), nil }
	if _, err := store.LoadQuads(context.Background(), []graph.QuadsFile{{Name: "copies.nq", Open: open}}, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
		b.Fatal(err)
	}
	return store
}
