package document_test

import (
	"testing"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/internal/datatest"
	"kg/schema"
)

const sale = "sale: {kind: Sale, description: The sale of Blue Line"

// joined is the sale of testdata/claims.yaml, joined to something.
func joined(to string) string { return sale + ", same-as: " + to }

func TestSameAsMistakes(t *testing.T) {
	const form = ` is no IRI of an entity, such as kg:person/kim-jong-il or kg:source/SOURCE/KIND/ID`
	testMistakes(t, []mistake{
		{"an id", sale, joined("other-sale"), `22:67: same-as: "other-sale"` + form},
		{"no IRI", sale, joined("'kg:sale/a b'"), `22:67: same-as: "kg:sale/a b"` + form},
		{"the base", sale, joined("'kg:'"), `22:67: same-as: "kg:"` + form},
		{"a source", sale, joined("kg:source/town"), `22:67: same-as: "kg:source/town" is no entity: one without a name is kg:source/SOURCE/KIND/ID`},
		{"without its kind", sale, joined("kg:source/town/sale"), `22:67: same-as: "kg:source/town/sale" is no entity: one without a name is kg:source/SOURCE/KIND/ID`},
		{"a claim", sale, joined("kg:source/town/claim/sold"), `22:67: same-as: "kg:source/town/claim/sold" is a claim or a part of one, and no entity`},
		{"a figure", sale, joined("kg:source/town/claim/sold/sale/price"), `22:67: same-as: "kg:source/town/claim/sold/sale/price" is a claim or a part of one, and no entity`},
		{"a kind", sale, joined("kgo:Sale"), `22:67: same-as: "kgo:Sale" is a term of a vocabulary, and no entity`},
		{"a term", sale, joined("schema:Person"), `22:67: same-as: "schema:Person" is a term of a vocabulary, and no entity`},
		{"itself", sale, joined("kg:source/herald-2020-05-04/sale/sale"), `22:67: same-as joins "sale" to itself`},
		{"itself by its IRI", sale, joined("<https://kg.example/source/herald-2020-05-04/sale/sale>"), `22:67: same-as joins "sale" to itself`},
		{"twice", sale, joined("[kg:sale/s, https://kg.example/sale/s]"), `22:79: same-as has https://kg.example/sale/s twice`},
		{"nothing", sale, joined("[]"), `22:67: same-as is empty`},
		{"a mapping", sale, joined("{a: b}"), `22:67: same-as must be a list, not a mapping`},
	})
}

func TestSameAsQuads(t *testing.T) {
	t.Parallel()
	text := claimsFile(t, sale, joined("[kg:source/town-2020-05-05/sale/a-sale, https://ex.org/sale/1]"),
		"port: {kind: Organisation, name: Port of Harbourtown", "port: {kind: Organisation, name: Port of Harbourtown, same-as: <https://ex.org/port>")
	file, err := data.Read("x.yaml", []byte(text), datatest.Ontology(t, ships...), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	g := graph(file.Quads())
	g.has(t, herald+"/sale/sale", map[quad.IRI][]quad.Value{
		schema.SameAs: values(quad.IRI("https://kg.example/source/town-2020-05-05/sale/a-sale"), quad.IRI("https://ex.org/sale/1"))})
	g.has(t, kgBase+"organisation/port", map[quad.IRI][]quad.Value{schema.SameAs: values(quad.IRI("https://ex.org/port"))})
	for _, q := range g {
		if q.Predicate == schema.SameAs && q.Label != herald {
			t.Errorf("%v is labelled %v", q, q.Label)
		}
	}
	for _, c := range []struct {
		q    quad.Quad
		want string
	}{
		{quad.Quad{Subject: herald + "/sale/sale", Predicate: schema.SameAs, Object: quad.IRI("https://ex.org/sale/1"), Label: herald}, `claims "x.yaml":22:107`},
		{quad.Quad{Subject: herald + "/sale/sale", Predicate: schema.Type, Object: kgo("Sale"), Label: herald}, `claims "x.yaml":22:16`},
		{quad.Quad{Subject: kgBase + "organisation/port", Predicate: schema.Label, Object: quad.String("Port of Harbourtown"), Label: herald}, `claims "x.yaml":19:36`},
		{quad.Quad{Subject: kgBase + "organisation/port", Predicate: schema.Label, Object: quad.String("Port of Harbourtown"), Label: quad.IRI("https://ex.org/g")}, ""},
		{quad.Quad{Subject: herald + "/sale/sale", Predicate: schema.Description, Object: quad.String("x"), Label: herald}, ""},
	} {
		if got := file.Position(c.q); got != c.want {
			t.Errorf("%v stands at %q, want %q", c.q, got, c.want)
		}
	}
}
