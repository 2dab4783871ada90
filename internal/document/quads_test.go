package document_test

import (
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

const (
	herald = quad.IRI("https://kg.example/source/herald-2020-05-04")
	kgBase = quad.IRI("https://kg.example/")
)

// graph answers from a list of quads.
type graph []quad.Quad

// objects are the objects of s and p, in the order of the list.
func (g graph) objects(s, p quad.IRI) []quad.Value {
	var list []quad.Value
	for _, q := range g {
		if q.Subject == s && q.Predicate == p {
			list = append(list, q.Object)
		}
	}
	return list
}

// has notes for s where its objects are not exactly those wanted, by predicate.
func (g graph) has(t *testing.T, s quad.IRI, want map[quad.IRI][]quad.Value) {
	t.Helper()
	for p, objects := range want {
		if got := g.objects(s, p); !slices.Equal(got, objects) {
			t.Errorf("%s %s is %v, want %v", s, p, got, objects)
		}
	}
}

// only is has for all that stands of s: any other predicate is noted too.
func (g graph) only(t *testing.T, s quad.IRI, want map[quad.IRI][]quad.Value) {
	t.Helper()
	g.has(t, s, want)
	for _, q := range g {
		if p := q.Predicate.(quad.IRI); q.Subject == s && want[p] == nil {
			t.Errorf("%s also has %s %v", s, p, q.Object)
		}
	}
}

func values(v ...quad.Value) []quad.Value { return v }

func day(s string) quad.Value {
	return quad.TypedString{Value: quad.String(s), Type: "http://www.w3.org/2001/XMLSchema#date"}
}

func kgo(name string) quad.IRI { return schema.OntologyIRI + quad.IRI("#"+name) }

func TestRangeKeepsBothEnds(t *testing.T) {
	t.Parallel()
	g := graph(claimsQuads(t, schema.DefaultBase))
	node := herald + "/claim/price/sale/price"
	g.has(t, kgBase+"source/herald-2020-05-04/sale/sale", map[quad.IRI][]quad.Value{
		kgo("price"): values(node, herald+"/claim/per-ship/sale/price"),
	})
	g.only(t, node, map[quad.IRI][]quad.Value{
		schema.Type:        values(schema.QuantityClass),
		schema.MinValue:    values(quad.Int(2000000)),
		schema.MaxValue:    values(quad.Int(3500000)),
		schema.Value:       nil,
		schema.Unit:        values(quad.String("EUR")),
		schema.Approximate: values(quad.Bool(true)),
		schema.Label:       values(quad.String("about 2000000 to 3500000 EUR")),
	})
}

func TestQuantities(t *testing.T) {
	t.Parallel()
	const price = "{min: 2, max: 3.5, unit: million EUR, approximate: true}"
	tests := []struct{ quantity, label string }{
		{"{value: 45000, unit: USD}", "45000 USD"},
		{"{min: 400, max: 500, unit: USD, per: worker, period: month}", "400 to 500 USD per worker per month"},
		{"{min: 3, unit: ships}", "at least 3 ships"},
		{"{max: 3, unit: ships, approximate: true}", "about at most 3 ships"},
		{"{min: 4, max: 4, unit: ships}", "4 to 4 ships"},
		{"{value: -1.50, unit: percent}", "-1.50 percent"},
		{"{printed: many}", "many"},
		{"{value: 90, unit: percent, of: crews}", "90 percent of The crews of the ferries"},
		{"{value: 30, unit: provinces, approximate: true, of: {value: 49, unit: provinces}}", "about 30 of 49 provinces"},
		{"{value: 4, unit: times, compared-to: sale}", "4 times compared to The sale of Blue Line"},
	}
	for _, test := range tests {
		g := graph(claimsQuads(t, schema.DefaultBase, price, test.quantity))
		g.has(t, herald+"/claim/price/sale/price", map[quad.IRI][]quad.Value{schema.Label: values(quad.String(test.label))})
	}
	g := graph(claimsQuads(t, schema.DefaultBase, price, "[{value: 1, unit: EUR}, {value: 2, unit: EUR}]"))
	g.has(t, herald+"/claim/price/sale/price", map[quad.IRI][]quad.Value{schema.Value: values(quad.Int(1))})
	g.has(t, herald+"/claim/price/sale/price-2", map[quad.IRI][]quad.Value{schema.Value: values(quad.Int(2))})
	g.has(t, herald+"/claim/hired/crews/size", map[quad.IRI][]quad.Value{schema.Of: values(herald + "/claim/hired/crews/size/of")})
	g.only(t, herald+"/claim/hired/crews/size/of", map[quad.IRI][]quad.Value{
		schema.Type: values(schema.QuantityClass), schema.Value: values(quad.Int(49)), schema.Unit: values(quad.String("people")),
		schema.Label: values(quad.String("49 people")),
	})
	g.only(t, herald+"/claim/per-ship/sale/price", map[quad.IRI][]quad.Value{
		schema.Type: values(schema.QuantityClass), schema.Value: values(quad.Int(1500000)), schema.Unit: values(quad.String("EUR")),
		schema.Per: values(quad.String("ship")), schema.Period: values(quad.String("year")), schema.Printed: values(quad.String("half of it")),
		schema.Of: values(kgBase + "company/blue-line"), schema.ComparedTo: values(kgBase + "ferry/ship"),
		schema.Label: values(quad.String("1500000 EUR per ship per year of Blue Line compared to MS Aurora (half of it)")),
	})
}

func TestDates(t *testing.T) {
	t.Parallel()
	edtf := func(s string) quad.Value {
		return quad.TypedString{Value: quad.String(s), Type: "http://id.loc.gov/datatypes/edtf/EDTF"}
	}
	g := graph(claimsQuads(t, schema.DefaultBase))
	g.only(t, herald+"/claim/sold/sale/date", map[quad.IRI][]quad.Value{ // an open date has no latest
		schema.Type:      values(schema.DateClass),
		schema.EDTF:      values(edtf("2020-04/..")),
		schema.Earliest:  values(day("2020-04-01")),
		schema.Latest:    nil,
		schema.Precision: values(quad.String("interval")),
		schema.Printed:   nil,
		schema.Resolved:  nil,
		schema.Label:     values(quad.String("2020-04/..")),
	})
	g.only(t, herald+"/claim/hired/hiring/date", map[quad.IRI][]quad.Value{
		schema.Type:      values(schema.DateClass),
		schema.EDTF:      values(edtf("2020-04")),
		schema.Earliest:  values(day("2020-04-01")),
		schema.Latest:    values(day("2020-04-30")),
		schema.Precision: values(quad.String("month")),
		schema.Printed:   values(quad.String("last month")),
		schema.Resolved:  values(day("2020-05-04")),
		schema.Label:     values(quad.String("2020-04 (last month)")),
	})
	g = claimsQuads(t, schema.DefaultBase, "2020-04/..", "../2019")
	g.has(t, herald+"/claim/sold/sale/date", map[quad.IRI][]quad.Value{
		schema.Earliest: nil, schema.Latest: values(day("2019-12-31")),
	})
}

func TestLiteralsAndCodes(t *testing.T) {
	t.Parallel()
	g := graph(claimsQuads(t, schema.DefaultBase))
	g.only(t, kgBase+"ferry/ship", map[quad.IRI][]quad.Value{
		schema.Type:       values(kgo("Ferry")),
		schema.Label:      values(quad.String("MS Aurora")),
		kgo("tonnage"):    values(quad.Int(12000)),
		kgo("in-service"): values(quad.Bool(true)),
		kgo("launched"):   values(day("1999-05-01")),
		kgo("tide"):       values(kgo("flood")),
	})
	g.has(t, herald+"/sale/sale", map[quad.IRI][]quad.Value{schema.Status: values(kgo("planned"))})
	g = claimsQuads(t, schema.DefaultBase, "tonnage: 12000, in-service: true", "tonnage: -0.25, in-service: false")
	g.has(t, kgBase+"ferry/ship", map[quad.IRI][]quad.Value{
		kgo("tonnage"): values(quad.Float(-0.25)), kgo("in-service"): values(quad.Bool(false)),
	})
}
