package jsonld_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/piprate/json-gold/ld"

	"kg/internal/rdf/jsonld"
	"kg/internal/rdf/nquads"
	"kg/schema"
)

// TestRoundTrip reads what Write wrote with json-gold's own reader: the same
// quads, labels and lexical forms included.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	claim, source := quad.IRI("https://kg.example/source/s/claim/c"), quad.IRI("https://kg.example/source/s")
	ann := quad.IRI("https://kg.example/person/ann")
	quads := []quad.Quad{
		{Subject: ann, Predicate: schema.Type, Object: quad.IRI("https://kg.example/ontology#Person"), Label: source},
		{Subject: ann, Predicate: schema.Label, Object: quad.String(`Ann "the" mayor <b>`), Label: source},
		{Subject: ann, Predicate: schema.Note, Object: quad.LangString{Value: "Bürgermeisterin\n", Lang: "de"}, Label: source},
		{Subject: ann, Predicate: schema.Value, Object: quad.Int(-3), Label: claim},
		{Subject: ann, Predicate: schema.Value, Object: quad.TypedString{Value: "007", Type: "http://www.w3.org/2001/XMLSchema#integer"}, Label: claim},
		{Subject: ann, Predicate: schema.Value, Object: quad.Float(2.5), Label: claim},
		{Subject: ann, Predicate: schema.Value, Object: quad.Bool(true), Label: claim},
		{Subject: ann, Predicate: schema.Value, Object: quad.TypedString{Value: "2008-04", Type: "http://id.loc.gov/datatypes/edtf/EDTF"}, Label: claim},
		{Subject: claim, Predicate: schema.FromSource, Object: source, Label: source},
		{Subject: ann, Predicate: schema.Label, Object: quad.String("Ann in no graph")},
	}
	var b bytes.Buffer
	if err := jsonld.Write(&b, quads, schema.DefaultBase.Prefixes()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), `"kg:person/ann"`) {
		t.Errorf("short forms are missing in\n%s", b.String())
	}
	var document any
	if err := json.Unmarshal(b.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	options := ld.NewJsonLdOptions("")
	options.Format = "application/n-quads"
	back, err := ld.NewJsonLdProcessor().ToRDF(document, options)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.SplitAfter(back.(string), "\n")
	got = slices.DeleteFunc(got, func(line string) bool { return line == "" })
	var want []string
	for _, q := range quads {
		line, err := nquads.AppendQuad(nil, q)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, string(line))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("read back\n%s\nnot\n%s", got, want)
	}
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	q := quad.Quad{Subject: quad.IRI("https://x.example/> <b> <c> . <d"), Predicate: schema.Label, Object: quad.String("x")}
	if err := jsonld.Write(&b, []quad.Quad{q}, nil); err == nil || b.Len() > 0 {
		t.Errorf("a forged quad was written as %q", b.String())
	}
}
