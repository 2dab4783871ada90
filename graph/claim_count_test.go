package graph_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/testsize"
	"kg/schema"
)

// As many claims are counted as are listed, of sources of claims files and of
// claims in other words, and of those that are none.
func TestCountClaims(t *testing.T) {
	t.Parallel()
	s := scratch(t, bundled(t)...)
	source := base.Source("donga-2008-04-04")
	claim := func(id string) quad.IRI { return base.Claim("other", id) }
	other := base.Source("other")
	var quads []quad.Quad
	add := func(subject, predicate quad.IRI, object quad.Value) {
		quads = append(quads, quad.Quad{Subject: subject, Predicate: predicate, Object: object, Label: other})
	}
	for _, id := range []string{"a", "b", "c", "d"} {
		add(claim(id), schema.FromSource, other)
	}
	for _, id := range []string{"a", "b", "c"} {
		add(claim(id), schema.Type, schema.ClaimClass)
	}
	add(claim("a"), schema.AnnotatedBy, quad.IRI("https://e.x/ann"))
	add(claim("b"), "http://purl.org/dc/terms/creator", quad.IRI("https://e.x/ann"))
	add(claim("c"), schema.AnnotatedBy, quad.String("Ann"))
	var deltas []cayley.Delta
	for _, q := range quads {
		deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Add})
	}
	if err := s.Apply(deltas, cayley.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	for _, v := range []*graph.View{s.View(base), whole(s)} {
		for iri, want := range map[quad.IRI]int{source: 86, other: 2, base.Source("none"): 0} {
			list, err := v.SourceClaims(context.Background(), iri)
			counts, err2 := v.CountClaims(context.Background())
			if n := counts[iri]; err != nil || err2 != nil || n != len(list) || n != want {
				t.Errorf("%s: %d counted, %v, %d listed, %v, not %d", iri, n, err2, len(list), err, want)
			}
			sameOrder(t, v, iri, list)
		}
	}
}

// sameOrder holds the order that numbers give against the claims that are listed.
func sameOrder(t *testing.T, v *graph.View, source quad.IRI, list []*graph.Claim) {
	t.Helper()
	o, err := v.ClaimOrder(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(list, (*graph.Claim).Compare)
	var want []quad.IRI
	speakers := map[quad.IRI]bool{}
	for i, c := range list {
		want = append(want, c.IRI)
		if c.Speaker != "" {
			speakers[c.Speaker] = true
		}
		if at, err := o.Index(v, c.IRI); at != i || err != nil {
			t.Errorf("%s stands at %d, %v, not %d", c.IRI, at, err, i)
		}
	}
	got, err := o.Part(v, 0, o.Len())
	if err != nil || !slices.Equal(got, want) || o.Speakers != len(speakers) || !o.Fits(v) {
		t.Errorf("%s: %d claims in order, %v, %d speakers; listed are %d of %d\n%v\n%v", source, len(got), err, o.Speakers, len(want), len(speakers), got, want)
	}
}

// Claims are put in the order of their text by numbers as they are by reading them,
// whatever a graph says of their places, before a compaction and after.
func TestClaimOrderOracle(t *testing.T) {
	t.Parallel()
	for seed := range testsize.Of[uint64](2, 40) {
		r := rand.New(rand.NewPCG(seed, 23))
		path := filepath.Join(t.TempDir(), "x.db")
		s, err := graph.Create(path, func(err error) { t.Error(err) })
		if err != nil {
			t.Fatal(err)
		}
		for range 1 + r.IntN(3) { // the later terms have numbers that tell no order
			var deltas []cayley.Delta
			for _, q := range someClaims(r) {
				deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Add})
			}
			if err := s.Apply(deltas, cayley.IgnoreOpts{IgnoreDup: true}); err != nil {
				t.Fatal(err)
			}
			checkOrders(t, s)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func checkOrders(t *testing.T, s *graph.Store) {
	t.Helper()
	for _, v := range []*graph.View{s.View(base), s.WholeView(base), graph.NewView(plainStore{s.View(base).Cayley()}, base)} {
		counts, err := v.CountClaims(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"a", "b", "c"} {
			list, err := v.SourceClaims(t.Context(), base.Source(id))
			if err != nil || counts[base.Source(id)] != len(list) {
				t.Fatalf("%d claims of %s are counted, %d listed, %v", counts[base.Source(id)], id, len(list), err)
			}
			sameOrder(t, v, base.Source(id), list)
		}
	}
}

// plainStore is a store of which nothing is known.
type plainStore struct{ cayley.QuadStore }

// someClaims are claims of three sources, most of them as claims files have them.
func someClaims(r *rand.Rand) (quads []quad.Quad) {
	for range 30 {
		source := base.Source(string(rune('a' + r.IntN(3))))
		claim := quad.IRI(fmt.Sprintf("%s/claim/c%d", string(source), r.IntN(200)))
		add := func(odds int, subject, predicate quad.IRI, object quad.Value) {
			if r.IntN(30) >= odds {
				quads = append(quads, quad.Quad{Subject: subject, Predicate: predicate, Object: object, Label: source})
			}
		}
		iri := func(what string, n int) quad.IRI { return quad.IRI(fmt.Sprintf("https://e.x/%s%d", what, r.IntN(n))) }
		add(1, claim, schema.FromSource, source)
		add(29, claim, schema.FromSource, base.Source("b"))
		add(1, claim, schema.Type, schema.ClaimClass)
		add(1, claim, schema.AnnotatedBy, iri("by", 2))
		add(29, claim, schema.AnnotatedBy, quad.String("somebody"))
		add(3, claim, schema.Speaker, iri("speaker", 4))
		add(29, claim, schema.Speaker, iri("speaker", 4))
		add(28, claim, schema.DerivedFrom, claim+"x")
		passage := claim + "/passage"
		add(2, claim, schema.HasTarget, passage)
		add(29, claim, schema.HasTarget, iri("passage", 3))
		add(1, passage, schema.HasSelector, passage+"/at")
		add(1, passage+"/at", schema.Start, quad.Int(r.IntN(9)*1000))
		add(1, passage+"/at", schema.End, quad.Int(r.IntN(9)*1000))
		add(2, passage+"/at", []quad.IRI{schema.Paragraph, schema.Paragraph, schema.Paragraph, schema.Row}[r.IntN(4)], quad.Int(r.IntN(9)))
	}
	return quads
}
