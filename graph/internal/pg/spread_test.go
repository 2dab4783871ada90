package pg_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/pg"
	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/plan"
	"kg/internal/pgtest"
)

// opener opens a session that writes into an empty graph; the second server is that of a
// graph over two.
type opener func(t *testing.T) (writer *pg.Session, address string, second *pgtest.Server)

// eachSpread tests a graph on one server, and one over two, which takes more statements
// to begin a question.
func eachSpread(t *testing.T, test func(t *testing.T, open opener, more int)) {
	t.Run("one server", func(t *testing.T) {
		test(t, func(t *testing.T) (*pg.Session, string, *pgtest.Server) {
			s, address := open(t, pg.Options{Write: true})
			return s, address, nil
		}, 0)
	})
	t.Run("two servers", func(t *testing.T) { test(t, openSpread, 7) })
}

func openSpread(t *testing.T) (*pg.Session, string, *pgtest.Server) {
	if testing.Short() {
		t.Skip("starts servers")
	}
	address, second := pgtest.Database(t), pgtest.New(t)
	if _, err := pg.Init(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	pgtest.Spread(t, address, second.Database(t))
	return session(t, address, pg.Options{Write: true}), address, second
}

// TestSpreadAsked holds that a step of a path asks the second server once for each of its
// partitions, with all nodes in an array, whether it has few of them or many: when rows
// are listed, and when they are counted.
func TestSpreadAsked(t *testing.T) {
	writer, address, second := openSpread(t)
	if _, err := writer.Import(t.Context(), text("mesh", mesh(2000)), bulk.Options{}); err != nil {
		t.Fatal(err)
	}
	x := func(name string) quad.IRI { return quad.IRI("https://x.example/" + name) }
	from := func(qs *store.QuadStore) *path.Path { return path.StartPath(qs, x("k1")).In(x("is")) } // 500 nodes
	for _, p := range []struct {
		name   string
		arrays int // at most
		path   func(*store.QuadStore) *path.Path
	}{
		{"hop", 2, func(qs *store.QuadStore) *path.Path { return from(qs).Out(x("to")) }},
		{"two hops", 6, func(qs *store.QuadStore) *path.Path { return from(qs).Out(x("to")).Out(x("to")) }},
		{"has", 4, func(qs *store.QuadStore) *path.Path { return from(qs).Has(x("to"), x("n9")) }},
		{"recursion", 18, func(qs *store.QuadStore) *path.Path {
			return path.StartPath(qs, x("n1")).Filters(plan.FollowRecursive(path.StartMorphism().Out(x("to")), 8))
		}},
	} {
		for kind, ask := range map[string]func(context.Context, *store.QuadStore, *path.Path) (int64, error){"listed": listed, "counted": counted} {
			before := len(second.Asked(t))
			s := session(t, address, pg.Options{Ask: true})
			err := rounds(s, func() error { _, err := ask(t.Context(), s.Store(), p.path(s.Store())); return err })
			if err != nil {
				t.Fatal(err)
			}
			asked := second.Asked(t)[before:]
			arrays := 0
			for _, one := range asked {
				if strings.Contains(one, "= ANY (") {
					arrays++
				}
			}
			if slices.ContainsFunc(asked[4:], func(one string) bool { return !strings.Contains(one, " WHERE ") }) {
				t.Errorf("%s, %s: asked for whole partitions:\n%s", p.name, kind, strings.Join(asked, "\n"))
			}
			const others = 20 // to begin, and of single nodes
			if arrays == 0 || arrays > p.arrays || len(asked)-arrays > others {
				t.Errorf("%s, %s: asked %d times with an array, want 1 to %d, and %d times without, want %d at most:\n%s",
					p.name, kind, arrays, p.arrays, len(asked)-arrays, others, strings.Join(asked, "\n"))
			}
		}
	}
}
