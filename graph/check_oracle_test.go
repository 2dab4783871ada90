package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/testsize"
	"kg/schema"
)

// broken is a graph of which some quads are gone, and others have a term of another
// quad, or no label, or are of another graph.
func broken(r *rand.Rand, good []quad.Quad) []quad.Quad {
	quads := slices.Clone(good)
	some := func() quad.Quad { return good[r.IntN(len(good))] }
	for range 1 + r.IntN(12) {
		i := r.IntN(len(quads))
		q := quads[i]
		switch r.IntN(9) {
		case 0:
			quads = slices.Delete(quads, i, i+1)
			continue
		case 1:
			q.Subject = some().Subject
		case 2:
			q.Predicate = some().Predicate
		case 3:
			q.Object = some().Object
		case 4:
			q.Label = some().Label
		case 5:
			q.Label = []quad.Value{nil, quad.IRI("https://e.x/g"), iri("kg:source/none"), iri("kg:source/lent/claim/none"), schema.OntologyIRI}[r.IntN(5)]
		case 6:
			q.Object = []quad.Value{quad.BNode("b"), quad.Int(3), quad.String("x"), quad.LangString{Value: "x", Lang: "en"}, quad.TypedString{Value: "2008-13", Type: iri("edtf:EDTF")}, quad.IRI("https://e.x/%C3%A9"), quad.IRI("urn:x:é")}[r.IntN(7)]
		case 7:
			q.Predicate = []quad.IRI{schema.SameAs, schema.Label, schema.Type, schema.DerivedFrom, schema.StanceTerm, schema.ReadingOf, schema.SubClassOf}[r.IntN(7)]
		case 8:
			q = quad.Quad{Subject: some().Subject, Predicate: schema.Type, Object: some().Object, Label: some().Label}
		}
		if q.Predicate == schema.Type && q.Label == quad.Value(schema.OntologyIRI) && r.IntN(2) == 0 {
			continue
		}
		quads = append(quads, q)
		if r.IntN(2) == 0 {
			quads = slices.Delete(quads, i, i+1)
		}
	}
	return quads
}

// By numbers the same is found as by reading every quad: in graphs that are whole but
// for a few quads, in a snapshot and with changes since, with what is retracted and
// without.
func TestCheckAgainstPlain(t *testing.T) {
	t.Parallel()
	ours := scratch(t, lent, told, ferry)
	small, large := quadsOf(t, ours), quadsOf(t, scratch(t, bundled(t)...))
	found := map[string]int{}
	for seed := range testsize.Of[uint64](2, 60) {
		r := rand.New(rand.NewPCG(seed, 6))
		good := small
		if seed%10 == 0 {
			good = large
		}
		s := open(t, storeOf(t, broken(r, good)))
		for _, v := range []*graph.View{whole(s), s.View(base), whole(s).WithRetracted()} {
			plain := graph.NewView(plainStore{v.Cayley()}, base)
			got, err1 := v.Check(t.Context(), nil)
			want, err2 := plain.Check(t.Context(), nil)
			if err1 != nil || err2 != nil || fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("seed %d: %v, %v\ngot  %v\nwant %v", seed, err1, err2, got, want)
			}
			for _, f := range got.Findings {
				found[f.Rule]++
			}
		}
	}
	if len(found) < 9 && !testing.Short() {
		t.Errorf("the rules that are broken are %v", found)
	}
}
