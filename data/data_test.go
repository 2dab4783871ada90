package data_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/internal/datatest"
	"kg/internal/document"
	"kg/schema"
)

var ontology, file = datatest.Ontology, datatest.File

// textFile is the path of a file with a text.
func textFile(t testing.TB, text string) string {
	t.Helper()
	return filepath.Join(folderOf(t, map[string]string{"is.txt": text}), "is.txt")
}

// verified holds the passages of a source against the texts at a path; was are paths of
// former texts and drafts.
func verified(t testing.TB, path string, l *schema.Locators, was []string) *data.Verified {
	t.Helper()
	texts, err := data.OpenTexts(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := texts.Formerly(was); err != nil {
		t.Fatal(err)
	}
	list, err := texts.Verify(t.Context(), []schema.Locators{*l}, func(quad.IRI) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return list[0]
}

// articleDoc is what the article's claims file says.
func articleDoc(t testing.TB) *document.Checked {
	t.Helper()
	doc, err := data.Read(articleFile, file(t, articleFile), ontology(t), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// The example is what doc.go promises: complete, and accepted.
func TestExampleLoads(t *testing.T) {
	t.Parallel()
	doc, err := data.Read("example.yaml", file(t, "testdata/example.yaml"), ontology(t), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	if entities, claims := doc.Counts(); entities != 11 || claims != 6 {
		t.Errorf("the example has %d entities and %d claims, not 11 and 6", entities, claims)
	}
}

func TestMistakesHaveTheirPlace(t *testing.T) {
	t.Parallel()
	example := string(file(t, "testdata/example.yaml"))
	tests := []struct{ name, old, new, want string }{
		{"field of the source", "  language: en", "  langauge: en", `:10:3: unknown field "langauge" in source (did you mean "language"?)`},
		{"top field", "entities:\n", "entitys:\n", `:15:1: unknown field "entitys" in a claims file (did you mean "entities"?)`},
		{"field of an entity", "{kind: City, name: Harbourtown}", "{kind: City, nmae: Harbourtown}", `:18:29: unknown field "nmae" in entity harbourtown (did you mean "name"?)`},
		{"kind", "kind: Sale", "kind: Sail", `:25:21: unknown kind "Sail" (did you mean "Sale"?)`},
		{"duplicate entity", "  north-shore: {kind", "  herald: {kind", `:20:3: "herald" stands twice in entities (first in line 16)`},
		{"duplicate claim", "\n  buyer:\n", "\n  sold:\n", `:38:3: "sold" stands twice in claims (first in line 29)`},
		{"range", "min: 2, max: 3,", "min: 3, max: 2,", `: the range from 3 to 2 is the wrong way round`},
		{"quantity field", "approximate: true, printed: some", "aproximate: true, printed: some", `unknown field "aproximate" in a quantity (did you mean "approximate"?)`},
		{"boolean", "per: ship, approximate: true", "per: ship, approximate: yes", `approximate must be true or false, not "yes"`},
		{"date", "edtf: 2020-04,", "edtf: 2020-4,", `"2020-4"`},
		{"list for a mapping", "      blue-line: {located-in", "      blue-line: {{located-in", `not YAML`},
		{"start", "at: 1:49-112 2c002ca679f21163dd486648d7c1f9b43722672ee4abcb5dd61ba360166b8b16", "at: {paragraph: 1, start: 4x9, end: 112, sha256: aa}", `:31:31: start must be a whole number, not "4x9"`},
		{"empty value", "language: en", "language:", `language is empty`},
	}
	o := ontology(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if strings.Count(example, test.old) != 1 {
				t.Fatalf("%q is %d times in the example", test.old, strings.Count(example, test.old))
			}
			broken := strings.Replace(example, test.old, test.new, 1)
			_, err := data.Read("x.yaml", []byte(broken), o, schema.DefaultBase)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), `reading claims "x.yaml"`) {
				t.Errorf("got %v\nwant %s", err, test.want)
			}
		})
	}
}

// A file that is no claims file is told so once, not with all that follows.
func TestNoClaimsFile(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"":        `reading claims "x.yaml": the file is empty`,
		"a: [":    `not YAML`,
		"- x\n":   `reading claims "x.yaml":1:1: a claims file must be a mapping of names to values, not a list`,
		"base: x": `reading claims "x.yaml":1:1: claims is missing in a claims file`,
		"source: {id: x}\nentities: {}\nclaims: {}": `reading claims "x.yaml":1:1: the file has no entities, not even a publisher`,
	} {
		_, err := data.Read("x.yaml", []byte(file), ontology(t), schema.DefaultBase)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v\nwant %s", file, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(file(f, "testdata/example.yaml"))
	f.Add(file(f, "testdata/example.draft.yaml"))
	f.Add([]byte("source: {id: x}\nclaims: {a: {at: [1], edges: {b: {c: [{of: {of: {of: 1}}}]}}}}"))
	f.Add([]byte("entities: {a: {kind: Thing}}\nskipped: [{at: x}]"))
	f.Add([]byte("- - {}\n"))
	f.Add([]byte(shortFile))
	o := ontology(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		doc, err := data.Read("x.yaml", b, o, schema.DefaultBase)
		if err != nil {
			return
		}
		for _, q := range doc.Quads() {
			if q.Label == nil {
				t.Errorf("%v has no label", q)
			}
		}
	})
}
