package plan

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

func TestIDMap(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var m idMap
	for range 3 {
		want := map[term.ID]uint32{}
		for range 20_000 {
			id, n := term.ID(1+r.IntN(9000)), r.Uint32()
			have, had := want[id]
			got, known := m.put(id, n)
			if known != had || had && got != have {
				t.Fatalf("put(%d): %d, %v; have %d, %v", id, got, known, have, had)
			}
			if !had {
				want[id] = n
			} else if n%4 == 0 {
				m.set(id, n)
				want[id] = n
			}
		}
		for id := range term.ID(9500) {
			have, had := want[id]
			if got, known := m.get(id); id != 0 && (known != had || had && got != have) {
				t.Fatalf("get(%d): %d, %v; have %d, %v", id, got, known, have, had)
			}
		}
		m.clear()
	}
}

func TestRangesAgainstSets(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	random := func() (rs []Range) {
		for at := term.ID(1); ; {
			from := at + term.ID(r.IntN(4))
			at = from + 1 + term.ID(r.IntN(5))
			if at > 40 {
				return rs
			}
			rs = append(rs, Range{from, at})
		}
	}
	in := func(rs []Range, id term.ID) bool {
		return slices.ContainsFunc(rs, func(r Range) bool { return r.From <= id && id < r.To })
	}
	for range 2000 {
		a, b := random(), random()
		both := overlap(a, b)
		var n uint64
		for id := range term.ID(50) {
			if within(a, id) != in(a, id) || in(both, id) != (in(a, id) && in(b, id)) {
				t.Fatalf("%d in %v and %v: %v", id, a, b, both)
			}
			if in(both, id) {
				n++
			}
		}
		if width(both) != n {
			t.Fatalf("%v have %d ids", both, n)
		}
	}
}

// TestLongHops intersects hops of many blocks, in which nodes come several
// times.
func TestLongHops(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for _, many := range []int{1, 2, 40, 3000} {
		var lines []string
		ways := map[int][2]int{}
		for i := range 3000 {
			var w [2]int
			for side, every := range []int{1, many} {
				if r.IntN(every) > 0 || r.IntN(3) == 0 {
					continue
				}
				w[side] = 1 + r.IntN(3)*r.IntN(2)
				for l := range w[side] {
					lines = append(lines, fmt.Sprintf("n%d p%d hub%d l%d", i, side, side, l))
				}
			}
			ways[i] = w
		}
		s := storeOf(t, lines...)
		hop := func(i int) *path.Path {
			return path.StartPath(s, quad.IRI(fmt.Sprintf("hub%d", i))).In(quad.IRI(fmt.Sprintf("p%d", i)))
		}
		got := map[string]int{}
		err := hop(0).And(hop(1)).Iterate(context.Background()).EachValue(s, func(v quad.Value) error {
			got[text(v)]++
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range ways {
			if n := got[fmt.Sprintf("n%d", i)]; n != w[0]*w[1] {
				t.Fatalf("1 to %d: n%d comes %d times of %d*%d", many, i, n, w[0], w[1])
			}
		}
	}
}

// short is a filter the package does not know.
type short struct{}

func (short) BuildIterator(qs graph.QuadStore, it iterator.Shape) iterator.Shape {
	return iterator.NewValueFilter(qs, it, func(v quad.Value) (bool, error) { return len(text(v)) < 3, nil })
}

func TestForeignFilters(t *testing.T) {
	s := storeOf(t, "a p long", "a p b", "b p long", "long p c", "c p d")
	p := quad.IRI("p")
	follow := FollowRecursive(path.StartMorphism().Out(p), -1)
	gt := shape.Comparison{Op: iterator.CompareGT, Val: quad.IRI("b")}
	got := tagged(t, s, path.StartPath(s, quad.IRI("a")).Filters(follow, short{}, gt).Has(p))
	if !slices.Equal(got, []string{"c"}) {
		t.Errorf("got %q", got)
	}
}

// TestFollowElsewhere has a store without operators follow as plans do.
func TestFollowElsewhere(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 300 {
		s := randomStore(r)
		g := &pathMaker{Rand: r, qs: s}
		f := FollowRecursive(path.StartMorphism().Out(g.one(quad.IRI("p"), quad.IRI("q"))), r.IntN(4)-1, "depth")
		var rows [2][]string
		for i, s := range []*store{s, {memory: s.memory, stock: true}} {
			err := path.StartPath(s, quad.IRI("a")).Filters(f).Iterate(context.Background()).
				TagEach(func(m map[string]refs.Ref) error {
					rows[i] = append(rows[i], s.name(s.answer(m["depth"])))
					return nil
				})
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(rows[i])
		}
		if !slices.Equal(rows[0], rows[1]) {
			t.Fatalf("plans %q, Cayley %q", rows[0], rows[1])
		}
	}
}
