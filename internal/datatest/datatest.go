// Package datatest has what the tests of data, of its rooms and of claims files begin with.
package datatest

import (
	"os"
	"slices"
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

// Quads are those of a claims file, sorted, as lines of N-Quads.
func Quads(c *schema.Checked) (list []string) {
	for _, q := range c.Quads() {
		list = append(list, q.NQuad())
	}
	slices.Sort(list)
	return list
}
