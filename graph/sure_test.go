package graph_test

import (
	"context"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

func TestSure(t *testing.T) {
	t.Parallel()
	said := func(s schema.Stance, hedge string) *graph.Claim {
		return &graph.Claim{Speaker: "a:speaker", Stance: s, Hedge: hedge}
	}
	derived := &graph.Claim{DerivedFrom: []quad.IRI{"a:claim"}}
	for _, c := range []struct {
		want   string
		doubts []string
		claims []*graph.Claim
	}{
		{``, nil, nil},
		{`approximate`, []string{"approximate"}, nil},
		{`asserts`, nil, []*graph.Claim{said(schema.Asserts, "")}},
		{`asserts`, nil, []*graph.Claim{said(schema.Asserts, ""), said(schema.Asserts, "")}},
		{`estimates`, nil, []*graph.Claim{said(schema.Asserts, ""), said(schema.Estimates, "")}},
		{`predicts`, nil, []*graph.Claim{said(schema.Predicts, ""), said(schema.Estimates, "")}},
		{`alleges`, nil, []*graph.Claim{said(schema.Alleges, ""), said(schema.Predicts, ""), said(schema.Asserts, "")}},
		{`denies`, nil, []*graph.Claim{said(schema.Asserts, ""), said(schema.Denies, ""), said(schema.Alleges, "")}},
		{`asserts, "seemed"`, nil, []*graph.Claim{said(schema.Asserts, "seemed")}},
		{`asserts, "seemed", "perhaps"`, nil, []*graph.Claim{said(schema.Asserts, "seemed"), said(schema.Asserts, "perhaps"), said(schema.Asserts, "seemed")}},
		{`asserts, planned`, []string{"planned"}, []*graph.Claim{said(schema.Asserts, "")}},
		{`estimates, "some", approximate, promised`, []string{"approximate", "promised"}, []*graph.Claim{said(schema.Estimates, "some")}},
		{`derived`, nil, []*graph.Claim{derived}},
		{`derived, asserts`, nil, []*graph.Claim{derived, said(schema.Asserts, "")}},
		{`derived, alleges, "some", attempted`, []string{"attempted"}, []*graph.Claim{said(schema.Alleges, "some"), derived}},
	} {
		if got := (graph.Evidence{Claims: c.claims, Doubts: c.doubts}).Sure(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// Everything that a file says of a claim can be looked up again.
func TestClaim(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry))
	ctx := context.Background()
	c, err := v.Claim(ctx, iri("kg:source/ferry/claim/price"))
	if err != nil || c == nil {
		t.Fatal(c, err)
	}
	equal(t, "via", c.Via, []quad.IRI{iri("kg:document/port-report"), iri("kg:government/ministry")})
	c.Via = nil
	want := graph.Claim{
		IRI: iri("kg:source/ferry/claim/price"), Source: iri("kg:source/ferry"),
		Says: "The price is two to three million.", Note: "For the firm or its ships.", Hedge: "some",
		Speaker: iri("kg:source/ferry/person/clerk"), Annotator: iri("kg:person/jane-doe"), Stance: schema.Alleges,
		Paragraph: 1, Start: 0, End: 5, SHA256: "1111111111111111111111111111111111111111111111111111111111111111",
	}
	if got := *c; got.IRI != want.IRI || got.Source != want.Source || got.Says != want.Says || got.Note != want.Note ||
		got.Hedge != want.Hedge || got.Speaker != want.Speaker || got.Annotator != want.Annotator || got.Stance != want.Stance ||
		got.Paragraph != want.Paragraph || got.Start != want.Start || got.End != want.End || got.SHA256 != want.SHA256 || got.DerivedFrom != nil {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	d, err := v.Claim(ctx, iri("kg:source/ferry/claim/a-ship"))
	if err != nil || d == nil || d.Speaker != "" || d.Stance != "" || d.Paragraph != 0 || d.SHA256 != "" {
		t.Fatalf("a derived claim reads %+v, %v", d, err)
	}
	equal(t, "derived from", d.DerivedFrom, []quad.IRI{iri("kg:source/ferry/claim/price")})
	for _, none := range []quad.IRI{"", iri("kg:source/ferry"), iri("kg:person/ann-lee"), iri("kg:source/ferry/claim/missing")} {
		if c, err := v.Claim(ctx, none); c != nil || err != nil {
			t.Errorf("%q is no claim, and reads %+v, %v", none, c, err)
		}
	}
	digest, err := v.TextDigest(ctx, iri("kg:source/ferry"))
	if err != nil || digest != "0000000000000000000000000000000000000000000000000000000000000000" {
		t.Errorf("the digest of the text reads %q, %v", digest, err)
	}
}

func TestDerivedFromInOrder(t *testing.T) {
	t.Parallel()
	quads := quadsOf(t, scratch(t, herald("steps", "blue-line: {kind: Company, name: Blue Line}", `
		one: {says: It runs ferries., at: §, edges: {blue-line: {trade: ferries}}}
		two: {says: It runs trains., at: §, edges: {blue-line: {trade: trains}}}
		both: {says: It is in transport., derived-from: [two, one], edges: {blue-line: {trade: transport}}}
	`)))
	for range 2 {
		slices.Reverse(quads)
		c, err := whole(open(t, storeOf(t, quads))).Claim(context.Background(), iri("kg:source/steps/claim/both"))
		if err != nil || c == nil {
			t.Fatal(c, err)
		}
		equal(t, "derived from", c.DerivedFrom, []quad.IRI{iri("kg:source/steps/claim/one"), iri("kg:source/steps/claim/two")})
	}
}
