package graph_test

import (
	"context"
	"os"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
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
