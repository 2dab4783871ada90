package delta

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
)

// someQuad has terms of all sorts, IRIs of which one begins as the other among them.
func someQuad(r *rand.Rand, only string) quad.Quad {
	iri := func(what string) quad.IRI {
		return quad.IRI(fmt.Sprint("https://e.x/", what, []string{"", "", only}[r.IntN(3)], r.IntN(12)))
	}
	n := r.IntN(12)
	objects := []quad.Value{iri("s"), quad.String(fmt.Sprint("text ", n)), quad.Int(n), quad.Float(float64(n) / 4), quad.Bool(n%2 == 0),
		quad.LangString{Value: quad.String(fmt.Sprint("Text ", n)), Lang: "en"}, quad.TypedString{Value: quad.String(fmt.Sprint("2020-0", n)), Type: "http://www.w3.org/2001/XMLSchema#gYearMonth"}}
	return quad.Quad{Subject: iri("s"), Predicate: iri("p"), Object: objects[r.IntN(len(objects))], Label: iri("g")}
}

// Two graphs differ by numbers as their exports do: of graphs that share terms, with
// changes since their snapshots and without, one of them empty now and then, of copies
// of one store, and of a graph with itself.
func TestEach(t *testing.T) {
	t.Parallel()
	differed := 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 9))
		var some [2]*store.QuadStore
		for i := range some {
			path := filepath.Join(t.TempDir(), "some.db")
			for _, end := range []string{"", ".journal"} {
				text, err := []byte(nil), os.ErrNotExist
				if i == 1 && seed%4 == 0 { // a copy
					text, err = os.ReadFile(some[0].Path() + end)
				}
				if err == nil {
					err = os.WriteFile(path+end, text, 0o600)
				}
				if err != nil && !os.IsNotExist(err) {
					t.Fatal(err)
				}
			}
			s, err := store.Open(path, db.Options{Create: true})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			some[i] = s
			if seed%5 == uint64(i) { // no snapshot
				continue
			}
			applySome(t, s, r, []string{"a", "b"}[i], r.IntN(60))
			if seed%3 > 0 {
				if err := s.Compact(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if seed%3 == 2 {
				applySome(t, s, r, "c", r.IntN(12))
			}
		}
		for _, pair := range [][2]*store.QuadStore{{some[0], some[1]}, {some[1], some[0]}, {some[0], some[0]}} {
			got, want := map[string]int{}, map[string]int{}
			err1 := Each(t.Context(), pair[0], pair[1], func(q quad.Quad, added bool) { got[fmt.Sprint(q, added)]++ })
			err2 := byLines(t.Context(), pair[0], pair[1], func(q quad.Quad, added bool) { want[fmt.Sprint(q, added)]++ })
			if err1 != nil || err2 != nil || !maps.Equal(got, want) {
				t.Errorf("seed %d: %v, %v\ngot  %v\nwant %v", seed, err1, err2, got, want)
			}
			differed += len(want)
		}
	}
	if differed == 0 {
		t.Error("no graph differs")
	}
}

// applySome adds quads, and takes some away that are there.
func applySome(t *testing.T, s *store.QuadStore, r *rand.Rand, only string, n int) {
	t.Helper()
	var deltas []cayley.Delta
	for q, err := range read.Of(s).Each(t.Context(), quad.Quad{}) {
		if err != nil {
			t.Fatal(err)
		}
		if r.IntN(8) == 0 {
			deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Delete})
		}
	}
	for range n {
		deltas = append(deltas, cayley.Delta{Quad: someQuad(r, only), Action: cayley.Add})
	}
	if err := s.ApplyDeltas(deltas, cayley.IgnoreOpts{IgnoreDup: true}); err != nil {
		t.Fatal(err)
	}
}
