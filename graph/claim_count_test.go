package graph_test

import (
	"context"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph"
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
			n, err2 := v.CountClaims(context.Background(), iri)
			if err != nil || err2 != nil || n != len(list) || n != want {
				t.Errorf("%s: %d counted, %v, %d listed, %v, not %d", iri, n, err2, len(list), err, want)
			}
		}
	}
}
