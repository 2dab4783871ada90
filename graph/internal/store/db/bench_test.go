package db_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// synced is a store whose commits wait for the disk.
func synced(b *testing.B) *storetest.Store {
	return mustOpen(b, newPath(b), db.Options{Create: true, Disk: db.OS{}})
}

// BenchmarkAdd commits one quad after the other. Beside each a bare write of
// the same size is synced; x-fsync is the median of the one over that of the
// other.
func BenchmarkAdd(b *testing.B) {
	b.ReportAllocs()
	qs := synced(b)
	mustApply(b, qs, add(numbered(-1)))
	f, err := os.Create(filepath.Join(b.TempDir(), "bare"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var ours, bare []time.Duration
	record := make([]byte, 80)
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		mustApply(b, qs, add(numbered(i)))
		middle := time.Now()
		if _, err := f.WriteAt(record, int64(i*len(record))); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
		ours, bare = append(ours, middle.Sub(start)), append(bare, time.Since(middle))
	}
	slices.Sort(ours)
	slices.Sort(bare)
	b.ReportMetric(float64(ours[len(ours)/2])/float64(bare[len(bare)/2]), "x-fsync")
	b.ReportMetric(float64(ours[len(ours)/2].Microseconds()), "us/add")
}

// BenchmarkAddTogether lets 32 goroutines commit at once.
func BenchmarkAddTogether(b *testing.B) {
	qs := synced(b)
	b.SetParallelism(16)
	var mu sync.Mutex
	n := 0
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			mu.Lock()
			n++
			q := numbered(n)
			mu.Unlock()
			if err := qs.ApplyDeltas(add(q), graph.IgnoreOpts{}); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(n)/float64(max(1, qs.DB.Journal().Last())), "adds/sync")
}

// BenchmarkBatch commits a thousand quads at once.
func BenchmarkBatch(b *testing.B) {
	b.ReportAllocs()
	qs := synced(b)
	const size = 1000
	for i := 0; b.Loop(); i++ {
		var list []graph.Delta
		for j := range size {
			q := numbered(i*size + j)
			q.Subject = quad.IRI(fmt.Sprintf("https://example.org/thing/%d", (i*size+j)/5))
			list = append(list, graph.Delta{Quad: q, Action: graph.Add})
		}
		mustApply(b, qs, list)
	}
	b.ReportMetric(float64(b.N)*size/b.Elapsed().Seconds(), "quads/s")
}

// sample is a graph like those kg keeps.
func sample(things int) string {
	var b strings.Builder
	for i := range things {
		s, g := fmt.Sprintf("<https://example.org/thing/%06d>", i*7919%things), fmt.Sprintf("<https://example.org/article/%d>", i%97)
		fmt.Fprintf(&b, "%s <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://example.org/Thing> %s .\n", s, g)
		fmt.Fprintf(&b, "%s <http://www.w3.org/2000/01/rdf-schema#label> \"thing number %d\" %s .\n", s, i, g)
		fmt.Fprintf(&b, "%s <https://example.org/next> <https://example.org/thing/%06d> %s .\n", s, i*31%things, g)
		fmt.Fprintf(&b, "%s <https://example.org/rank> \"%d\"^^<%sinteger> %s .\n", s, i%1000, storetest.XSD, g)
	}
	return b.String()
}

func BenchmarkImport(b *testing.B) {
	lines := sample(50_000)
	b.SetBytes(int64(len(lines)))
	b.ReportAllocs()
	for b.Loop() {
		mustImport(b, synced(b), bulk.Options{}, text("x.nq", lines))
	}
	b.ReportMetric(float64(b.N)*200_000/b.Elapsed().Seconds(), "quads/s")
}

func BenchmarkExport(b *testing.B) {
	qs := synced(b)
	mustImport(b, qs, bulk.Options{}, text("x.nq", sample(50_000)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := qs.Export(context.Background(), io.Discard, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*200_000/b.Elapsed().Seconds(), "quads/s")
}

// BenchmarkOpen opens a store whose journal is as long as it gets before it is
// compacted.
func BenchmarkOpen(b *testing.B) {
	path := newPath(b)
	qs := mustOpen(b, path, db.Options{Create: true})
	for i := 0; qs.DB.Journal().Size() < db.Usual.Floor-2000; i++ {
		mustApply(b, qs, add(ofAll(i%7, 20*i, 20*i+20)...))
	}
	b.ReportMetric(float64(len(contents(b, qs))), "quads-in-journal")
	b.ReportAllocs()
	for b.Loop() {
		qs, err := storetest.Open(path, db.Options{ReadOnly: true})
		if err != nil {
			b.Fatal(err)
		}
		if err := qs.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkValueOf(b *testing.B) {
	qs := synced(b)
	mustImport(b, qs, bulk.Options{}, text("x.nq", sample(50_000)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		ref, err := qs.ValueOf(quad.IRI(fmt.Sprintf("https://example.org/thing/%06d", i%50_000)))
		if err != nil || ref == nil {
			b.Fatal(ref, err)
		}
	}
}

func BenchmarkNameOf(b *testing.B) {
	qs := synced(b)
	mustImport(b, qs, bulk.Options{}, text("x.nq", sample(50_000)))
	var list []graph.Ref
	it := qs.NodesAllIterator().Iterate()
	for it.Next(context.Background()) {
		list = append(list, it.Result())
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if v, err := qs.NameOf(list[i*7919%len(list)]); err != nil || v == nil {
			b.Fatal(v, err)
		}
	}
}
