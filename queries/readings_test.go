package queries_test

import (
	"context"
	"strings"
	"testing"

	"kg/queries"
	"kg/schema"
)

// A relation is read from the cell that stands further left, whichever way the path
// went over the edge; the rows are the same in any case.
func TestReadings(t *testing.T) {
	t.Parallel()
	v, _ := views(t, "donga-2008-04-04.yaml")
	const in, out = `g.V(g.IRI("kg:region/primorsky")).tag("place").in(g.IRI("kgo:governs"), "rel").tag("what").all()`,
		`g.V().tag("what").out(g.IRI("kgo:governs"), "rel").tag("place").is(g.IRI("kg:region/primorsky")).all()`
	for columns, want := range map[string]string{
		"place, rel, what": "Primorsky region|is governed by|Primorsky regional government",
		"what, rel, place": "Primorsky regional government|governs|Primorsky region",
		"what, place, rel": "Primorsky regional government|Primorsky region|governs",
		"place, rel":       "Primorsky region|is governed by",
		"what, rel":        "Primorsky regional government|governs",
		"rel":              "governs",
	} {
		for _, path := range []string{in, out} {
			q, err := queries.Parse("r", "r.js", "/** Who?\n * @columns "+columns+"\n */\n"+path)
			if err != nil {
				t.Fatal(err)
			}
			res, err := q.Run(context.Background(), v, nil)
			if err != nil || len(res.Rows) != 1 {
				t.Fatal(err, res)
			}
			if got := strings.Join(res.Rows[0].Texts(), "|"); got != want+"|The Dong-A Ilbo|asserts|" {
				t.Errorf("%s of %s: got %s, want %s", columns, path, got, want)
			}
		}
	}
}

// What a row did not come through is a term like any other.
func TestRelationAsAThing(t *testing.T) {
	t.Parallel()
	v, _ := views(t, "donga-2008-04-04.yaml")
	q, err := queries.Parse("r", "r.js", "/** Which?\n * @columns rel\n */\n"+`g.V(g.IRI("kgo:works-for")).tag("rel").all()`)
	if err != nil {
		t.Fatal(err)
	}
	res, err := q.Run(context.Background(), v, nil)
	if err != nil || len(res.Rows) != 1 || res.Rows[0].Cells[0].Text != "works-for" || res.Rows[0].Cells[0].Name != "" {
		t.Errorf("%v: %+v", err, res)
	}
}

// An edge of what another source joins to a cell is read from that cell.
func TestReadingOfJoinedThings(t *testing.T) {
	t.Parallel()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	v := viewOf(t, o, told("a", "  nord: {kind: Region, name: Nord}\n", `
  a: {says: S., at: §, edges: {ann: {lives-in: nord}}}
`), told("b", "  north: {kind: Region, name: North, same-as: kg:region/nord}\n  cabinet: {kind: Government, name: Cabinet}\n", `
  a: {says: S., at: §, edges: {cabinet: {governs: north}}}
`))
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"North", "Nord"} {
		found := false
		for _, row := range ask(t, set["regions"], v, []string{"place=" + word}) {
			found = found || row.Cells[2].Text == "is governed by" && row.Cells[3].Text == "Cabinet"
		}
		if !found {
			t.Errorf("%s is not governed by the cabinet", word)
		}
	}
}
