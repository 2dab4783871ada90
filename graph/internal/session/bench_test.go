package session

import (
	"context"
	"fmt"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query"
	stock "github.com/cayleygraph/cayley/query/gizmo"
	cpath "github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"
)

// fan is a node with n friends, each with a name.
func fan(n int) []quad.Quad {
	var quads []quad.Quad
	for i := range n {
		friend := quad.IRI(fmt.Sprint("friend", i))
		quads = append(quads, quad.Quad{Subject: quad.IRI("hub"), Predicate: quad.IRI("knows"), Object: friend},
			quad.Quad{Subject: friend, Predicate: quad.IRI("name"), Object: quad.String(fmt.Sprint("name", i))})
	}
	return quads
}

const (
	firstQuery = `g.V("<friend7>").out("<name>").all()`
	rowsQuery  = `g.V("<hub>").tag("from").out("<knows>").tag("who").out("<name>").all()`
)

// stores are ours and Cayley's own, on which its own session runs alone.
func stores(b *testing.B, quads []quad.Quad, ours, stock func(b *testing.B, qs graph.QuadStore)) {
	b.Run("memstore", func(b *testing.B) { stock(b, memstore.New(quads...)) })
	b.Run("store", func(b *testing.B) {
		qs := newStore(b, quads)
		ours(b, qs)
		stock(b, qs)
	})
}

// BenchmarkFirst is the time to the first, and only, row.
func BenchmarkFirst(b *testing.B) {
	stores(b, fan(1000), func(b *testing.B, qs graph.QuadStore) {
		b.Run("ours", func(b *testing.B) { benchOurs(b, qs, firstQuery, Options{}, 1) })
		b.Run("evidence", func(b *testing.B) { benchOurs(b, qs, firstQuery, Options{Evidence: true}, 1) })
	}, func(b *testing.B, qs graph.QuadStore) {
		b.Run("stock", func(b *testing.B) { benchStock(b, qs, firstQuery, 1) })
		b.Run("path", func(b *testing.B) {
			benchPath(b, qs, cpath.StartMorphism(quad.IRI("friend7")).Out(quad.IRI("name")), 1)
		})
	})
}

// BenchmarkRows is the time of 10,000 rows with three tags. What the session
// costs is what it takes beyond the store's own path and NameOf.
func BenchmarkRows(b *testing.B) {
	const n = 10000
	stores(b, fan(n), func(b *testing.B, qs graph.QuadStore) {
		b.Run("ours", func(b *testing.B) { benchOurs(b, qs, rowsQuery, Options{}, n) })
		b.Run("evidence", func(b *testing.B) { benchOurs(b, qs, rowsQuery, Options{Evidence: true}, n) })
	}, func(b *testing.B, qs graph.QuadStore) {
		b.Run("stock", func(b *testing.B) { benchStock(b, qs, rowsQuery, n) })
		b.Run("path", func(b *testing.B) {
			benchPath(b, qs, cpath.StartMorphism(quad.IRI("hub")).Tag("from").Out(quad.IRI("knows")).Tag("who").Out(quad.IRI("name")), n)
		})
	})
}

func benchOurs(b *testing.B, qs graph.QuadStore, text string, opts Options, rows int) {
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range Run(context.Background(), qs, text, opts).Rows() {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != rows {
			b.Fatalf("%d rows", n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}

// benchStock has the session's raw results and their names, as kg used it.
func benchStock(b *testing.B, qs graph.QuadStore, text string, rows int) {
	b.ReportAllocs()
	ctx := context.Background()
	for b.Loop() {
		it, err := stock.NewSession(qs).Execute(ctx, text, query.Options{Limit: -1, Collation: query.Raw})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for it.Next(ctx) {
			row := map[string]quad.Value{}
			for tag, ref := range it.Result().(*stock.Result).Tags {
				row[tag], _ = qs.NameOf(ref)
			}
			if len(row) > 0 {
				n++
			}
		}
		if it.Err() != nil || n != rows {
			b.Fatal(n, it.Err())
		}
		it.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}

// benchPath is what the store takes, asked from Go: the rows, their tags in one
// map, the names of all.
func benchPath(b *testing.B, qs graph.QuadStore, p *cpath.Path, rows int) {
	b.ReportAllocs()
	ctx := context.Background()
	for b.Loop() {
		built, _ := p.BuildIteratorOn(ctx, qs).Optimize(ctx)
		it := built.Iterate()
		n, tags := 0, map[string]refs.Ref{}
		for it.Next(ctx) {
			clear(tags)
			it.TagResults(tags)
			tags["id"] = it.Result()
			for _, ref := range tags {
				if _, err := qs.NameOf(ref); err != nil {
					b.Fatal(err)
				}
			}
			n++
		}
		if n != rows {
			b.Fatalf("%d rows", n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}

// BenchmarkRecursion meets 5,000 nodes in a tree.
func BenchmarkRecursion(b *testing.B) {
	const n = 5000
	var quads []quad.Quad
	for i := 1; i <= n; i++ {
		quads = append(quads, quad.Quad{Subject: quad.IRI(fmt.Sprint("n", (i-1)/4)), Predicate: quad.IRI("over"), Object: quad.IRI(fmt.Sprint("n", i))})
	}
	const text = `g.V("<n0>").followRecursive(g.M().out("<over>"))`
	stores(b, quads, func(b *testing.B, qs graph.QuadStore) {
		b.Run("plain", func(b *testing.B) { benchOurs(b, qs, text+".all()", Options{}, n) })
		b.Run("hops", func(b *testing.B) { benchOurs(b, qs, text+".hops('h').all()", Options{}, n) })
		b.Run("evidence", func(b *testing.B) { benchOurs(b, qs, text+".all()", Options{Evidence: true}, n) })
	}, func(b *testing.B, qs graph.QuadStore) {
		b.Run("stock", func(b *testing.B) { benchStock(b, qs, text+".all()", n) })
	})
}
