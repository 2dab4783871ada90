package schema_test

import (
	"os"
	"regexp"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/datatest"
	"kg/schema"
)

// described tells for each subject of the ontology's quads which predicates
// it has.
func described(t *testing.T) map[quad.Value]map[quad.Value]bool {
	t.Helper()
	has := map[quad.Value]map[quad.Value]bool{}
	for _, q := range datatest.Ontology(t).Quads() {
		if has[q.Subject] == nil {
			has[q.Subject] = map[quad.Value]bool{}
		}
		has[q.Subject][q.Predicate] = true
	}
	return has
}

// A term of our own that the code names and the ontology does not describe
// would stand in the graph unexplained.
func TestVocabularyIsInTheOntology(t *testing.T) {
	t.Parallel()
	code, err := os.ReadFile("vocabulary.go")
	if err != nil {
		t.Fatal(err)
	}
	more, err := os.ReadFile("identifier.go")
	if err != nil {
		t.Fatal(err)
	}
	code = append(code, more...)
	ours := regexp.MustCompile(`term\("kgo:([^"]+)"\)`).FindAllStringSubmatch(string(code), -1)
	if len(ours) < 20 {
		t.Fatalf("only %d terms found in vocabulary.go: has its notation changed?", len(ours))
	}
	has := described(t)
	for _, m := range ours {
		iri := schema.OntologyIRI + quad.IRI("#"+m[1])
		for _, p := range []quad.IRI{schema.Type, schema.Label, schema.Comment} {
			if !has[iri][p] {
				t.Errorf("vocabulary.go names kgo:%s, which has no %s in the ontology", m[1], schema.Base("").Short(p))
			}
		}
	}
	for _, s := range schema.Stances {
		if !has[s.IRI()][schema.Comment] {
			t.Errorf("the stance %s is not explained in the ontology", s)
		}
	}
}

// What the ontology describes has a label and an explanation, a class or
// relation of its own kind, and nothing twice.
func TestOntologyQuads(t *testing.T) {
	t.Parallel()
	seen := map[quad.Quad]bool{}
	for _, q := range datatest.Ontology(t).Quads() {
		if q.Label != schema.OntologyIRI {
			t.Errorf("%v is labelled %v", q, q.Label)
		}
		if seen[q] {
			t.Errorf("%v stands twice", q)
		}
		seen[q] = true
	}
	for iri, has := range described(t) {
		if !has[schema.Type] || !has[schema.Label] || !has[schema.Comment] {
			t.Errorf("%v lacks a type, label or comment", iri)
		}
	}
	kgo := func(name string) quad.IRI { return schema.OntologyIRI + quad.IRI("#"+name) }
	for _, want := range []struct {
		s, p quad.IRI
		o    quad.Value
	}{
		{kgo("Bank"), schema.Type, schema.Class},
		{kgo("Bank"), schema.SubClassOf, kgo("Company")},
		{kgo("done"), schema.Type, kgo("Status")},
		{kgo("done"), schema.Comment, quad.String("It has happened.")},
		{kgo("status"), schema.Type, schema.Property},
		{kgo("status"), schema.Domain, kgo("Event")},
		{kgo("status"), schema.Range, kgo("Status")},
		{kgo("trade"), schema.Range, quad.IRI("http://www.w3.org/2001/XMLSchema#string")},
		{kgo("earliest"), schema.Range, quad.IRI("http://www.w3.org/2001/XMLSchema#date")},
		{kgo("approximate"), schema.Range, quad.IRI("http://www.w3.org/2001/XMLSchema#boolean")},
		{schema.Value, schema.Range, quad.IRI("https://schema.org/Number")},
	} {
		if !seen[quad.Quad{Subject: want.s, Predicate: want.p, Object: want.o, Label: schema.OntologyIRI}] {
			t.Errorf("missing: %v %v %v", want.s, want.p, want.o)
		}
	}
}
