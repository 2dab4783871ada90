package graph_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// BenchmarkLocators reads the places of 100,000 claims of one source.
func BenchmarkLocators(b *testing.B) {
	const n = 100_000
	var claims strings.Builder
	for i := range n {
		fmt.Fprintf(&claims, "c%d: {says: Blue Line has a trade., at: §, edges: {blue-line: {trade: boats}}}\n", i)
	}
	path := storePath(b)
	load(b, path, graph.LoadOptions{}, herald("ferry", "blue-line: {kind: Company, name: Blue Line}", claims.String()))
	s := open(b, path)
	b.ReportAllocs()
	for b.Loop() {
		list, err := s.WholeView(base).Locators(context.Background(), func(quad.IRI) bool { return true })
		if err != nil || len(list) != 1 || len(list[0].List) != n {
			b.Fatal(len(list), err)
		}
	}
}

// The places read in one go are those that the claims have.
func TestLocatorsAreThoseOfClaims(t *testing.T) {
	t.Parallel()
	v := scratch(t, append(bundled(t), ferry)...).WholeView(base)
	article, sources := iri("kg:source/donga-2008-04-04"), map[quad.IRI]int{}
	list, err := v.Locators(t.Context(), func(source quad.IRI) bool { return source != iri("kg:source/ferry") })
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range list {
		sources[l.Source] = len(l.List)
		if i > 0 && l.Source <= list[i-1].Source {
			t.Errorf("%s is out of order", l.Source)
		}
		for j, p := range l.List {
			c, err := v.Claim(t.Context(), p.Claim)
			if err != nil {
				t.Fatal(err)
			}
			if c.Source != l.Source || c.Paragraph != p.Paragraph || c.Start != p.Start || c.End != p.End || c.SHA256 != p.SHA256 {
				t.Errorf("%+v is not the place of %+v", p, c)
			}
			if j > 0 && p.Start < l.List[j-1].Start {
				t.Errorf("%+v is out of order", p)
			}
		}
	}
	claims, err := v.SourceClaims(t.Context(), article)
	if err != nil {
		t.Fatal(err)
	}
	placed := 0
	for _, c := range claims {
		if c.Paragraph > 0 {
			placed++
		}
	}
	ferry, asked := sources[iri("kg:source/ferry")]
	if sources[article] != placed || placed < 50 || !asked || ferry != 0 {
		t.Errorf("of %d placed claims: %v", placed, sources)
	}
	digest, err := v.TextDigest(t.Context(), article)
	if l, lerr := v.SourceLocators(t.Context(), article, false); err != nil || lerr != nil || l.SHA256 != digest || l.Characters == 0 || l.Body == 0 || l.Heading == "" || l.List != nil {
		t.Errorf("got %+v, %v, %v", l, err, lerr)
	}
}
