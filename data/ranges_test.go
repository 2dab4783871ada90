package data_test

import (
	"io/fs"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/schema"
)

// TestRangesAreTrue holds every value of every file that comes with kg against
// the range that the ontology states of its relation.
func TestRangesAreTrue(t *testing.T) {
	t.Parallel()
	o := ontology(t)
	files, err := fs.Glob(data.Bundled, "*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("bundled files: %v, %v", files, err)
	}
	texts := map[string][]byte{"example.yaml": file(t, "testdata/example.yaml")}
	for _, name := range files {
		if texts[name], err = data.Bundled.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	relations := map[quad.Value]*schema.Relation{}
	for _, r := range o.Relations() {
		relations[r.IRI] = r
	}
	ranges := map[quad.Value]quad.IRI{}
	for _, q := range o.Quads() {
		if q.Predicate == schema.Range {
			ranges[q.Subject] = q.Object.(quad.IRI)
		}
	}
	checked := map[string]int{}
	for name, text := range texts {
		doc, err := data.Read(name, text, o, schema.DefaultBase)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range doc.Quads() {
			r := relations[q.Predicate]
			if _, isIRI := q.Object.(quad.IRI); r == nil || r.Range != nil && isIRI {
				continue // kinds of entities are the check's
			}
			checked[r.Literal]++
			if !schema.IRI(ranges[r.IRI]).RangeHas(q.Object) {
				t.Errorf("%s: %v %s %v, and its range is %s", name, q.Subject, r.Name, q.Object, ranges[r.IRI])
			}
		}
	}
	for _, sort := range []string{"text", "number", "boolean", "day", "edtf"} {
		if checked[sort] == 0 {
			t.Errorf("no value of the sort %s was checked: %v", sort, checked)
		}
	}
}
