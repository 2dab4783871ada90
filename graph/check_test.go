package graph_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"kg/graph"
)

// findings runs the integrity check.
func findings(t testing.TB, v *graph.View) []string {
	t.Helper()
	checked, err := v.Check(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, f := range checked.Findings {
		list = append(list, f.Rule+": "+base.ShortTerm(f.Subject)+": "+f.Detail)
	}
	return list
}

// without takes away the quads of subject and predicate.
func without(subject, predicate string) func([]quad.Quad) []quad.Quad {
	return func(quads []quad.Quad) []quad.Quad {
		return slices.DeleteFunc(quads, func(q quad.Quad) bool {
			return q.Subject == iri(subject) && q.Predicate == iri(predicate)
		})
	}
}

// with adds a quad; an empty label is the default graph.
func with(subject, predicate string, object quad.Value, label string) func([]quad.Quad) []quad.Quad {
	q := quad.Quad{Subject: iri(subject), Predicate: iri(predicate), Object: object}
	if label != "" {
		q.Label = iri(label)
	}
	return func(quads []quad.Quad) []quad.Quad { return append(quads, q) }
}

// unlabelled takes away what is labelled so.
func unlabelled(label string) func([]quad.Quad) []quad.Quad {
	return func(quads []quad.Quad) []quad.Quad {
		return slices.DeleteFunc(quads, func(q quad.Quad) bool { return q.Label == iri(label) })
	}
}

const (
	claimed   = "kg:source/ferry/claim/town" // a claim
	fromFerry = "kg:source/ferry"            // its source
	line      = "kg:company/blue-line"
)

// Each case breaks one rule in a graph that is whole otherwise.
func TestCheck(t *testing.T) {
	t.Parallel()
	good := quadsOf(t, scratch(t, ferry))
	for _, c := range []struct {
		breaks func([]quad.Quad) []quad.Quad
		want   string
	}{
		{with(line, "kgo:trade", quad.String("cargo"), ""),
			`no label: kg:company/blue-line: kgo:trade "cargo" stands in the default graph, without a claim`},
		{with(line, "skos:note", quad.BNode("b"), fromFerry),
			`blank node: _:b: a graph that is compared and merged has none`},
		{with(line, "kgo:located-in", iri("kg:city/atlantis"), claimed),
			`dangling entity: kg:city/atlantis: claim kg:source/ferry/claim/town speaks of it, and nothing says what it is`},
		{with("kg:company/ghost", "kgo:trade", quad.String("ghosts"), claimed),
			`dangling entity: kg:company/ghost: claim kg:source/ferry/claim/town speaks of it, and nothing says what it is`},
		{without("kg:city/harbourtown", "rdf:type"),
			`dangling entity: kg:city/harbourtown: claim kg:source/ferry/claim/town speaks of it, and nothing says what it is`},
		{with("kg:city/harbourtown", "kgo:trade", quad.String("fish"), claimed),
			`wrong kind: kg:city/harbourtown: kgo:trade is for org:Organization, and it is of kind schema:City`},
		{with(line, "kgo:located-in", iri("kg:person/ann-lee"), claimed),
			`wrong kind: kg:person/ann-lee: kgo:located-in of kg:company/blue-line must be schema:Place, and it is of kind schema:Person`},
		{with(line, "kgo:located-in", quad.String("Harbourtown"), claimed),
			`wrong kind: kg:company/blue-line: kgo:located-in leads to schema:Place, and here to the literal "Harbourtown"`},
		{with(line, "kgo:trade", iri("kg:city/harbourtown"), claimed),
			`wrong kind: kg:company/blue-line: kgo:trade leads to a literal, and here to kg:city/harbourtown`},
		{with(line, "kgo:trade", quad.TypedString{Value: "2008", Type: iri("edtf:EDTF")}, claimed),
			`wrong value: kg:company/blue-line: kgo:trade leads to a literal of xsd:string, and here to "2008"^^<http://id.loc.gov/datatypes/edtf/EDTF>`},
		{with(line, "kgo:trade", quad.TypedString{Value: quad.String(strings.Repeat("x", 20_000)), Type: iri("edtf:EDTF")}, claimed),
			`wrong value: kg:company/blue-line: kgo:trade leads to a literal of xsd:string, and here to "` + strings.Repeat("x", 63) + "…"},
		{with("kg:source/ferry/claim/running/service/date", "kgo:edtf", quad.String("2008"), "kg:source/ferry/claim/running"),
			`wrong value: kg:source/ferry/claim/running/service/date: kgo:edtf leads to a literal of edtf:EDTF, and here to "2008"`},
		{with("kg:source/ferry/claim/running/service/date", "kgo:latest", quad.TypedString{Value: "2008-02-30", Type: iri("xsd:date")}, "kg:source/ferry/claim/running"),
			`wrong value: kg:source/ferry/claim/running/service/date: kgo:latest leads to a literal of xsd:date, and here to "2008-02-30"^^<http://www.w3.org/2001/XMLSchema#date>`},
		{with(claimed, "kgo:speaker", iri("kg:city/harbourtown"), fromFerry), // a source's quads are held to it too
			`wrong kind: kg:city/harbourtown: kgo:speaker of kg:source/ferry/claim/town must be prov:Agent, and it is of kind schema:City`},
		{with(line, "kgo:sails", quad.String("fast"), claimed),
			`unknown relation: kgo:sails: kg:company/blue-line has it, and the ontology does not`},
		{without(claimed, "kgo:speaker"),
			`claim not whole: kg:source/ferry/claim/town: it has no speaker, and is derived from nothing`},
		{without(claimed, "dcterms:source"),
			`claim not whole: kg:source/ferry/claim/town: it has no source`},
		{without(claimed, "oa:hasTarget"),
			`claim not whole: kg:source/ferry/claim/town: it has no place in the text, and nothing says where to look it up`},
		{unlabelled(claimed),
			`claim not whole: kg:source/ferry/claim/town: it asserts no edge`},
		{with(line, "kgo:trade", quad.String("cargo"), "kg:source/ferry/claim/missing"),
			`no claim: kg:source/ferry/claim/missing: kg:company/blue-line kgo:trade is labelled with a claim that the graph does not know`},
		{with(line, "rdf:type", iri("org:Organization"), fromFerry),
			`several kinds: kg:company/blue-line: it is of the kinds kgo:Company, org:Organization`},
	} {
		store := open(t, storeOf(t, c.breaks(slices.Clone(good))))
		equal(t, "findings", findings(t, whole(store)), []string{c.want})
	}
	if got := findings(t, whole(open(t, storeOf(t, good)))); got != nil {
		t.Errorf("the graph that the cases break has findings of its own: %v", got)
	}
}

// No file can hold a bad IRI: the reader and the writer refuse it. A store of
// another make might.
func TestCheckBadIRI(t *testing.T) {
	t.Parallel()
	for bad, want := range map[quad.IRI]string{
		"relative": `bad IRI: relative: "relative" is no absolute IRI such as https://example.org/x`,
		"a:x> <b":  `bad IRI: a:x> <b: an IRI cannot contain '>'`,
	} {
		quads := append(quadsOf(t, scratch(t, ferry)), quad.Quad{Subject: bad, Predicate: iri("rdfs:comment"), Object: quad.String("x"), Label: iri(fromFerry)})
		v := graph.NewView(memstore.New(quads...), base)
		equal(t, string(bad), findings(t, v), []string{want})
	}
}

// What stands under labels that are not ours is counted, and no finding, but
// for what no graph may have.
func TestCheckForeign(t *testing.T) {
	t.Parallel()
	quads := quadsOf(t, scratch(t, ferry))
	ours := len(quads)
	for _, label := range []string{"https://other.example/g", "kg:source/other", "kg:source/other/claim/x", "kg:person/ann-lee"} {
		quads = with("https://other.example/s", "https://other.example/p", iri("https://other.example/o"), label)(quads)
	}
	v := whole(open(t, storeOf(t, quads)))
	checked, err := v.Check(context.Background(), nil)
	if err != nil || len(checked.Findings) != 0 || checked.Foreign != 4 || checked.Quads != ours+4 {
		t.Errorf("got %+v, %v, want 4 foreign quads of %d", checked, err, ours+4)
	}
	quads = with("https://other.example/s", "https://other.example/p", quad.BNode("b"), "https://other.example/g")(quads)
	equal(t, "findings", findings(t, whole(open(t, storeOf(t, quads)))),
		[]string{"blank node: _:b: a graph that is compared and merged has none"})
}

func TestCheckTellsEachFindingOnce(t *testing.T) {
	t.Parallel()
	quads := quadsOf(t, scratch(t, ferry))
	quads = with(line, "kgo:sails", quad.String("fast"), claimed)(quads)
	quads = with(line, "kgo:sails", quad.String("far"), claimed)(quads)
	quads = without("kg:source/ferry/claim/sold", "oa:hasTarget")(quads)
	equal(t, "findings, sorted", findings(t, whole(open(t, storeOf(t, quads)))), []string{
		`claim not whole: kg:source/ferry/claim/sold: it has no place in the text, and nothing says where to look it up`,
		`unknown relation: kgo:sails: kg:company/blue-line has it, and the ontology does not`,
	})
}

func TestCheckBundled(t *testing.T) {
	t.Parallel()
	store := scratch(t, bundled(t)...)
	checked, err := whole(store).Check(context.Background(), nil)
	if err != nil || len(checked.Findings) != 0 || checked.Foreign != 0 || checked.Quads != len(quadsOf(t, store)) {
		t.Errorf("got %+v, %v", checked, err)
	}
	empty, err := whole(open(t, storeOf(t, nil))).Check(context.Background(), nil)
	if err != nil || len(empty.Findings) != 0 || empty.Quads != 0 {
		t.Errorf("the empty store: got %+v, %v", empty, err)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := whole(store).Check(cancelled, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

// Check tells how far it is, and never more than there is.
func TestCheckReports(t *testing.T) {
	t.Parallel()
	var quads []quad.Quad
	for i := range 20_000 {
		quads = append(quads, quad.Quad{Subject: quad.IRI(fmt.Sprintf("https://ex.org/%d", i)), Predicate: quad.IRI("https://ex.org/p"), Object: quad.Int(i), Label: quad.IRI("https://ex.org/g")})
	}
	var told []graph.Progress
	checked, err := whole(open(t, storeOf(t, quads))).Check(context.Background(), func(p graph.Progress) { told = append(told, p) })
	if err != nil || checked.Quads != len(quads) || len(told) != 2 {
		t.Fatalf("%v, %+v", err, told)
	}
	for i, p := range told {
		if p.Done != int64(i+1)*8192 || p.Total != int64(len(quads)) || p.Quads != p.Done {
			t.Errorf("report %d: %+v", i, p)
		}
	}
}
