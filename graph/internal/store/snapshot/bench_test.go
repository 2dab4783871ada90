package snapshot

import (
	"flag"
	"math"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"
)

var (
	benchQuads  = flag.Int("quads", 1_000_000, "quads of the graph to benchmark with")
	benchBudget = flag.Int64("budget", 512<<20, "bytes of memory for building it")
)

// graph makes the keys of a graph of persons, companies and payments: ids of
// power-law degrees, names, dates, amounts, each subject's quads under one
// article.
type graph struct {
	rnd        *rand.Rand
	i          int
	kind       int
	s, p, o, l []byte
	add        func(s, p, o, l []byte) error
}

func (g *graph) iri(dst []byte, kind string, i int) []byte {
	return append(strconv.AppendInt(append(append(dst[:0], "\x07http://kg.example/"...), kind...), int64(i), 10), '>')
}

func (g *graph) zipf(n int, k float64) int {
	return int(float64(n) * math.Pow(g.rnd.Float64(), k))
}

func (g *graph) name() []byte {
	g.o = append(g.o[:0], 5)
	for range 5 + g.rnd.IntN(10) {
		g.o = append(g.o, "aeioubdgklmnrst "[g.rnd.IntN(16)])
	}
	return g.o
}

func (g *graph) number(class byte, most int) []byte {
	v := uint32(g.zipf(most, 3))
	g.o = append(g.o[:0], class, byte(v>>24), byte(v>>16), byte(v>>8), byte(v), 1)
	return g.o
}

// subject adds the quads of one subject, about five.
func (g *graph) subject(of int) error {
	g.l = g.iri(g.l, "article/", g.zipf(of/100+1, 2))
	person, kind := g.kind%4 == 0, "payment/"
	if person {
		kind = "person/"
	}
	g.kind++
	g.s = g.iri(g.s, kind, g.kind)
	persons := of/20 + 1
	add := func(p string, o []byte) error {
		g.i++
		g.p = g.iri(g.p, p, 0)
		return g.add(g.s, g.p, o, g.l)
	}
	if err := add("type/", append(append(g.o[:0], "\x07http://kg.example/type/"...), kind...)); err != nil {
		return err
	}
	if person {
		for range g.rnd.IntN(5) {
			if err := add("knows/", g.iri(g.o, "person/", 4*g.zipf(persons, 3)+1)); err != nil {
				return err
			}
		}
		add("worksAt/", g.iri(g.o, "company/", g.zipf(of/40+1, 3)))
		add("born/", g.number(2, 27000))
		return add("name/", g.name())
	}
	add("from/", g.iri(g.o, "person/", 4*g.zipf(persons, 3)+1))
	add("to/", g.iri(g.o, "company/", g.zipf(of/40+1, 3)))
	add("amount/", g.number(1, 1_000_000))
	return add("date/", g.number(2, 9000))
}

// addGraph adds about n quads in all by goroutines, each of its own subjects.
func addGraph(tb testing.TB, b *Builder, n, goroutines int) {
	var wg sync.WaitGroup
	for k := range goroutines {
		wg.Go(func() {
			batch := b.NewBatch()
			g := &graph{rnd: rand.New(rand.NewPCG(uint64(k), 1)), kind: k * n, add: batch.Add}
			for g.i < n/goroutines {
				if err := g.subject(n); err != nil {
					tb.Error(err)
				}
			}
			if err := batch.Close(); err != nil {
				tb.Error(err)
			}
		})
	}
	wg.Wait()
}

// BenchmarkBuild makes a snapshot of -quads quads, on all processors. Making
// the keys is part of the time; BenchmarkKeys tells how much.
func BenchmarkBuild(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		path := filepath.Join(b.TempDir(), "kg.db")
		r := buildGraph(b, path, *benchQuads)
		b.ReportMetric(float64(r.Size())/float64(r.Quads()), "B/quad")
		r.Close()
	}
	b.ReportMetric(float64(*benchQuads)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
}

func buildGraph(tb testing.TB, path string, n int) *Reader {
	cores := runtime.GOMAXPROCS(0)
	x := NewBuilder(path+".tmp-", *benchBudget, cores)
	defer x.Close()
	addGraph(tb, x, n, cores)
	if err := x.Finish(tb.Context(), path, nil); err != nil {
		tb.Fatal(err)
	}
	r, err := Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// BenchmarkKeys only makes the keys.
func BenchmarkKeys(b *testing.B) {
	for b.Loop() {
		g := &graph{rnd: rand.New(rand.NewPCG(1, 1)), add: func(s, p, o, l []byte) error { return nil }}
		for g.i < *benchQuads {
			g.subject(*benchQuads)
		}
	}
	b.ReportMetric(float64(*benchQuads)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
}

// BenchmarkCompact makes a snapshot of another one.
func BenchmarkCompact(b *testing.B) {
	r := buildGraph(b, filepath.Join(b.TempDir(), "kg.db"), *benchQuads)
	defer r.Close()
	for b.Loop() {
		path := filepath.Join(b.TempDir(), "kg.db")
		x := NewBuilder(path+".tmp-", *benchBudget, 1)
		if err := x.AddSnapshot(b.Context(), r, nil); err != nil {
			b.Fatal(err)
		}
		if err := x.Finish(b.Context(), path, nil); err != nil {
			b.Fatal(err)
		}
		x.Close()
	}
	b.ReportMetric(float64(r.Quads())*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
}

// BenchmarkVerify checks everything.
func BenchmarkVerify(b *testing.B) {
	r := buildGraph(b, filepath.Join(b.TempDir(), "kg.db"), *benchQuads)
	defer r.Close()
	for b.Loop() {
		if err := r.Verify(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(r.Quads())*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
}
