package ftm

import (
	"bytes"
	"crypto/sha1"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/testsize"
	"kg/schema"
)

// provenanceOf is a random provenance of a statement.
func provenanceOf(r *rand.Rand) map[string]string {
	cells := map[string]string{"dataset": []string{"one", "two"}[r.IntN(2)], "external": "f"}
	for name, list := range map[string][]string{
		"origin": {"", "crawl", "enrich"}, "first_seen": {"", "2021-01-01", "2022-02-02T10:00:00"}, "last_seen": {"2024-01-01", "2025-01-01"},
		"original_value": {"", "AS \"IT\" STOOD"}, "lang": {"", "eng", "rus"}, "entity_id": {"", "before"},
	} {
		cells[name] = list[r.IntN(len(list))]
	}
	if cells["first_seen"] == "" {
		cells["last_seen"] = ""
	}
	if r.IntN(8) == 0 {
		cells["external"] = "t"
	}
	return cells
}

// randomStatements are the rows of random statements about an entity, by the columns.
func randomStatements(m *Model, r *rand.Rand, i int) (rows [][]string) {
	e := random(m, r, i)
	for name, values := range e.Properties {
		p := m.schemata[e.Schema].props[name]
		if p == nil || strings.Contains(fmt.Sprint(values), "\r") {
			continue // the package knows no such property; Go's reader of tables makes one line end of two
		}
		for _, value := range values {
			cells := provenanceOf(r)
			cells["canonical_id"], cells["prop"], cells["prop_type"], cells["schema"], cells["value"] = e.ID, name, p.Type, e.Schema, value
			if cells["entity_id"] == "" {
				cells["entity_id"] = e.ID
			}
			if slices.Contains(unspoken, p.Type) {
				cells["lang"] = ""
			}
			cells["id"] = keyOf(cells)
			row := make([]string, len(columns))
			for at, column := range columns {
				row[at] = cells[column]
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// keyOf is the id of a statement as the package makes it.
func keyOf(cells map[string]string) string {
	key := fmt.Sprintf("%s.%s.%s.%s", cells["dataset"], cells["entity_id"], cells["prop"], cells["value"])
	if cells["lang"] != "" {
		key += "@" + cells["lang"]
	}
	if cells["external"] == "t" {
		key += ".ext"
	}
	sum := sha1.Sum([]byte(key))
	return hex.EncodeToString(sum[:])
}

func tableOf(t *testing.T, rows [][]string) string {
	t.Helper()
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	if err := w.WriteAll(append([][]string{columns}, rows...)); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// Statements that are read are written as they were, each with its own provenance.
func TestStatementsRoundTrip(t *testing.T) {
	t.Parallel()
	m, r := model(t), rand.New(rand.NewPCG(11, 12))
	var rows [][]string
	for i := range testsize.Of(40, 400) {
		rows = append(rows, randomStatements(m, r, i)...)
	}
	in := m.Read(strings.NewReader(tableOf(t, rows)), Options{Base: schema.DefaultBase, Name: "in"})
	var out bytes.Buffer
	w := writeBy(t, m.NewStatementWriter, quadsOf(t, in), &out)
	got, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got = got[1:]
	slices.SortFunc(rows, slices.Compare)
	slices.SortFunc(got, slices.Compare)
	rows = slices.CompactFunc(rows, slices.Equal)
	if len(got) != len(rows) {
		t.Errorf("%d statements came out, and %d went in", len(got), len(rows))
	}
	has := map[string]bool{}
	for _, row := range got {
		has[strings.Join(row, "\x00")] = true
	}
	wrong := 0
	for _, row := range rows {
		if !has[strings.Join(row, "\x00")] && wrong < 5 {
			wrong++
			t.Errorf("lost: %q", row)
		}
		delete(has, strings.Join(row, "\x00"))
	}
	for _, row := range slices.Sorted(maps.Keys(has)) {
		if wrong++; wrong < 10 {
			t.Errorf("new: %q", row)
		}
	}
	for l := range w.Losses {
		t.Errorf("%v: %s is lost", l.Entity, l.What)
		break
	}
}

// The statements of kg's own claims have the source, the claim and the language.
func TestStatementsOfClaims(t *testing.T) {
	t.Parallel()
	m := model(t)
	const base = string(schema.DefaultBase)
	source, claim, ann := quad.IRI(base+"source/paper"), quad.IRI(base+"source/paper/claim/c1"), quad.IRI(base+"person/ann")
	quads := []quad.Quad{
		{Subject: source, Predicate: schema.Type, Object: schema.SourceClass, Label: source},
		{Subject: source, Predicate: schema.Title, Object: quad.String("A paper"), Label: source},
		{Subject: claim, Predicate: schema.Type, Object: schema.ClaimClass, Label: source},
		{Subject: claim, Predicate: schema.FromSource, Object: source, Label: source},
		{Subject: ann, Predicate: schema.Type, Object: personKind(t), Label: claim},
		{Subject: ann, Predicate: schema.Label, Object: quad.String("Ann Lee"), Label: claim},
		{Subject: ann, Predicate: schema.Description, Object: quad.String("two\r\nlines"), Label: claim},
		{Subject: ann, Predicate: schema.AltLabel, Object: quad.LangString{Value: "Анна", Lang: "ru"}, Label: claim},
		{Subject: ann, Predicate: schema.AltLabel, Object: quad.LangString{Value: "Annie", Lang: "en-GB"}, Label: claim},
	}
	var out bytes.Buffer
	w := writeBy(t, m.NewStatementWriter, quads, &out)
	for _, want := range []string{
		"kg.person.ann,kg.person.ann,name,name,Person,Ann Lee,paper,kg:source/paper/claim/c1,,,f,,,",
		"kg.person.ann,kg.person.ann,alias,name,Person,Анна,paper,kg:source/paper/claim/c1,rus,,f,,,",
		"kg.person.ann,kg.person.ann,alias,name,Person,Annie,paper,kg:source/paper/claim/c1,eng,,f,,,",
		"kg.source.paper,kg.source.paper,title,string,Document,A paper,paper,,,,f,,,",
	} {
		if !strings.Contains(out.String(), "\n"+want) {
			t.Errorf("there is no %s in\n%s", want, out.String())
		}
	}
	if n := w.Losses[Lost{ann, "the language or datatype of a text"}]; n != 1 {
		t.Errorf("languages lost: %d, want that of en-GB: %v", n, w.Losses)
	}
	if n := w.Losses[Lost{ann, "a carriage return at the end of a line, which most readers of CSV drop"}]; n != 1 {
		t.Errorf("carriage returns lost: %d, want 1: %v", n, w.Losses)
	}
}

// A table of nothing has its header, which tells a reader what it is.
func TestStatementsOfNothing(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	writeBy(t, model(t).NewStatementWriter, nil, &out)
	if got := strings.TrimSpace(out.String()); got != strings.Join(columns, ",") {
		t.Errorf("statements of an empty graph are %q", got)
	}
}

// A value that two claims state is one value of an entity, and two statements.
func TestSaidTwice(t *testing.T) {
	t.Parallel()
	m, ann := model(t), quad.IRI(schema.DefaultBase)+"person/ann"
	var quads []quad.Quad
	for _, claim := range []quad.IRI{quad.IRI(schema.DefaultBase) + "source/paper/claim/a", quad.IRI(schema.DefaultBase) + "source/paper/claim/b"} {
		quads = append(quads,
			quad.Quad{Subject: ann, Predicate: schema.Type, Object: personKind(t), Label: claim},
			quad.Quad{Subject: ann, Predicate: schema.Label, Object: quad.String("Ann Lee"), Label: claim})
	}
	var entities, statements bytes.Buffer
	writeBy(t, m.NewWriter, quads, &entities)
	writeBy(t, m.NewStatementWriter, quads, &statements)
	if n := strings.Count(entities.String(), "Ann Lee"); n != 1 {
		t.Errorf("the entity has the name %d times:\n%s", n, entities.String())
	}
	if n := strings.Count(statements.String(), ",name,name,Person,Ann Lee,"); n != 2 {
		t.Errorf("%d statements of the name, want 2:\n%s", n, statements.String())
	}
}

func personKind(t *testing.T) quad.IRI {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	return o.Kind("Person").IRI
}
