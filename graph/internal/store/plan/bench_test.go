package plan

import (
	"context"
	"flag"
	"sync"
	"testing"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

var quadsFlag = flag.Int("quads", 100_000, "how many quads the benchmarks' graph has")

var bigGraph = sync.OnceValue(func() *store { return bigStore(*quadsFlag) })

func pred(p string) quad.IRI { return quad.IRI(example + p) }

// question is one of those the store is measured with: as a path, and asked of
// the arrays of the index without any operator.
type question struct {
	name string
	path func(s *store, stock bool) *path.Path
	raw  func(m *memory) int
}

var questions = []question{
	{"q1", func(s *store, _ bool) *path.Path {
		return path.StartPath(s, iri("person", 7)).Out(pred("knows"))
	}, func(m *memory) int { return len(m.out(m.ids[iri("person", 7)], m.ids[pred("knows")])) }},
	{"q2hub", func(s *store, _ bool) *path.Path {
		return path.StartPath(s, iri("company", 0)).In(pred("worksAt")).Out(pred("knows"))
	}, func(m *memory) int { return m.acquaintances(iri("company", 0)) }},
	{"q2leaf", func(s *store, _ bool) *path.Path {
		return path.StartPath(s, iri("company", *quadsFlag/50)).In(pred("worksAt")).Out(pred("knows"))
	}, func(m *memory) int { return m.acquaintances(iri("company", *quadsFlag/50)) }},
	{"q3", func(s *store, _ bool) *path.Path {
		return path.StartPath(s, iri("person", 49)).Out(pred("worksAt")).In(pred("to")).Out(pred("from"))
	}, func(m *memory) int {
		n := 0
		for _, a := range m.out(m.ids[iri("person", 49)], m.ids[pred("worksAt")]) {
			for _, b := range m.in(a[term.Object], m.ids[pred("to")]) {
				n += len(m.out(b[term.Subject], m.ids[pred("from")]))
			}
		}
		return n
	}},
	{"q4", func(s *store, _ bool) *path.Path {
		return path.StartPath(s, iri("company", 0)).In(pred("from")).
			And(path.StartPath(s, iri("company", 1)).In(pred("to")))
	}, func(m *memory) int {
		a, b := m.in(m.ids[iri("company", 0)], m.ids[pred("from")]), m.in(m.ids[iri("company", 1)], m.ids[pred("to")])
		n := 0
		for len(a) > 0 && len(b) > 0 {
			switch x, y := a[0][term.Subject], b[0][term.Subject]; {
			case x < y:
				a = a[1:]
			case y < x:
				b = b[1:]
			default:
				n++
				a, b = a[1:], b[1:]
			}
		}
		return n
	}},
	{"q5up", func(s *store, stock bool) *path.Path {
		return recursive(s, iri("company", *quadsFlag/40-1), path.StartMorphism().Out(pred("owner")), stock)
	}, func(m *memory) int { return m.closure(iri("company", *quadsFlag/40-1), term.Object, m.out) }},
	{"q5down", func(s *store, stock bool) *path.Path {
		return recursive(s, iri("company", 100), path.StartMorphism().In(pred("owner")), stock)
	}, func(m *memory) int { return m.closure(iri("company", 100), term.Subject, m.in) }},
	{"q6", func(s *store, _ bool) *path.Path {
		return path.StartPath(s, quad.IRI(example+"type/Payment")).In(pred("type")).
			HasFilter(pred("amount"), false, shape.Comparison{Op: iterator.CompareGTE, Val: quad.Int(20000)})
	}, func(m *memory) int {
		r := m.numbers(iterator.CompareGTE, 20000)[0]
		p := term.Pattern{Quad: term.Quad{0, m.ids[pred("amount")]}, ObjectFrom: r.From, ObjectTo: r.To}
		order, lo, hi, _ := m.span(p)
		payment := term.Quad{0, m.ids[pred("type")], m.ids[quad.IRI(example+"type/Payment")]}
		n := 0
		for _, q := range m.orders[order][lo:hi] {
			payment[term.Subject] = q[term.Subject]
			_, lo, hi, _ := m.span(term.Pattern{Quad: payment})
			n += int(hi - lo)
		}
		return n
	}},
}

func recursive(s *store, from quad.Value, via *path.Path, stock bool) *path.Path {
	if stock {
		return path.StartPath(s, from).FollowRecursive(via, -1, nil)
	}
	return path.StartPath(s, from).Filters(FollowRecursive(via, -1))
}

func (m *memory) out(s, p term.ID) []term.Quad {
	order, lo, hi, _ := m.span(term.Pattern{Quad: term.Quad{s, p}})
	return m.orders[order][lo:hi]
}

func (m *memory) in(o, p term.ID) []term.Quad {
	order, lo, hi, _ := m.span(term.Pattern{Quad: term.Quad{0, p, o}})
	return m.orders[order][lo:hi]
}

func (m *memory) acquaintances(company quad.Value) int {
	n := 0
	for _, q := range m.in(m.ids[company], m.ids[pred("worksAt")]) {
		n += len(m.out(q[term.Subject], m.ids[pred("knows")]))
	}
	return n
}

func (m *memory) closure(from quad.Value, position int, hop func(a, p term.ID) []term.Quad) int {
	seen := make([]uint64, len(m.values)/64+1)
	owner := m.ids[pred("owner")]
	reached := []term.ID{m.ids[from]}
	for i := 0; i < len(reached); i++ {
		for _, q := range hop(reached[i], owner) {
			if id := q[position]; seen[id/64]>>(id%64)&1 == 0 {
				seen[id/64] |= 1 << (id % 64)
				reached = append(reached, id)
			}
		}
	}
	return len(reached) - 1
}

// BenchmarkQuestions times each question four ways: the index's arrays without
// operators; a path counted; a path with the names of its results; and counted
// with Cayley's own iterators over the same index.
//
//	go test -bench Questions -quads 1000000
func BenchmarkQuestions(b *testing.B) {
	s := bigGraph()
	stock := &store{memory: s.memory, stock: true}
	ctx := context.Background()
	for _, q := range questions {
		want := q.raw(s.memory)
		b.Run(q.name+"/arrays", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				q.raw(s.memory)
			}
		})
		for _, way := range []struct {
			name string
			s    *store
		}{{"counted", s}, {"cayley", stock}} {
			b.Run(q.name+"/"+way.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					n, err := q.path(way.s, way.s.stock).Iterate(ctx).Count()
					if err != nil || int(n) != want {
						b.Fatalf("%d of %d, %v", n, want, err)
					}
				}
				b.ReportMetric(float64(want), "rows")
			})
		}
		b.Run(q.name+"/named", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				err := q.path(s, false).Iterate(ctx).EachValue(s, func(quad.Value) error { n++; return nil })
				if err != nil || n != want {
					b.Fatalf("%d of %d, %v", n, want, err)
				}
			}
		})
	}
}

// BenchmarkPath is what Cayley takes to make and prepare a path, before a store
// is asked anything.
func BenchmarkPath(b *testing.B) {
	s := bigGraph()
	stock := &store{memory: s.memory, stock: true}
	for _, q := range questions {
		b.Run(q.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				shape.Optimize(context.Background(), q.path(stock, false).Shape(), stock)
			}
		})
	}
}
