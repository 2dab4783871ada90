package pg_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/pg"
	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/plan"
)

// mesh is a graph in which n nodes lead to three others each.
func mesh(n int) string {
	var b strings.Builder
	for i := range n {
		for j := range 3 {
			fmt.Fprintf(&b, "<https://x.example/n%d> <https://x.example/to> <https://x.example/n%d> <https://x.example/l%d> .\n", i, (i*3+j)%n, j)
		}
		fmt.Fprintf(&b, "<https://x.example/n%d> <https://x.example/next> <https://x.example/n%d> <https://x.example/l0> .\n", i, i+1)
		fmt.Fprintf(&b, "<https://x.example/n%d> <https://x.example/is> <https://x.example/k%d> <https://x.example/l0> .\n", i, i%4)
	}
	return b.String()
}

// TestWalk holds that a path gives the same rows, in the same order, as over an embedded
// store, in as many statements however long a recursion is and however few quads of a
// step are read ahead: and so it does of a graph over two servers.
func TestWalk(t *testing.T) { eachSpread(t, testWalk) }

func testWalk(t *testing.T, open opener, more int) {
	x := func(name string) quad.IRI { return quad.IRI("https://x.example/" + name) }
	twin := store.Scratch()
	defer twin.Close()
	writer, address, _ := open(t)
	if _, err := twin.Import(t.Context(), text("mesh", mesh(160)), bulk.Options{}); err != nil {
		t.Fatal(err)
	}
	if _, err := writer.Import(t.Context(), text("mesh", mesh(160)), bulk.Options{}); err != nil {
		t.Fatal(err)
	}
	paths := []struct {
		name string
		most int // statements, if all is read ahead
		path func(*store.QuadStore) *path.Path
	}{
		{"chain", 8, func(qs *store.QuadStore) *path.Path {
			return path.StartPath(qs, x("n1")).Out(x("to")).Out(x("to")).In(x("to"))
		}},
		{"intersection", 9, func(qs *store.QuadStore) *path.Path {
			return path.StartPath(qs, x("n1")).Out(x("to")).Out(x("to")).And(path.StartPath(qs, x("k2")).In(x("is")))
		}},
		{"recursion", 48, func(qs *store.QuadStore) *path.Path {
			return path.StartPath(qs, x("n1")).Filters(plan.FollowRecursive(path.StartMorphism().Out(x("next")), -1))
		}},
		{"recursion and more", 10, func(qs *store.QuadStore) *path.Path {
			return path.StartPath(qs, x("n1")).Filters(plan.FollowRecursive(path.StartMorphism().Out(x("to")), 3)).Out(x("is"))
		}},
		{"two recursions", 11, func(qs *store.QuadStore) *path.Path {
			first := path.StartPath(qs, x("n1")).Filters(plan.FollowRecursive(path.StartMorphism().Out(x("next")), 3)).Out(x("is")).In(x("is"))
			return first.Filters(plan.FollowRecursive(path.StartMorphism().Out(x("to")), 2))
		}},
	}
	for _, most := range []int{0, 7, 50_000} {
		func() {
			defer pg.SetMostInStep(pg.SetMostInStep(most))
			for _, p := range paths {
				rows := func(qs *store.QuadStore) (list []string, err error) {
					err = p.path(qs).Iterate(t.Context()).EachValue(qs, func(v quad.Value) error {
						list = append(list, fmt.Sprint(v))
						return nil
					})
					return list, err
				}
				want, err := rows(twin)
				if err != nil || len(want) == 0 {
					t.Fatal(want, err)
				}
				s := session(t, address, pg.Options{Ask: true})
				got := answer(t, s, rows)
				if strings.Join(got, " ") != strings.Join(want, " ") {
					t.Errorf("%s, %d quads of a step: got %v, want %v", p.name, most, got, want)
				}
				if most > len(want)*10 && s.Statements > p.most+more {
					t.Errorf("%s: %d statements, want %d at most", p.name, s.Statements, p.most+more)
				}
				t.Logf("%s, %d quads of a step: %d rows, %d statements, %d rounds", p.name, most, len(got), s.Statements, s.Rounds)
			}
		}()
	}
}
