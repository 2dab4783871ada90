package graph_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

func TestSure(t *testing.T) {
	t.Parallel()
	ann, bank := graph.Speaker{IRI: "a:ann", Name: "Ann"}, graph.Speaker{IRI: "a:bank", Name: "Bank"}
	author := graph.Speaker{IRI: "a:author", Name: "Author", Derived: true, From: []graph.Speaker{ann, bank}}
	says := func(s graph.Speaker, stance schema.Stance, status string, cells ...string) graph.Sureness {
		one := graph.Sureness{Speaker: s, Stance: stance, Cells: cells, Derived: s.Derived}
		if status != "" {
			one.Status = []string{status}
		}
		return one
	}
	with := func(s graph.Sureness, hedge, doubt string) graph.Sureness {
		if hedge != "" {
			s.Hedges = []string{hedge}
		}
		if doubt != "" {
			s.Doubts = []string{doubt}
		}
		return s
	}
	for _, c := range []struct {
		want string
		list []graph.Sureness
	}{
		{``, nil},
		{`asserts`, []graph.Sureness{says(ann, schema.Asserts, "done", "a", "b")}},
		{`asserts`, []graph.Sureness{says(ann, schema.Asserts, "", "a"), says(bank, schema.Asserts, "ongoing", "b")}},
		{`asserts, planned`, []graph.Sureness{says(ann, schema.Asserts, "planned", "a")}},
		{`asserts; because: attempted`, []graph.Sureness{says(ann, schema.Asserts, "", "a", "b"), says(ann, schema.Asserts, "attempted", "because")}},
		{`asserts; b, c: estimates, "I believe"`, []graph.Sureness{says(ann, schema.Asserts, "", "a", "d", "e"), with(says(bank, schema.Estimates, "", "b", "c"), "I believe", "")}},
		{`asserts; date: approximate`, []graph.Sureness{with(says(ann, schema.Asserts, "", "date"), "", "approximate"), says(ann, schema.Asserts, "", "event")}},
		{`Ann: asserts, planned; Bank: asserts, done`, []graph.Sureness{says(ann, schema.Asserts, "planned", "a"), says(bank, schema.Asserts, "done", "a")}},
		{`Ann: asserts; Bank: predicts`, []graph.Sureness{says(ann, schema.Asserts, "done", "a", "b"), says(bank, schema.Predicts, "done", "b")}},
		{`asserts; b: derived`, []graph.Sureness{says(ann, schema.Asserts, "", "a", "c"), says(author, schema.Asserts, "", "b")}},
		{`derived, alleges`, []graph.Sureness{says(author, schema.Alleges, "", "b")}},
	} {
		if got := (&graph.Evidence{Sureness: c.list}).Sure(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	e := &graph.Evidence{Speakers: []graph.Speaker{ann, author}}
	same(t, "said by", e.SaidBy(), "Ann; Author, from: Ann; Bank")
	e.Unasserted, e.Deniers = true, []graph.Speaker{ann, bank}
	same(t, "of what nobody asserts", fmt.Sprint(e.SaidBy(), ", ", e.Sure(), ", ", e.DeniedBy()), "nobody, denied, Ann; Bank")
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
