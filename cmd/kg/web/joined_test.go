package web_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/cmd/kg/web"
)

// The page of an entity names what it is joined to, from either end, and who
// joined it.
func TestJoined(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	other := string(b)
	for old, new := range map[string]string{
		"id: herald-2020-05-04": "id: crier-2021-01-01", "date: 2020-05-04": "date: 2021-01-01",
		"jane-doe: {kind: Person, name: Jane Doe": "jane-doe: {kind: Person, name: J. Doe, also: [Jane Doe]",
		"description: The sale of Blue Line":      "description: How the ferries went, same-as: kg:source/herald-2020-05-04/sale/firm-sale",
		"name: Blue Line, also:":                  "name: Ferries of Harbourtown, also:",
		"[Blue Line Ferries]":                     "[Blue Line]",
	} {
		if strings.Count(other, old) != 1 {
			t.Fatalf("%q stands %d times in the example", old, strings.Count(other, old))
		}
		other = strings.Replace(other, old, new, 1)
	}
	file := filepath.Join(t.TempDir(), "crier.yaml")
	if err := os.WriteFile(file, []byte(other), 0o644); err != nil {
		t.Fatal(err)
	}
	s := web.New(options(t, views(t, exampleFile, file)))
	has(t, get(t, s, "/entity?id=kg:source/herald-2020-05-04/sale/firm-sale", 200), "<h1>The sale of Blue Line</h1>", "The same thing elsewhere",
		`>How the ferries went</a> <span class="kind">Sale</span>: joined by <a href="/entity?id=kg:person/jane-doe" title="kg:person/jane-doe">J. Doe</a> in`)
	has(t, get(t, s, "/entity?id=kg:source/crier-2021-01-01/sale/firm-sale", 200), "<h1>How the ferries went</h1>", ">The sale of Blue Line</a> <span")
	// Each source's lines have its own name of what they speak of.
	has(t, get(t, s, "/claim?id=kg:source/crier-2021-01-01/claim/sold", 200), ">Ferries of Harbourtown</a>")
	has(t, get(t, s, "/claim?id=kg:source/herald-2020-05-04/claim/sold", 200), ">Blue Line</a>")
	body := get(t, s, "/entity?id=kg:company/blue-line", 200)
	has(t, body, "<h1>Blue Line</h1>", "Also: Ferries of Harbourtown, Blue Line Ferries<")
	if strings.Contains(body, "The same thing elsewhere") {
		t.Error("what is joined to nothing says that it is")
	}
}
