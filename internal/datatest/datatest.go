// Package datatest provides fixtures for the tests of data, the packages below it, and
// claims files.
package datatest

import (
	"io/fs"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"kg/internal/document"
	"kg/schema"
)

// Ontology is the one that comes with kg, with kinds in more files: names and texts in
// turn.
func Ontology(t testing.TB, namesAndTexts ...string) *schema.Ontology {
	t.Helper()
	var more []fs.FS
	if len(namesAndTexts) > 0 {
		more = append(more, Folder(namesAndTexts...))
	}
	o, err := schema.ReadOntology(more...)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// Folder is a user's folder of kinds: file names and their texts, in turn.
func Folder(namesAndTexts ...string) fstest.MapFS {
	f := fstest.MapFS{}
	for i := 0; i < len(namesAndTexts); i += 2 {
		f[namesAndTexts[i]] = &fstest.MapFile{Data: []byte(namesAndTexts[i+1])}
	}
	return f
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
func Quads(c *document.Checked) (list []string) {
	for _, q := range c.Quads() {
		list = append(list, q.NQuad())
	}
	slices.Sort(list)
	return list
}
