package session

import (
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/pg"
	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
	"kg/internal/pgtest"
	"kg/internal/testsize"
)

// TestOracle compares rows and evidence with the oracle's, each row as often.
func TestOracle(t *testing.T) {
	n := testsize.Of(60, 2000)
	var qs *store.QuadStore
	for i := range n {
		data := randomGraph(rand.New(rand.NewPCG(uint64(i/50), 3)))
		quads := parse(data)
		if i%50 == 0 {
			qs = fed(t, quads)
		}
		g := &generator{r: rand.New(rand.NewPCG(uint64(i), 9))}
		checkOracle(t, qs, &oracle{qs: memstore.New(quads...), quads: quads}, g.path(2+g.r.IntN(4)), data)
	}
}

// scratch is a store in memory, which is freed when unreachable.
func scratch(quads ...quad.Quad) *store.QuadStore {
	qs := store.Scratch()
	if err := add(qs, quads); err != nil {
		panic(err)
	}
	return qs
}

// fed is a store of a suite that runs on a server, too: there it reads what it is asked
// for.
func fed(t testing.TB, quads []quad.Quad) *store.QuadStore {
	t.Helper()
	if !pgtest.OnServer() {
		return scratch(quads...)
	}
	address := pgtest.Database(t)
	if _, err := pg.Init(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	open := func(o pg.Options) *pg.Session {
		s, err := pg.Open(context.Background(), address, o)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	w := open(pg.Options{Write: true})
	if err := errors.Join(add(w.Store(), quads), w.Close()); err != nil {
		t.Fatal(err)
	}
	s := open(pg.Options{})
	t.Cleanup(func() { s.Close() })
	return s.Store()
}

func newStore(t testing.TB, quads []quad.Quad) *store.QuadStore {
	t.Helper()
	qs, err := store.Open(filepath.Join(t.TempDir(), "kg.db"), db.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { qs.Close() })
	if err := add(qs, quads); err != nil {
		t.Fatal(err)
	}
	return qs
}

func add(qs *store.QuadStore, quads []quad.Quad) error {
	var deltas []graph.Delta
	for _, q := range quads {
		deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Add})
	}
	return qs.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true})
}

func checkOracle(t *testing.T, qs graph.QuadStore, o *oracle, text, data string) {
	t.Helper()
	// The oracle does not define which way is the first.
	first := strings.Contains(text, "followRecursive") || strings.Contains(text, "unique") ||
		strings.Contains(text, "Predicates()") || strings.Contains(text, "labels()")
	recursive := strings.Contains(text, "followRecursive")
	expected := o.path(pathOf(t, text))
	got := rowsOf(t, qs, text+".all()", Options{Evidence: true})
	tell := func(what string, a, b []string) {
		t.Errorf("%s: %s\non\n%s\nexpected:\n%s\ngot:\n%s", text, what, data, strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
	if a, b := renderAll(expected, false, false), renderAll(got, false, false); !slices.Equal(a, b) {
		tell("nodes", a, b)
	}
	a, b := renderAll(expected, !first, !first), renderAll(got, !first, !first)
	if !slices.Equal(a, b) {
		tell("rows", a, b)
	}
	for _, w := range got {
		if !recursive && !within(w, expected) {
			tell("quads of no way there", a, []string{w.render(true, true)})
			break
		}
	}
	plain := rowsOf(t, qs, text+".all()", Options{})
	if a, b := renderAll(plain, false, false), renderAll(got, false, false); !slices.Equal(a, b) {
		tell("nodes without evidence, and with it", a, b)
	}
}

// within tells whether a row's quads are all of ways to its node.
func within(w way, expected []way) bool {
	for _, q := range w.quads {
		if !slices.ContainsFunc(expected, func(x way) bool { return x.node == w.node && slices.Contains(x.quads, q) }) {
			return false
		}
	}
	return true
}

func renderAll(list []way, tags, quads bool) []string {
	var out []string
	for _, w := range list {
		out = append(out, w.render(tags, quads))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// readWays are the ways of a row that can be read.
func readWays(row Row) [][]quad.Quad {
	ways, err := row.Ways()
	if err != nil {
		panic(err)
	}
	return ways
}

// rowsOf runs a query and returns its rows as ways.
func rowsOf(t *testing.T, qs graph.QuadStore, text string, opts Options) []way {
	t.Helper()
	var list []way
	for row, err := range Run(context.Background(), qs, text, opts).Rows() {
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		w := way{node: row.Get("id"), quads: slices.Concat(readWays(row)...)}.with(nil, nil)
		for name, v := range row.All() {
			if name != "id" {
				w.tags[name] = v
			}
		}
		list = append(list, w)
	}
	return list
}
