package jsonschema_test

import (
	"os"
	"testing"

	"kg/schema"
)

func ontology(t testing.TB) *schema.Ontology {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
