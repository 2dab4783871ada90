package graph_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

func TestText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value quad.Value
		want  string
	}{
		{nil, ""},
		{quad.IRI("a:x"), "a:x"},
		{quad.BNode("b"), "_:b"},
		{quad.String("12"), "12"},
		{quad.LangString{Value: "zwölf", Lang: "de"}, "zwölf"},
		{quad.TypedString{Value: "2008-04-04", Type: "a:date"}, "2008-04-04"},
		{quad.Int(-12000), "-12000"},
		{quad.Float(1.5), "1.5"},
		{quad.Bool(true), "true"},
		{quad.Time(time.Date(2008, 4, 4, 12, 0, 0, 5, time.FixedZone("", 3600))), "2008-04-04T11:00:00.000000005Z"},
	} {
		if got := graph.Text(c.value); got != c.want {
			t.Errorf("%#v: got %q, want %q", c.value, got, c.want)
		}
	}
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry, port, town))
	for _, c := range []struct {
		value quad.Value
		want  string
	}{
		{iri("kg:person/ann-lee"), "Ann Lee"},
		{iri("kg:source/ferry/person/clerk"), "A clerk of the port"},
		{iri("kg:city/harbourtown"), "Harbourtown"}, // as the first of the sources of one day has it
		{iri("kg:source/ferry"), "The Herald on ferry"},
		{iri("kg:source/ferry/claim/price"), "kg:source/ferry/claim/price"},
		{iri("kg:person/nobody"), "kg:person/nobody"},
		{iri("kgo:planned"), "planned"},
		{iri("kgo:works-for"), "works-for"},
		{quad.IRI("https://other.example/x"), "https://other.example/x"},
		{quad.Int(7), "7"},
		{quad.String("ferries"), "ferries"},
	} {
		cell, err := v.Describe(context.Background(), c.value)
		if err != nil || cell.Text != c.want || cell.Value != c.value || cell.Parts != nil {
			t.Errorf("%v: got %+v, %v, want %q", c.value, cell, err, c.want)
		}
	}
}

func TestDescribeFigures(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry))
	day := func(s quad.String) quad.Value { return quad.TypedString{Value: s, Type: iri("xsd:date")} }
	edtf := func(s quad.String) quad.Value { return quad.TypedString{Value: s, Type: iri("edtf:EDTF")} }
	for _, c := range []struct {
		node, text string
		parts      map[string]quad.Value
	}{
		{"kg:source/ferry/claim/price/firm-sale/price", "about 2000000 to 3000000 EUR", map[string]quad.Value{
			"minValue": quad.Int(2000000), "maxValue": quad.Int(3000000), "unitText": quad.String("EUR"),
			"approximate": quad.Bool(true), "printed": quad.String("some two to three million"),
		}},
		{"kg:source/ferry/claim/a-ship/firm-sale/price", "1000000 to 1500000 EUR per ship", map[string]quad.Value{
			"minValue": quad.Int(1000000), "maxValue": quad.Int(1500000), "unitText": quad.String("EUR"), "per": quad.String("ship"),
		}},
		{"kg:source/ferry/claim/running/service/date", "2006-41/.. (since late 2006)", map[string]quad.Value{
			"edtf": edtf("2006-41/.."), "precision": quad.String("interval"), "earliest": day("2006-07-01"),
			"printed": quad.String("since late 2006"),
		}},
		{"kg:source/ferry/claim/sold/firm-sale/date", "2020-06 (next month)", map[string]quad.Value{
			"edtf": edtf("2020-06"), "precision": quad.String("month"), "earliest": day("2020-06-01"), "latest": day("2020-06-30"),
			"printed": quad.String("next month"), "resolved": day("2020-05-04"),
		}},
	} {
		cell, err := v.Describe(context.Background(), iri(c.node))
		if err != nil || cell.Text != c.text || fmt.Sprint(cell.Parts) != fmt.Sprint(c.parts) {
			t.Errorf("%s: got %q %v, %v\nwant %q %v", c.node, cell.Text, cell.Parts, err, c.text, c.parts)
		}
	}
}

// A relation is read in words both ways; one without words for the way back,
// or of another ontology, is read by its name.
func TestReading(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry))
	for _, c := range []struct {
		relation      quad.IRI
		forward, back string
	}{
		{iri("kgo:works-for"), "works for", "has working for it"},
		{iri("kgo:governs"), "governs", "is governed by"},
		{iri("kgo:trade"), "trade", "is trade of"},
		{iri("rdf:type"), "rdf:type", "is rdf:type of"},
		{"https://other.example/in-charge", "https://other.example/in-charge", "is https://other.example/in-charge of"},
	} {
		for forward, want := range map[bool]string{true: c.forward, false: c.back} {
			cell, err := v.Reading(context.Background(), c.relation, forward)
			if err != nil || cell.Text != want || cell.Value != c.relation {
				t.Errorf("%s forward %v: got %+v, %v, want %q", c.relation, forward, cell, err, want)
			}
		}
	}
}

func TestLastPart(t *testing.T) {
	t.Parallel()
	for from, want := range map[quad.IRI]string{"a:b/c": "c", "a:b/c#d": "d", "a:b#c/d": "d", "urn:x": "urn:x", "a:b/": "", "": ""} {
		if got := schema.IRI(from).LastPart(); got != want {
			t.Errorf("%q: got %q, want %q", from, got, want)
		}
	}
}

func TestKindAndIsA(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry))
	ctx := context.Background()
	if kind, err := v.Kind(ctx, iri("kg:company/blue-line")); err != nil || kind != iri("kgo:Company") {
		t.Errorf("Blue Line is a %s, %v", kind, err)
	}
	if kind, err := v.Kind(ctx, iri("kg:company/nobody")); err != nil || kind != "" {
		t.Errorf("what is not there is a %s, %v", kind, err)
	}
	for kind, want := range map[string]bool{
		"Company": true, "Organisation": true, "Agent": true, "Thing": true,
		"NewsMedia": false, "Person": false, "company": false, "": false, "Nothing": false,
	} {
		if is, err := v.IsA(ctx, iri("kg:company/blue-line"), kind); is != want || err != nil {
			t.Errorf("Blue Line is a %s: %v, %v", kind, is, err)
		}
	}
}
