package document_test

import (
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

func TestSourceQuads(t *testing.T) {
	t.Parallel()
	g := graph(claimsQuads(t, schema.DefaultBase))
	g.only(t, herald, map[quad.IRI][]quad.Value{
		schema.Type:        values(schema.SourceClass),
		schema.Title:       values(quad.String("Ferry firm changes hands")),
		schema.Label:       values(quad.String("Ferry firm changes hands")),
		schema.Publisher:   values(kgBase + "news-media/herald"),
		schema.AnnotatedBy: values(kgBase + "person/jane-doe"),
		schema.Issued:      values(day("2020-05-04")),
		schema.Language:    values(quad.String("en")),
		schema.Address:     values(quad.String("https://herald.example/2020/05/04/ferry")),
		schema.Characters:  values(quad.Int(342)),
		schema.Body:        values(quad.Int(49)),
		schema.Heading:     values(quad.String("##")),
		schema.SHA256:      values(quad.String("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed")),
	})
	g = claimsQuads(t, schema.DefaultBase, "  body: 49\n  heading: \"##\"\n", "", "  address: https://herald.example/2020/05/04/ferry\n", "")
	g.has(t, herald, map[quad.IRI][]quad.Value{schema.Body: nil, schema.Heading: nil, schema.Address: nil})
}

// Speaker, intermediary, stance and locator.
func TestClaimQuads(t *testing.T) {
	t.Parallel()
	g := graph(claimsQuads(t, schema.DefaultBase))
	claim := herald + "/claim/price"
	g.only(t, claim, map[quad.IRI][]quad.Value{
		schema.Type:        values(schema.ClaimClass),
		schema.FromSource:  values(herald),
		schema.AnnotatedBy: values(kgBase + "person/jane-doe"),
		schema.Comment:     values(quad.String("Its price is two or three million euros.")),
		schema.Note:        values(quad.String("The sum is taken to be for the firm.")),
		schema.Speaker:     values(herald + "/person/clerk"),
		schema.StanceTerm:  values(schema.Alleges.IRI()),
		schema.Hedge:       values(quad.String("some")),
		schema.Via:         values(claim + "/via/1"),
		schema.HasTarget:   values(claim + "/passage"),
		schema.DerivedFrom: nil,
	})
	g.only(t, claim+"/passage", map[quad.IRI][]quad.Value{
		schema.Type:      values(quad.IRI("http://www.w3.org/ns/oa#SpecificResource")),
		schema.HasSource: values(herald), schema.HasSelector: values(claim + "/passage/position"),
	})
	g.only(t, claim+"/passage/position", map[quad.IRI][]quad.Value{
		schema.Type:  values(quad.IRI("http://www.w3.org/ns/oa#TextPositionSelector")),
		schema.Start: values(quad.Int(148)), schema.End: values(quad.Int(250)), schema.Paragraph: values(quad.Int(2)),
		schema.SHA256: values(quad.String("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed")),
	})
	g.has(t, herald+"/claim/sold", map[quad.IRI][]quad.Value{ // without a speaker and a stance, the publisher asserts
		schema.Speaker: values(kgBase + "news-media/herald"), schema.StanceTerm: values(schema.Asserts.IRI()),
		schema.Hedge: nil, schema.Via: nil, schema.Note: nil,
	})
}

func TestViaKeepsItsOrder(t *testing.T) {
	t.Parallel()
	parties := map[string]quad.IRI{
		"port": kgBase + "organisation/port", "report": herald + "/document/report",
		"clerk": herald + "/person/clerk", "blue-line": kgBase + "company/blue-line",
	}
	for _, chain := range []string{"port, report", "report, port", "clerk, port, blue-line, report", "port, report, port", "report"} {
		g := graph(claimsQuads(t, schema.DefaultBase, "via: [port, report]", "via: ["+chain+"]"))
		from, by := herald+"/claim/price", schema.Via
		for id := range strings.SplitSeq(chain, ", ") {
			steps := g.objects(from, by)
			if len(steps) != 1 {
				t.Fatalf("via %s: %s has the steps %v", chain, from, steps)
			}
			from, by = steps[0].(quad.IRI), schema.ViaNext
			g.has(t, from, map[quad.IRI][]quad.Value{
				schema.Type: values(kgo("Attribution")), schema.ViaParty: values(parties[id]),
			})
		}
		if rest := g.objects(from, by); rest != nil {
			t.Errorf("via %s: after the last step comes %v", chain, rest)
		}
	}
}

// A conclusion of the annotator has no speaker, no stance and no locator, and names the
// claims it follows from.
func TestDerivedClaimHasNoSpeaker(t *testing.T) {
	t.Parallel()
	g := graph(claimsQuads(t, schema.DefaultBase, "derived-from: [price]", "derived-from: [sold, price]"))
	claim := herald + "/claim/per-ship"
	g.only(t, claim, map[quad.IRI][]quad.Value{
		schema.Type:        values(schema.ClaimClass),
		schema.AnnotatedBy: values(kgBase + "person/jane-doe"),
		schema.FromSource:  values(herald),
		schema.Comment:     values(quad.String("That is one and a half million a ship.")),
		"http://www.w3.org/ns/prov#wasDerivedFrom": values(herald+"/claim/sold", herald+"/claim/price"),
		schema.Speaker:    nil,
		schema.StanceTerm: nil,
		schema.Hedge:      nil,
		schema.Via:        nil,
		schema.HasTarget:  nil,
	})
	asserted := 0
	for _, q := range g {
		if q.Label == claim {
			asserted++
		}
	}
	if asserted == 0 {
		t.Error("the derived claim asserts nothing")
	}
}

// A named entity is one in all sources, an entity without a name one of its
// own in each.
func TestUnnamedEntitiesBelongToTheirSource(t *testing.T) {
	t.Parallel()
	entities := func(source string) map[string]quad.IRI {
		iris := map[string]quad.IRI{}
		for _, q := range claimsQuads(t, schema.DefaultBase, "id: herald-2020-05-04", "id: "+source) {
			if name, ok := q.Object.(quad.String); ok && (q.Predicate == schema.Label || q.Predicate == schema.Description) {
				iris[string(name)] = q.Subject.(quad.IRI)
			}
		}
		return iris
	}
	one, two := entities("herald-1"), entities("herald-2")
	for name, id := range map[string]quad.IRI{
		"The Herald": "news-media/herald", "Jane Doe": "person/jane-doe", "Blue Line": "company/blue-line",
		"Port of Harbourtown": "organisation/port", "MS Aurora": "ferry/ship",
	} {
		if one[name] != kgBase+id || two[name] != kgBase+id {
			t.Errorf("%s is %s and %s, want %s", name, one[name], two[name], kgBase+id)
		}
	}
	for name, id := range map[string]quad.IRI{
		"A clerk at the port": "person/clerk", "The port's yearly report": "document/report", "The sale of Blue Line": "sale/sale",
		"The crews of the ferries": "group/crews", "The hiring of the crews": "employment/hiring",
	} {
		if one[name] != kgBase+"source/herald-1/"+id || two[name] != kgBase+"source/herald-2/"+id {
			t.Errorf("%s is %s and %s, each of its source %s", name, one[name], two[name], id)
		}
	}
}

func TestEntityQuads(t *testing.T) {
	t.Parallel()
	g := graph(claimsQuads(t, schema.DefaultBase, "Person, name: Jane Doe}", "Person, name: Jane Doe, description: Who read it}"))
	g.only(t, kgBase+"company/blue-line", map[quad.IRI][]quad.Value{
		schema.Type:     values(kgo("Company")),
		schema.Label:    values(quad.String("Blue Line")),
		schema.AltLabel: values(quad.String("Blue Line Ferries"), quad.String("BL")),
	})
	g.only(t, herald+"/person/clerk", map[quad.IRI][]quad.Value{
		schema.Type:        values(quad.IRI("https://schema.org/Person")),
		schema.Label:       nil,
		schema.Description: values(quad.String("A clerk at the port")),
	})
	g.has(t, kgBase+"person/jane-doe", map[quad.IRI][]quad.Value{
		schema.Label: values(quad.String("Jane Doe")), schema.Description: values(quad.String("Who read it")),
	})
}

// The user's base holds for a file that sets none, and the file's before it.
func TestBases(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		user schema.Base
		file string
		want quad.IRI
	}{
		{schema.DefaultBase, "", "https://kg.example/"},
		{"urn:kg/", "", "urn:kg/"},
		{"urn:kg/", "base: https://data.example.org/#\n", "https://data.example.org/#"},
	} {
		g := graph(claimsQuads(t, test.user, "source:\n", test.file+"source:\n"))
		g.has(t, test.want+"source/herald-2020-05-04", map[quad.IRI][]quad.Value{
			schema.Publisher: values(test.want + "news-media/herald"),
		})
		g.has(t, test.want+"company/blue-line", map[quad.IRI][]quad.Value{schema.Type: values(kgo("Company"))})
	}
}
