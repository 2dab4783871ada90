package graph_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/graph/why"
	"kg/internal/cputime"
)

func BenchmarkOpen(b *testing.B) {
	path := storePath(b)
	load(b, path, graph.LoadOptions{}, bundled(b)...)
	b.ReportAllocs()
	for b.Loop() {
		open(b, path).View(base)
	}
}

func BenchmarkLoad(b *testing.B) {
	docs, opt := docs(b, bundled(b)...), graph.LoadOptions{Base: base}
	b.Run("fresh", func(b *testing.B) {
		path := storePath(b)
		b.ReportAllocs()
		for b.Loop() {
			if err := os.RemoveAll(path); err != nil {
				b.Fatal(err)
			}
			if _, err := loadAt(context.Background(), path, ontology(), docs, opt); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("again", func(b *testing.B) {
		path := storePath(b)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := loadAt(context.Background(), path, ontology(), docs, opt); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkEvidence asks for the claims behind every asserted edge of the
// article, as a listing of that many rows does.
func BenchmarkEvidence(b *testing.B) {
	store := scratch(b, bundled(b)...)
	rows := quadsOf(b, store)
	b.ReportAllocs()
	for b.Loop() {
		v := store.View(base)
		for _, row := range rows {
			if _, err := v.EdgeEvidence(context.Background(), row); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(rows)), "ns/row")
}

// BenchmarkDescribe names both ends of every edge of the article, as a listing
// of that many rows does.
func BenchmarkDescribe(b *testing.B) {
	store := scratch(b, bundled(b)...)
	rows := quadsOf(b, store)
	h := store.View(base).Cayley()
	b.ReportAllocs()
	for b.Loop() {
		v := graph.NewView(h, base)
		for _, row := range rows {
			for _, end := range []quad.Value{row.Subject, row.Object} {
				if _, err := v.Describe(context.Background(), end); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(rows)), "ns/row")
}

// BenchmarkWhy finds how two persons of a bench graph are connected, with what stands
// behind it, from a new view each time. KG_BENCH is a store of the nested bench
// module's graph (or of any other, with two of its entities in KG_BENCH_ENDS).
func BenchmarkWhy(b *testing.B) {
	path := os.Getenv("KG_BENCH")
	if path == "" {
		b.Skip("KG_BENCH is no store")
	}
	from, to, given := strings.Cut(os.Getenv("KG_BENCH_ENDS"), " ")
	if !given {
		from, to = "http://kg.example/person/70", "http://kg.example/person/100900"
	}
	s := open(b, path)
	before, err := cputime.Used()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		w, err := why.Find(context.Background(), s.View(base), quad.IRI(from), quad.IRI(to), graph.PathOptions{})
		if err != nil || len(w.Stories) == 0 {
			b.Fatal(w, err)
		}
		b.ReportMetric(float64(w.Nodes), "nodes")
	}
	used, err := cputime.Used()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric((used-before).Seconds()*1e3/float64(b.N), "cpu-ms/op")
}

// BenchmarkClaims reads and loads a file of claims in YAML, each with an amount and a
// date.
func BenchmarkClaims(b *testing.B) {
	const claims = 5000
	var events, said strings.Builder
	for i := range claims {
		fmt.Fprintf(&events, "pay-%d: {kind: Payment, description: Payment %[1]d}\n", i)
		fmt.Fprintf(&said, "c-%d: {says: One paid %[1]d., at: §, edges: {pay-%[1]d: {payer: herald, recipient: jane-doe, amount: {value: %[1]d, unit: EUR}, date: 2019-03, status: done}}}\n", i)
	}
	file := herald("many", events.String(), said.String())
	path := storePath(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := os.RemoveAll(path); err != nil {
			b.Fatal(err)
		}
		if _, err := loadAt(context.Background(), path, ontology(), docs(b, file), graph.LoadOptions{Base: base}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*claims)/b.Elapsed().Seconds(), "claims/s")
}
