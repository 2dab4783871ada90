package jsonschema_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"kg/internal/claimsfile"
	"kg/internal/mapping"
	"kg/schema"
)

// validator compiles the schema of claims files, by a library of others.
func validator(t *testing.T, o *schema.Ontology) *jsonschema.Schema {
	t.Helper()
	return compiled(t, claimsfile.JSONSchema(o))
}

func compiled(t *testing.T, s any) *jsonschema.Schema {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(b)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("claims.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("claims.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// instance is a YAML file as an editor takes it: dates are strings (YAML 1.2).
func instance(t *testing.T, file []byte) any {
	t.Helper()
	var n yaml.Node
	if err := yaml.Load(file, &n); err != nil {
		t.Fatal(err)
	}
	return valueOf(n.Content[0])
}

func valueOf(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = valueOf(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, valueOf(c))
		}
		return list
	}
	switch n.Tag {
	case "!!bool":
		return n.Value == "true"
	case "!!int", "!!float":
		if f, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return json.Number(strconv.FormatFloat(f, 'f', -1, 64))
		}
	}
	return n.Value
}

// The schema takes the files that kg takes, those of kg and in every form, and
// refuses words that kg does not know.
func TestJSONSchema(t *testing.T) {
	t.Parallel()
	o := ontology(t)
	s := validator(t, o)
	for _, name := range []string{"donga-2008-04-04.yaml", "background.yaml", "testdata/example.yaml", "testdata/example.draft.yaml"} {
		if err := s.Validate(instance(t, file(t, "../../data/"+name))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	const short = `source: {id: s, title: T, publisher: a, annotator: a, date: 2019, language: en}
entities: {a: Person A, b: {kind: Company, name: B}}
claims:
  - edges: a owns b 40%
    see: https://example.org/
    speaker: [a, b]
    stance: denies
  - edges: [a owns b, {m: {is: Meeting (M), participant: [a, b], status: done}, p: a paid b 5 EUR}]
    at: "words"
`
	if err := s.Validate(instance(t, []byte(short))); err != nil {
		t.Error(err)
	}
	for _, edit := range [][2]string{
		{"language: en", "langauge: en"}, {"language: en", ""}, {"kind: Company", "kind: Compny"}, {"Person A", "Persn A"},
		{"stance: denies", "stance: denys"}, {"status: done", "status: don"}, {"participant:", "participants:"}, {"see:", "seee:"},
		{"is: Meeting (M)", "is: Meating (M)"}, {"edges: a owns b 40%", "edge: a owns b 40%"}, {"edges: a owns b 40%", "edges: [[a]]"},
		{"entities: {a:", "entities: {A b:"}, {"at: \"words\"", "at: {start: 1}"}, {"date: 2019,", "date: [2019],"},
	} {
		if s.Validate(instance(t, []byte(strings.Replace(short, edit[0], edit[1], 1)))) == nil {
			t.Errorf("%q in place of %q is taken", edit[1], edit[0])
		}
	}
}

// A kind of the user's, its relations and codes are in it.
func TestJSONSchemaOfOwnKinds(t *testing.T) {
	t.Parallel()
	o, err := schema.ReadOntology(fstest.MapFS{"crane.yaml": {Data: []byte("kind: Crane\nis: A crane.\nparent: Thing\nrelations: {reach: {is: How far., range: Quantity}}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	const cranes = `source: {id: s, title: T, publisher: a, annotator: a, date: 2019, language: en}
entities: {a: Person A, c: {kind: Crane, name: C}}
claims: {x: {see: 'https://e.org/', edges: {c: {reach: 5 m}}}}
`
	if err := validator(t, o).Validate(instance(t, []byte(cranes))); err != nil {
		t.Error(err)
	}
	if validator(t, ontology(t)).Validate(instance(t, []byte(cranes))) == nil {
		t.Error("a kind is taken that is the user's alone")
	}
}

// The schema of mappings takes the mappings of the manual and of the tests, and none
// with a mistake that it can know.
func TestMappingSchema(t *testing.T) {
	t.Parallel()
	s := compiled(t, mapping.Schema(ontology(t)))
	crews := string(file(t, "../../internal/mapping/testdata/crews.map.yaml"))
	good := []string{crews}
	for part := range strings.SplitSeq(string(file(t, "../../data/../cmd/kg/help/tables.md")), "```yaml ") {
		if _, rest, ok := strings.Cut(part, ".map.yaml\n"); ok {
			mapping, _, _ := strings.Cut(rest, "```")
			good = append(good, mapping)
		}
	}
	for _, mapping := range good {
		if err := s.Validate(instance(t, []byte(mapping))); err != nil {
			t.Error(err)
		}
	}
	for old, new := range map[string]string{"ignore:": "ignroe:", "date: dmy": "date: dym", "split:": "splt:", "{commands: ship}": "{comands: ship}", "kind: Vessel": "knid: Vessel"} {
		if s.Validate(instance(t, []byte(strings.Replace(crews, old, new, 1)))) == nil {
			t.Errorf("%s passes", new)
		}
	}
	if len(good) != 3 {
		t.Errorf("%d mappings", len(good))
	}
}
