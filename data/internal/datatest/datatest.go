// Package datatest has what the tests of data and its rooms begin with.
package datatest

import (
	"os"
	"testing"

	"kg/schema"
)

// Ontology is the one that comes with kg.
func Ontology(t testing.TB) *schema.Ontology {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// File is the content of a file.
func File(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
