package graph

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/internal/testsize"
	"kg/schema"
)

// By numbers the places are those that are read as values: of claims with a part of a
// place missing, with two, and with literals where numbers should be.
func TestPlacesByNumbers(t *testing.T) {
	t.Parallel()
	places := 0
	for seed := range testsize.Of[uint64](3, 20) {
		r := rand.New(rand.NewPCG(seed, 3))
		s, err := Create(filepath.Join(t.TempDir(), "some.db"), nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		source := quad.IRI("https://e.x/source/a")
		var deltas []cayley.Delta
		for i := range r.IntN(40) {
			node := func(what string) quad.IRI { return source + quad.IRI(fmt.Sprintf("/claim/c%d%s", i, what)) }
			add := func(subject, predicate quad.IRI, objects ...quad.Value) {
				for range 1 + r.IntN(8)/7 {
					label := source
					if r.IntN(20) == 0 {
						label = "https://e.x/source/b"
					}
					if r.IntN(12) > 0 {
						deltas = append(deltas, cayley.Delta{Action: cayley.Add, Quad: quad.Quad{Subject: subject, Predicate: predicate, Object: objects[r.IntN(len(objects))], Label: label}})
					}
				}
			}
			add(node(""), schema.HasTarget, node("/passage"), node("/passage"), node("/other"))
			add(node("/passage"), schema.HasSelector, node("/passage/position"))
			for _, p := range []quad.IRI{schema.Start, schema.End, schema.Page, schema.Paragraph, schema.Row, schema.Column, schema.SHA256} {
				if p != schema.Page && p != schema.Row && p != schema.Column || r.IntN(3) == 0 {
					add(node("/passage/position"), p, quad.Int(r.IntN(9)), quad.Int(r.IntN(9)), quad.String(fmt.Sprint(r.IntN(9))))
				}
			}
		}
		if err := s.Apply(deltas, cayley.IgnoreOpts{IgnoreDup: true}); err != nil {
			t.Fatal(err)
		}
		v := s.WholeView("")
		got, err1 := v.SourceLocators(t.Context(), source, true)
		want, err2 := NewView(struct{ cayley.QuadStore }{v.qs}, "").SourceLocators(t.Context(), source, true)
		if err1 != nil || err2 != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("seed %d: %v, %v\ngot  %+v\nwant %+v", seed, err1, err2, got, want)
		}
		places += len(got.List)
	}
	if places == 0 {
		t.Error("no claim has a place")
	}
}
