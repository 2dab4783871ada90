package document_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/internal/datatest"
	"kg/schema"
)

// claimsQuads are the quads of testdata/claims.yaml after the edits.
func claimsQuads(t testing.TB, base schema.Base, edits ...string) []quad.Quad {
	t.Helper()
	c, err := data.Read("x.yaml", []byte(claimsFile(t, edits...)), datatest.Ontology(t, ships...), base)
	if err != nil {
		t.Fatal(err)
	}
	return c.Quads()
}

// eachQuad holds a rule against all quads at hand: those of the test's file
// under two bases, of the claims files that come with kg, and the ontology's.
func eachQuad(t *testing.T, rule func(t *testing.T, source quad.IRI, q quad.Quad)) {
	t.Helper()
	t.Parallel()
	run := func(name string, source quad.IRI, quads []quad.Quad) {
		t.Run(name, func(t *testing.T) {
			if len(quads) < 50 {
				t.Fatalf("only %d quads", len(quads))
			}
			for _, q := range quads {
				rule(t, source, q)
			}
		})
	}
	run("claims.yaml", "https://kg.example/source/herald-2020-05-04", claimsQuads(t, schema.DefaultBase))
	run("claims.yaml under another base", "urn:kg/source/herald-2020-05-04", claimsQuads(t, "urn:kg/"))
	o := datatest.Ontology(t)
	run("the ontology", schema.OntologyIRI, o.Quads())
	run("the ontology with a user's kinds", schema.OntologyIRI, datatest.Ontology(t, ships...).Quads())
	names, err := fs.Glob(data.Bundled, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no claims file comes with kg: %v", err)
	}
	for _, name := range names {
		b, err := fs.ReadFile(data.Bundled, name)
		if err != nil {
			t.Fatal(err)
		}
		c, err := data.Read(name, b, o, schema.DefaultBase)
		if err != nil {
			t.Fatal(err)
		}
		run(name, c.SourceIRI(), c.Quads())
	}
}

func TestNoBlankNodes(t *testing.T) {
	eachQuad(t, func(t *testing.T, _ quad.IRI, q quad.Quad) {
		for _, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
			if _, blank := v.(quad.BNode); blank {
				t.Errorf("%v has a blank node", q)
			}
		}
	})
}

func TestEveryQuadHasALabel(t *testing.T) {
	eachQuad(t, func(t *testing.T, _ quad.IRI, q quad.Quad) {
		if label, ok := q.Label.(quad.IRI); !ok || label == "" {
			t.Errorf("%v has the label %v", q, q.Label)
		}
	})
}

// Every IRI is absolute, and subject, predicate and label are nothing else;
// an object is an IRI or a literal that is not empty.
func TestIRIsAreAbsolute(t *testing.T) {
	check := func(t *testing.T, q quad.Quad, v quad.Value) {
		iri, ok := v.(quad.IRI)
		if err := schema.CheckIRI(string(iri)); !ok || err != nil {
			t.Errorf("%v has %v: %v", q, v, err)
		}
	}
	eachQuad(t, func(t *testing.T, _ quad.IRI, q quad.Quad) {
		check(t, q, q.Subject)
		check(t, q, q.Predicate)
		check(t, q, q.Label)
		switch o := q.Object.(type) {
		case quad.IRI:
			check(t, q, o)
		case quad.TypedString:
			check(t, q, o.Type)
			if o.Value == "" {
				t.Errorf("%v has an empty object", q)
			}
		case quad.String:
			if strings.TrimSpace(string(o)) == "" {
				t.Errorf("%v has an empty object", q)
			}
		case quad.Int, quad.Float, quad.Bool:
		default:
			t.Errorf("%v has an object of type %T", q, o)
		}
	})
}

// A label is the source, one of its claims, or the ontology for its own.
func TestLabelsAreSourceClaimOrOntology(t *testing.T) {
	eachQuad(t, func(t *testing.T, source quad.IRI, q quad.Quad) {
		id, isClaim := strings.CutPrefix(string(q.Label.(quad.IRI)), string(source)+"/claim/")
		if q.Label != source && (!isClaim || id == "" || strings.Contains(id, "/")) {
			t.Errorf("%v is labelled %v", q, q.Label)
		}
	})
}

// Statements about a claim stand under the source, and only its own edges under the
// claim.
func TestClaimsOwnQuadsStandUnderTheSource(t *testing.T) {
	t.Parallel()
	const source = quad.IRI("https://kg.example/source/herald-2020-05-04")
	own := map[quad.IRI]bool{schema.Speaker: true, schema.StanceTerm: true, schema.Hedge: true, schema.Via: true, schema.ViaNext: true,
		schema.HasTarget: true, schema.Start: true, schema.Note: true, schema.DerivedFrom: true, schema.Description: true, schema.AltLabel: true}
	found := map[quad.IRI]bool{}
	labels := map[quad.Value]bool{}
	for _, q := range claimsQuads(t, schema.DefaultBase) {
		labels[q.Label] = true
		p := q.Predicate.(quad.IRI)
		if !own[p] {
			continue
		}
		found[p] = true
		if q.Label != source {
			t.Errorf("%v is labelled %v", q, q.Label)
		}
	}
	if len(found) != len(own) {
		t.Errorf("the file has only %v", found)
	}
	for _, id := range []string{"sold", "price", "hired", "per-ship"} {
		if !labels[source+quad.IRI("/claim/"+id)] {
			t.Errorf("nothing is labelled with the claim %s", id)
		}
	}
	if len(labels) != 5 {
		t.Errorf("there are %d labels, not the source and four claims", len(labels))
	}
}

// The same file gives the same quads, and a Checked one gives them as often as
// it is asked.
func TestQuadsAreDeterministic(t *testing.T) {
	t.Parallel()
	lines := func(quads []quad.Quad) []string {
		var list []string
		for _, q := range quads {
			list = append(list, q.NQuad())
		}
		return list
	}
	o := datatest.Ontology(t, ships...)
	file := []byte(claimsFile(t))
	want := lines(claimsQuads(t, schema.DefaultBase))
	if n := len(slices.Compact(slices.Clone(want))); n != len(want) {
		t.Errorf("%d of %d quads stand twice", len(want)-n, len(want))
	}
	for range 20 {
		c, err := data.Read("x.yaml", file, o, schema.DefaultBase)
		if err != nil {
			t.Fatal(err)
		}
		first := c.Quads()
		if !slices.Equal(first, c.Quads()) {
			t.Fatal("asked twice, a checked file gives other quads or another order")
		}
		if got := lines(first); !slices.Equal(got, want) {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if !slices.Equal(o.Quads(), datatest.Ontology(t, ships...).Quads()) {
			t.Fatal("the ontology gives other quads or another order")
		}
	}
}
