package schema_test

import (
	"encoding/csv"
	"os"
	"testing"

	"kg/internal/datatest"
)

// Each schema of FollowTheMoney has a home: a kind that entities can be of, where
// the schema's can, and of an edge the relations at its ends. The table is made by
// hand from the two releases that it names, which have 70 and 71 schemata.
func TestFollowTheMoney(t *testing.T) {
	t.Parallel()
	f, err := os.Open("followthemoney.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.Comment = '\t', '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	o, seen := datatest.Ontology(t), map[string]bool{}
	for _, row := range rows[1:] {
		name, kind, ends, note := row[0], o.Kind(row[1]), row[2:4], row[4] // and those that it extends: package internal/ftm
		if seen[name] {
			t.Errorf("%s stands twice", name)
		}
		if seen[name] = true; kind == nil {
			t.Errorf("%s has its home in %s, which is no kind", name, row[1])
			continue
		}
		if kind.Abstract && note == "" {
			t.Errorf("%s has its home in %s, of which no entity is, and no note says why", name, kind.Name)
		}
		for _, end := range ends {
			if rel := o.Relation(end); end != "" && (rel == nil || !rel.Serves(kind)) {
				t.Errorf("%s: %s has no relation %q", name, kind.Name, end)
			}
		}
		if (ends[0] == "") != (ends[1] == "") {
			t.Errorf("%s has one end", name)
		}
	}
	if len(seen) != 73 {
		t.Errorf("the two releases have 73 schemata between them, and the table %d", len(seen))
	}
}
