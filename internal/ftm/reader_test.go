package ftm

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
	"kg/schema"
)

// A table of statements, statements in JSON and entities, nested or not, are the same
// entities.
func TestFormats(t *testing.T) {
	t.Parallel()
	m := model(t)
	const want = `{"id":"a","schema":"Person","properties":{"alias":["Anna\nW."],"name":["Anna Weber","Anna, Weber"]},"datasets":null}
{"id":"s","schema":"Sanction","properties":{"country":["de"],"entity":["a"]}}
`
	for name, in := range map[string]string{
		"plain": `{"id":"a","schema":"Person","properties":{"name":["Anna Weber","Anna, Weber"],"alias":["Anna\nW."]}}
{"id":"s","schema":"Sanction","properties":{"entity":["a"],"country":["de"]}}`,
		"nested": `{"properties":{"sanctions":[{"id":"s","properties":{"country":["de"]},"schema":"Sanction"}],"name":["Anna Weber","Anna, Weber"],"alias":["Anna\nW."]},"id":"a","schema":"Person"}`,
		"nested the other way": `
{"id":"s","schema":"Sanction","properties":{"country":["de"],"entity":[{"id":"a","schema":"Person","properties":{"name":["Anna Weber"]}}]}}
{"id":"a","schema":"Person","properties":{"name":["Anna, Weber"],"alias":["Anna\nW."]}}`,
		"csv": "canonical_id,entity_id,prop,prop_type,schema,value,dataset,lang,original_value,external,first_seen,last_seen,origin,id\n" +
			"a,a,id,,Person,5f3a,one,,,f,,,,x1\na,a1,name,name,LegalEntity,Anna Weber,one,eng,,f,2024-01-01,,lookup,x2\na,a2,name,name,Person,\"Anna, Weber\",two,,Anna,f,,,,x3\na,a,alias,name,Person,\"Anna\nW.\",one,,,f,,,,x4\n" +
			"s,s,entity,entity,Sanction,a,one,,,f,,,,x5\ns,s,country,country,Sanction,de,one,,,f,,,,x6\n",
		"statements": `{"id":"x1","entity_id":"a","canonical_id":"a","prop":"id","schema":"Person","value":"5f","dataset":"one","lang":null,"external":false}
{"id":"x1","entity_id":"a","canonical_id":"a","prop":"name","schema":"Person","value":"Anna Weber","dataset":"one","lang":null,"external":false}
{"id":"x1","entity_id":"a2","canonical_id":"a","prop":"name","schema":"LegalEntity","value":"Anna, Weber","dataset":"two","external":true}
{"id":"x1","entity_id":"a2","canonical_id":"a","prop":"alias","schema":"Person","value":"Anna\nW.","dataset":"two"}
{"entity_id":"s","prop":"entity","schema":"Sanction","value":"a","dataset":"two"}
{"entity_id":"s","prop":"country","schema":"Sanction","value":"de","dataset":"three"}`,
	} {
		var got strings.Builder
		for _, e := range trip(t, m, []byte(in), Options{}) {
			e.Datasets = nil
			e.FirstSeen = ""
			got.WriteString(e.String() + "\n")
		}
		if want := strings.ReplaceAll(want, `,"datasets":null`, ""); got.String() != want {
			t.Errorf("%s:\n%swant\n%s", name, got.String(), want)
		}
	}
}

// Malformed entities are refused at their position, with a suggestion where there is one.
func TestMistakes(t *testing.T) {
	t.Parallel()
	m := model(t)
	const good = `{"id":"a","schema":"Person","properties":{"name":["Ä"]}}` + "\n"
	for in, want := range map[string]string{
		good + `{"id":"ä","schema":"Persn","properties":{}}`:                                `reading entities "in":2:20: the entity "ä" has the unknown schema "Persn" (did you mean "Person"?)`,
		`{"id":"a","schema":"Interval"}`:                                                    `reading entities "in":1:20: the entity "a" has the schema Interval, of which there are no entities`,
		`{"id":"a","schema":"Person"`:                                                       `:1:28: the line ends within an entity`,
		`{"schema":"Person"}`:                                                               `:1:1: an entity needs an id`,
		`{"id":"a"}`:                                                                        `:1:1: the entity "a" needs a schema`,
		`{"id":7,"schema":"Person"}`:                                                        `:1:7: an id is a string, and here stands a number`,
		`{"id":"a","schema":"Person","properties":{"name":"Anna"}}`:                         `: what name has is an array, and here stands a string`,
		`{"id":"a","schema":"Person","properties":{"name":[1]}}`:                            `:1:51: a value is a string, and here stands a number`,
		`{"id":"a","schema":"Person","properties":{"name":["x"],"name":["y"]}}`:             `:1:56: duplicate object member name`,
		`{"id":"a","schema":"Person","properties":{"name":[{"id":"b","schema":"Person"}]}}`: `name of Person leads to no entity, and here stands one`,
		`{"id":"a","schema":"Person"} {}`:                                                   `one entity stands in a line, and another value follows`,
		"{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"\xff\"]}}":         `invalid UTF-8`,
		"[]":                                   `:1:1: an entity is an object, and here stands an array`,
		"entity_id,prop,schema,value,datset\n": `:1: a table of statements has no column "datset" (did you mean "dataset"?)`,
		"entity_id,prop,schema,value,dataset\na,name,Persn,x,d\n":                     `:2: the entity "a" has the unknown schema "Persn"`,
		"entity_id,prop,schema,value,dataset\na,name,Person,x,d\na,name,Vessel,y,d\n": `:3: "a" is of the schema Vessel here and of Person before`,
		"entity_id,prop,schema,value,dataset\na,,Person,x,d\n":                        `:2: a statement needs prop`,
		"entity_id,prop,schema,value,dataset\na,name,Person,\"x\n":                    `extraneous or missing " in quoted-field`,
	} {
		_, _, err := readAll(m.Read(strings.NewReader(in), Options{Base: schema.DefaultBase, Name: "in"}), false)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngot  %v\nwant %s", in, err, want)
		}
		if mistake := new(Error); err != nil && !errors.As(err, &mistake) {
			t.Errorf("%s: %v is no mistake of the text", in, err)
		}
	}
}

// With a reject function, lines that are no entities are put aside, and the others read.
// A property that FollowTheMoney does not have is stored, and reported.
func TestRejects(t *testing.T) {
	t.Parallel()
	m := model(t)
	in := `{"id":"a","schema":"Person","properties":{"nmae":["x","y"],"topics":["sanction"]}}
oops
{"id":"b","schema":"Person","properties":{"name":["B"]}}
`
	r := m.Read(strings.NewReader(in), Options{Base: schema.DefaultBase, Name: "in"})
	_, rejects, err := readAll(r, true)
	if err != nil {
		t.Fatal(err)
	}
	report := r.Report()
	if report.Entities != 2 || len(rejects) != 1 || !strings.HasPrefix(rejects[0], `reading entities "in":2:1:`) || !strings.HasSuffix(rejects[0], "\noops") {
		t.Errorf("%+v, rejected %q", report, rejects)
	}
	want := []Unmapped{{keptKey{"Person", "nmae", true}, 2, ` (did you mean "name"?)`, "1:43"}, {keptKey: keptKey{"Thing", "topics", false}, Count: 1}}
	if !slices.Equal(report.Kept, want) {
		t.Errorf("kept %+v\nwant %+v", report.Kept, want)
	}
}

// Each row of the table that says what a property becomes has a schema whose entities
// have the relation; and every schema has a kind.
func TestTable(t *testing.T) {
	t.Parallel()
	m := model(t)
	rows, err := table("followthemoney-properties.tsv", 7)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		becomes := false
		for _, s := range m.schemata {
			p := s.props[row[1]]
			becomes = becomes || p != nil && p.owner == row[0] && p.how != kept
		}
		if becomes != (row[5] != "") {
			t.Errorf("%s.%s becomes %q, and of entities: %v", row[0], row[1], row[5], becomes)
		}
		if row[3] != "" && m.schemata[row[3]] == nil {
			t.Errorf("%s.%s leads to %s, which is no schema", row[0], row[1], row[3])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.schemata)) {
		if s := m.schemata[name]; s.kind == nil {
			t.Errorf("%s has no kind", name)
		}
	}
}

// Any text is refused with a position, or becomes quads.
func FuzzRead(f *testing.F) {
	m := model(f)
	for _, seed := range []string{
		`{"id":"a","schema":"Person","properties":{"name":["Ä"],"birthDate":["1999-01"],"nationality":["kp"]},"datasets":["x/y"],"caption":{"a":[1]}}`,
		`{"id":"o","schema":"Ownership","properties":{"owner":[{"id":"a","schema":"Person"}],"asset":["b"],"percentage":["5%"],"startDate":["2001"]}}`,
		`{"id":"p","schema":"Payment","properties":{"amount":["1.5"],"currency":["USD"],"sourceUrl":["https://x.org/"],"proof":["d"]}}`,
		"entity_id,prop,schema,value,dataset\na,name,Person,x,d\n", `{"entity_id":"s","prop":"entity","schema":"Sanction","value":"a"}`, "{", "\xef\xbb\xbf{}", `{"id":"\ud800"}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		quads, _, err := readAll(m.Read(strings.NewReader(text), Options{Base: schema.DefaultBase, Name: "in", Dataset: "d"}), false)
		if err != nil {
			if !errors.As(err, new(*Error)) {
				t.Errorf("%v is no mistake of the text", err)
			}
			return
		}
		var lines bytes.Buffer
		w := nquads.NewWriter(&lines)
		for _, q := range quads {
			err = errors.Join(err, w.Write(q))
		}
		err = errors.Join(err, w.Flush())
		var again []quad.Quad
		for q, wrong := range nquads.Each(&lines, "out") {
			again, err = append(again, q), errors.Join(err, wrong)
		}
		if err != nil || len(again) != len(quads) {
			t.Errorf("%q becomes what is no quad: %v", text, err)
		}
	})
}
