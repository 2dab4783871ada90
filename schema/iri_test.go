package schema_test

import (
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

var bases = []schema.Base{schema.DefaultBase, "https://data.example.org/kg#", "urn:kg/", "https://schema.org/ours/"}

// What a short form stands for is shortened to it again, for every prefix and
// whatever the base.
func TestExpandAndShortAreInverse(t *testing.T) {
	t.Parallel()
	for _, base := range bases {
		names := map[string]bool{}
		for name, iri := range base.Prefixes() {
			names[name] = true
			for _, rest := range []string{"x", "person/kim-jong-il", "a:b", "김"} {
				short, long := name+":"+rest, quad.IRI(iri+rest)
				for _, form := range []string{short, string(long), "<" + short + ">", "<" + string(long) + ">"} {
					if got, err := base.Expand(form); got != long || err != nil {
						t.Errorf("base %s: %s expands to %s, %v, want %s", base, form, got, err, long)
					}
				}
				if got := base.Short(long); got != short && !(name == "kg" && base == bases[3] && got == "schema:ours/"+rest) {
					t.Errorf("base %s: %s is shortened to %s, want %s", base, long, got, short)
				}
			}
		}
		for _, name := range []string{"kg", "kgo", "rdf", "rdfs", "xsd", "skos", "dcterms", "prov", "org", "oa", "schema", "edtf"} {
			if !names[name] {
				t.Errorf("base %s: there is no prefix %s", base, name)
			}
		}
	}
}

// The vocabulary of the ontology stays where it is when the base moves.
func TestBaseMovesEntitiesOnly(t *testing.T) {
	t.Parallel()
	for short, want := range map[string]quad.IRI{
		"kg:person/x": "https://data.example.org/kg#person/x",
		"kgo:Person":  schema.OntologyIRI + "#Person",
		"schema:name": "https://schema.org/name",
	} {
		if got, err := bases[1].Expand(short); got != want || err != nil {
			t.Errorf("%s is %s, %v, want %s", short, got, err, want)
		}
	}
	for iri, want := range map[quad.IRI]string{
		"https://kg.example/person/x": "https://kg.example/person/x",
		schema.OntologyIRI + "#Bank":  "kgo:Bank",
		schema.OntologyIRI:            string(schema.OntologyIRI),
		"mailto:jane@herald.example":  "mailto:jane@herald.example",
	} {
		if got := bases[1].Short(iri); got != want {
			t.Errorf("%s is shortened to %s, want %s", iri, got, want)
		}
	}
	if got := schema.Base(schema.DefaultBase).Short(schema.OntologyIRI); got != "kg:ontology" {
		t.Errorf("the ontology is shortened to %s", got)
	}
}

func TestCheckIRI(t *testing.T) {
	t.Parallel()
	const relative = " is no absolute IRI such as https://example.org/x"
	tests := []struct{ iri, want string }{
		{"https://kg.example/person/kim-jong-il", ""},
		{"http://example.org", ""},
		{"urn:isbn:0451450523", ""},
		{"mailto:jane@herald.example", ""},
		{"tag:herald.example,2020:x", ""},
		{"https://example.org/김정일?q=ö#ß", ""},
		{"https://example.org/%20x", ""},
		{"HTTPS://EXAMPLE.ORG/", ""},
		{"", `""` + relative},
		{"person/x", `"person/x"` + relative},
		{"/person/x", `"/person/x"` + relative},
		{"//example.org/x", `"//example.org/x"` + relative},
		{"#x", `"#x"` + relative},
		{"https:", `"https:"` + relative},
		{":x", `":x"` + relative},
		{"1a:x", `"1a:x"` + relative},
		{"https://example.org/%zz", `"https://example.org/%zz"` + relative},
		{"https://example.org/a b", "an IRI cannot contain ' '"},
		{"https://example.org/\n", `an IRI cannot contain '\n'`},
		{"https://example.org/\x00", `an IRI cannot contain '\x00'`},
		{"https://example.org/\x7f", `an IRI cannot contain '\x7f'`},
		{"<https://example.org/>", "an IRI cannot contain '<'"},
		{"https://example.org/>", "an IRI cannot contain '>'"},
		{`https://example.org/"`, `an IRI cannot contain '"'`},
		{"https://example.org/{id}", "an IRI cannot contain '{'"},
		{"https://example.org/}", "an IRI cannot contain '}'"},
		{"https://example.org/a|b", "an IRI cannot contain '|'"},
		{"https://example.org/^", "an IRI cannot contain '^'"},
		{"https://example.org/`", "an IRI cannot contain '`'"},
		{`https://example.org/\`, `an IRI cannot contain '\\'`},
		{"https://example.org/\xff", "an IRI cannot contain '\uFFFD'"},
		{"https://example.org/\uFFFD", "an IRI cannot contain '\uFFFD'"},
		{"_:b0", `"_:b0"` + relative},
	}
	for _, test := range tests {
		got := ""
		if err := schema.CheckIRI(test.iri); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%q: got %q, want %q", test.iri, got, test.want)
		}
	}
}

func TestParseBase(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		base schema.Base
		want string
	}{
		{"", schema.DefaultBase, ""},
		{"https://data.example.org/", "https://data.example.org/", ""},
		{"https://data.example.org/kg#", "https://data.example.org/kg#", ""},
		{"https://data.example.org", "", `base "https://data.example.org" must end with / or #`},
		{"data.example.org/", "", `base "data.example.org/": "data.example.org/" is no absolute IRI such as https://example.org/x`},
		{"https://data.example.org/ /", "", `base "https://data.example.org/ /": an IRI cannot contain ' '`},
	}
	for _, test := range tests {
		base, err := schema.ParseBase(test.text)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if base != test.base || got != test.want {
			t.Errorf("%q: got %q and %q, want %q and %q", test.text, base, got, test.base, test.want)
		}
	}
}

func TestNamedID(t *testing.T) {
	t.Parallel()
	for iri, want := range map[quad.IRI]string{
		"https://kg.example/person/kim-jong-il":         "kim-jong-il",
		"https://kg.example/joint-venture/x-1":          "x-1",
		"https://kg.example/source/herald":              "",
		"https://kg.example/source/herald/claim/sold":   "",
		"https://kg.example/source/herald/person/clerk": "",
		"https://kg.example/ontology":                   "",
		"https://other.example/person/kim-jong-il":      "",
	} {
		id, ok := schema.Base(schema.DefaultBase).NamedID(iri)
		if id != want || ok != (want != "") {
			t.Errorf("%s has the id %q, %v, want %q", iri, id, ok, want)
		}
	}
}

func TestShortTerm(t *testing.T) {
	t.Parallel()
	for want, term := range map[string]quad.Value{
		"kg:person/x": quad.IRI("https://kg.example/person/x"),
		`"x"`:         quad.String("x"),
		`"2"^^<http://www.w3.org/2001/XMLSchema#integer>`: quad.TypedString{Value: "2", Type: "http://www.w3.org/2001/XMLSchema#integer"},
	} {
		if got := schema.Base(schema.DefaultBase).ShortTerm(term); got != want {
			t.Errorf("%v is %s, want %s", term, got, want)
		}
	}
}

func FuzzExpand(f *testing.F) {
	for _, seed := range []string{
		"kg:person/kim-jong-il", "kgo:Person", "<https://kg.example/x>", "schema:name", "https://schema.org/", "kg:", "kg", ":", "",
		"<kg:x", "kg:x>", "<<kg:x>>", "kg:kg:x", "kg:../x", "_:b", "rdf:type", "RDF:type", "mailto:a@b", "urn:x", "kg:김", "kg:\xff",
		"kg:a b", "http://[::1", "kg:%zz", "org:", "edtf:EDTF", "https://kg.example/ontology#", "https://kg.example/ontology",
	} {
		f.Add(seed, 0)
		f.Add(seed, 3)
	}
	f.Fuzz(func(t *testing.T, s string, n int) {
		base := bases[uint(n)%uint(len(bases))]
		iri, err := base.Expand(s)
		if err != nil {
			if iri != "" {
				t.Errorf("%q is refused (%v) and expanded to %q", s, err, iri)
			}
			return
		}
		if err := schema.CheckIRI(string(iri)); err != nil {
			t.Errorf("%q expands to %q, which is none: %v", s, iri, err)
		}
		short := base.Short(iri)
		if again, err := base.Expand(short); again != iri || err != nil {
			t.Errorf("%q expands to %q, that is shortened to %q, and that expands to %q, %v", s, iri, short, again, err)
		}
		if len(short) > len(iri) || strings.ContainsAny(short, "<>") {
			t.Errorf("%q is shortened to %q", iri, short)
		}
	})
}
