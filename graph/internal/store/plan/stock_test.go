package plan

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"

	"kg/internal/testsize"
)

// notTheirs are steps Cayley's own iterators answer otherwise: comparisons go
// by Go type, not by value; labels of quads without one are results, and an
// order of these a panic; a recursion is of its own way (see doc.go).
var notTheirs = []string{"filter", "has filter", "labels", "order", "recursion"}

// TestCayleysIterators runs random paths without operators, by Cayley's own
// iterators over Nodes, Quads and QuadsOf. They find the same nodes; how often
// they find them differs in some of thirty paths, since their NextPath adds
// ways up where it should multiply.
func TestCayleysIterators(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var same, dividesByZero, nothing int
	most := testsize.Of(400, 4000)
	for same < most {
		s := randomStore(r)
		for range 20 {
			g := &pathMaker{Rand: r, qs: s, plain: r.IntN(4) == 0}
			p := g.sub(2)
			if slices.ContainsFunc(g.names, func(n string) bool { return slices.Contains(notTheirs, n) }) {
				continue
			}
			switch want, got, panicked := cayleysWay(t, s, p); {
			case strings.Contains(panicked, "divide by zero"): // and_optimize.go:135
				dividesByZero++
			case strings.Contains(panicked, "nil pointer"): // Except of nothing
				nothing++
			case panicked != "":
				t.Fatalf("%v: panic: %s", g.names, panicked)
			case slices.Equal(want, got):
				same++
			default:
				t.Fatalf("%v\n%#v\nwant %q\ngot  %q", g.names, p.Shape(), want, got)
			}
		}
	}
	t.Logf("%d paths the same; %d divided by zero, %d panicked on an Except of nothing", same, dividesByZero, nothing)
	if dividesByZero+nothing > same/20 {
		t.Errorf("Cayley panicked more often than it used to")
	}
}

func cayleysWay(t *testing.T, s *store, p *path.Path) (want, got []string, panicked string) {
	defer func() {
		switch e := recover().(type) {
		case tooMany:
			want, got = nil, nil
		case error:
			panicked = e.Error()
		case nil:
		default:
			panic(e)
		}
	}()
	o := &oracle{store: s}
	want = slices.Compact(o.show(o.rows(p.Shape()), false))
	ctx := context.Background()
	it := shape.BuildIterator(ctx, &store{memory: s.memory, stock: true}, p.Shape())
	var rows []answer
	err := iterator.Iterate(ctx, it).Each(func(r refs.Ref) error {
		if n, ok := r.(TermRef); ok && n.ID != 0 {
			rows = append(rows, answer{id: n.ID})
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return want, slices.Compact(o.show(rows, false)), ""
}
