package schema_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"kg/internal/datatest"
	"kg/schema"
)

const ferry = "kind: Ferry\nis: A ship that goes to and fro.\nparent: Vessel\n"

// Every lint, with its message and place. Each line of want follows the words
// "reading kind".
// lintTests are files of a user's that are refused, and how.
var lintTests = []struct{ name, file, text, want string }{
	{"no name", "ferry.yaml", "is: A ship.\n",
		`"ferry.yaml": a kind needs a name: kind: Company`},
	{"empty name", "ferry.yaml", "kind:\n",
		"\"ferry.yaml\":1:6: kind is empty\n\"ferry.yaml\":1:6: a kind needs a name: kind: Company"},
	{"name in lower case", "ferry.yaml", "is: A ship.\nkind: ferry\n",
		`"ferry.yaml":2:7: kind "ferry" must be a word such as JointVenture`},
	{"name of two words", "ferry.yaml", "kind: Ferry Boat\n",
		`"ferry.yaml":1:7: kind "Ferry Boat" must be a word such as JointVenture`},
	{"name with a hyphen", "ferry.yaml", "kind: Ferry-Boat\n",
		`"ferry.yaml":1:7: kind "Ferry-Boat" must be a word such as JointVenture`},
	{"name in other letters", "ferry.yaml", "kind: Fähre\n",
		`"ferry.yaml":1:7: kind "Fähre" must be a word such as JointVenture`},
	{"no sentence", "ferry.yaml", "kind: Ferry\n",
		`"ferry.yaml":1:7: kind "Ferry" needs a sentence that says what it is`},
	{"other file", "boat.yaml", ferry,
		`"boat.yaml":1:7: kind "Ferry" belongs in a file named ferry.yaml`},
	{"other file, two words", "ferryboat.yaml", "kind: FerryBoat\nis: A ship.\n",
		`"ferryboat.yaml":1:7: kind "FerryBoat" belongs in a file named ferry-boat.yaml`},
	{"defined twice", "bank.yaml", "kind: Bank\nis: The side of a river.\n",
		`"./bank.yaml":1:7: kind "Bank" is already defined in bank.yaml: a file that gives it more says extends: Bank`},
	{"defined twice, in another file", "shore.yaml", "kind: Bank\nis: The side of a river.\n",
		`"shore.yaml":1:7: kind "Bank" is already defined in bank.yaml: a file that gives it more says extends: Bank`},
	{"unknown field", "ferry.yaml", ferry + "abstrakt: true\n",
		`"ferry.yaml":4:1: unknown field "abstrakt" in a kind (did you mean "abstract"?)`},
	{"abstract", "ferry.yaml", ferry + "abstract: maybe\n",
		`"ferry.yaml":4:11: abstract must be true or false, not "maybe"`},
	{"dangling parent", "ferry.yaml", "kind: Ferry\nis: A ship.\nparent: Vesel\n",
		`"ferry.yaml":3:9: unknown parent "Vesel" (did you mean "Vessel"?)`},
	{"dangling parent unlike any", "ferry.yaml", "kind: Ferry\nis: A ship.\nparent: Zeppelin\n",
		`"ferry.yaml":3:9: unknown parent "Zeppelin"`},
	{"literal for a parent", "ferry.yaml", "kind: Ferry\nis: A ship.\nparent: number\n",
		`"ferry.yaml":3:9: unknown parent "number"`},
	{"its own parent", "ferry.yaml", "kind: Ferry\nis: A ship.\nparent: Ferry\n",
		`"ferry.yaml":3:9: kind Ferry is its own ancestor: Ferry > Ferry`},
	{"code in capitals", "tide.yaml", "kind: Tide\nis: What the sea does.\ncodes:\n  Ebb: It falls.\n",
		`"tide.yaml":4:3: code "Ebb" must be lower-case words with hyphens`},
	{"code without a sentence", "tide.yaml", "kind: Tide\nis: What the sea does.\ncodes: {ebb: , flood: It rises.}\n",
		`"tide.yaml":3:14: code is empty`},
	{"code of another kind", "tide.yaml", "kind: Tide\nis: What the sea does.\ncodes:\n  more: It rises.\n",
		`"tide.yaml":4:3: more and more have the same IRI kgo:more`},

	{"dangling range", "ferry.yaml", ferry + "relations:\n  port: {is: Its port., range: Citty}\n",
		`"ferry.yaml":5:32: unknown range "Citty" (did you mean "City"?)`},
	{"range of no known literal", "ferry.yaml", ferry + "relations:\n  tonnage: {is: Its size., range: numbr}\n",
		`"ferry.yaml":5:35: unknown range "numbr" (did you mean "number"?)`},
	{"no range", "ferry.yaml", ferry + "relations:\n  port: {is: Its port.}\n",
		`"ferry.yaml":5:3: relation "port" needs a range: a kind, or text, number, boolean, day, time or edtf`},
	{"relation without a sentence", "ferry.yaml", ferry + "relations:\n  port: {range: City}\n",
		`"ferry.yaml":5:3: relation "port" needs a sentence that says what it is`},
	{"relation in capitals", "ferry.yaml", ferry + "relations:\n  homePort: {is: Its port., range: City}\n",
		`"ferry.yaml":5:3: relation "homePort" must be lower-case words with hyphens`},
	{"relation with an underscore", "ferry.yaml", ferry + "relations:\n  home_port: {is: Its port., range: City}\n",
		`"ferry.yaml":5:3: relation "home_port" must be lower-case words with hyphens`},
	{"relation defined twice", "ferry.yaml", ferry + "relations:\n  flag: {is: Its flag., range: Country}\n",
		`"ferry.yaml":5:3: relation "flag" is already defined by kind Vessel: define it once, at their common parent, or share it (shares: [flag])`},
	{"relation twice in a file", "ferry.yaml", ferry + "relations:\n  port: {is: Its port., range: City}\n  port: {is: Its port., range: City}\n",
		`"ferry.yaml":6:3: "port" stands twice in relations (first in line 5)`},
	{"unknown field of a relation", "ferry.yaml", ferry + "relations:\n  port: {is: Its port., range: City, requird: true}\n",
		`"ferry.yaml":5:38: unknown field "requird" in relation port (did you mean "required"?)`},
	{"required", "ferry.yaml", ferry + "relations:\n  port: {is: Its port., range: City, required: 1}\n",
		`"ferry.yaml":5:48: required must be true or false, not "1"`},
	{"inverse that is a sentence", "ferry.yaml", ferry + "relations:\n  port: {is: Its port., range: City, inverse: It is the port of.}\n",
		`"ferry.yaml":5:47: inverse "It is the port of." must be words that go between two names, such as: is governed by`},
	{"empty inverse", "ferry.yaml", ferry + "relations:\n  port: {is: Its port., range: City, inverse: }\n",
		`"ferry.yaml":5:47: inverse is empty`},
	{"inverse to a literal", "ferry.yaml", ferry + "relations:\n  route: {is: Its route., range: text, inverse: is the route of}\n",
		`"ferry.yaml":5:49: relation "route" leads to a literal and is not read backwards: leave its inverse out`},
	{"list of relations", "ferry.yaml", ferry + "relations: [port]\n",
		`"ferry.yaml":4:12: relations must be a mapping of names to values, not a list`},

	{"one IRI for two kinds", "ferry.yaml", ferry + "iri: schema:City\n",
		`"ferry.yaml":4:6: Ferry and City have the same IRI schema:City`},
	{"one IRI for two kinds, written out", "ferry.yaml", ferry + "iri: https://schema.org/City\n",
		`"ferry.yaml":4:6: Ferry and City have the same IRI schema:City`},
	{"IRI of a kind that reuses none", "ferry.yaml", ferry + "iri: kgo:Bank\n",
		`"ferry.yaml":4:6: Ferry and Bank have the same IRI kgo:Bank`},
	{"one IRI for two relations", "ferry.yaml", ferry + "relations:\n  port: {is: Its port., range: City, iri: schema:author}\n",
		`"ferry.yaml":5:43: port and author have the same IRI schema:author`},
	{"IRI of a code", "ferry.yaml", ferry + "iri: kgo:done\n",
		`"ferry.yaml":4:6: Ferry and done have the same IRI kgo:done`},
	{"two IRIs for one kind", "ferry.yaml", ferry + "iri: [schema:BoatTrip, kgo:Ferry]\n",
		"\"ferry.yaml\":4:6: iri must be a single value, not a list\n\"ferry.yaml\":4:6: iri: \"\" is no absolute IRI such as https://example.org/x"},
	{"two lines with an IRI", "ferry.yaml", ferry + "iri: schema:BoatTrip\niri: kgo:Ferry\n",
		`"ferry.yaml":5:1: "iri" stands twice in a kind (first in line 4)`},
	{"relative IRI", "ferry.yaml", ferry + "iri: Ferry\n",
		`"ferry.yaml":4:6: iri: "Ferry" is no absolute IRI such as https://example.org/x`},

	{"no YAML", "ferry.yaml", "kind: Ferry\nis: @\n",
		"\"ferry.yaml\": a kind needs a name: kind: Company\n\"ferry.yaml\":2:5: not YAML: a value cannot begin with @: put it in quotes"},
}

func TestOntologyLint(t *testing.T) {
	t.Parallel()
	for _, test := range lintTests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o, err := schema.ReadOntology(datatest.Folder(test.file, test.text))
			want := "reading kind " + strings.ReplaceAll(test.want, "\n", "\nreading kind ")
			if err == nil || err.Error() != want || o != nil {
				t.Errorf("got\n%v\nwant\n%s", err, want)
			}
		})
	}
}

func TestOntologyCycles(t *testing.T) {
	t.Parallel()
	kind := func(name, parent string) string { return "kind: " + name + "\nis: A thing.\nparent: " + parent + "\n" }
	tests := []struct {
		name  string
		files []string
		want  []string
	}{
		{"two", []string{"a.yaml", kind("A", "B"), "b.yaml", kind("B", "A")}, []string{
			`reading kind "a.yaml":3:9: kind A is its own ancestor: A > B > A`,
			`reading kind "b.yaml":3:9: kind B is its own ancestor: B > A > B`,
		}},
		{"four", []string{"a.yaml", kind("A", "B"), "b.yaml", kind("B", "C"), "c.yaml", kind("C", "D"), "d.yaml", kind("D", "A")}, []string{
			`reading kind "a.yaml":3:9: kind A is its own ancestor: A > B > C > D > A`,
			`reading kind "b.yaml":3:9: kind B is its own ancestor: B > C > D > A > B`,
			`reading kind "c.yaml":3:9: kind C is its own ancestor: C > D > A > B > C`,
			`reading kind "d.yaml":3:9: kind D is its own ancestor: D > A > B > C > D`,
		}},
		{"one that leads into a cycle is not blamed", []string{"a.yaml", kind("A", "B"), "b.yaml", kind("B", "C"), "c.yaml", kind("C", "B")}, []string{
			`reading kind "b.yaml":3:9: kind B is its own ancestor: B > C > B`,
			`reading kind "c.yaml":3:9: kind C is its own ancestor: C > B > C`,
		}},
		{"nor one whose parent is its own", []string{"a.yaml", kind("A", "B"), "b.yaml", kind("B", "B")}, []string{
			`reading kind "b.yaml":3:9: kind B is its own ancestor: B > B`,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := schema.ReadOntology(datatest.Folder(test.files...))
			if want := strings.Join(test.want, "\n"); err == nil || err.Error() != want {
				t.Errorf("got\n%v\nwant\n%s", err, want)
			}
		})
	}
}

// All mistakes of all files come at once, those of a user's file of the same
// name as another user's among them.
func TestOntologyMistakesOfAllFiles(t *testing.T) {
	t.Parallel()
	_, err := schema.ReadOntology(
		datatest.Folder("bank.yaml", "kind: Bnak\nis: A bank.\n", "ferry.yaml", ferry+"parents: Vessel\nrelations:\n  port: {range: Haven}\n"),
		datatest.Folder("bank.yaml", "kind: bank\n"),
		datatest.Folder("bank.yaml", "is: A bank.\n"))
	want := `reading kind "./bank.yaml":1:7: kind "Bnak" belongs in a file named bnak.yaml
reading kind "ferry.yaml":4:1: unknown field "parents" in a kind (did you mean "parent"?)
reading kind "ferry.yaml":6:3: relation "port" needs a sentence that says what it is
reading kind "ferry.yaml":6:17: unknown range "Haven"
reading kind "././bank.yaml":1:7: kind "bank" must be a word such as JointVenture
reading kind "./././bank.yaml": a kind needs a name: kind: Company`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestOntologyFolders(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]fstest.MapFS{
		"empty":                  {},
		"no .yaml file":          datatest.Folder("ferry.yml", ferry, "README.md", "Kinds of ships."),
		"files in a folder only": datatest.Folder("ships/ferry.yaml", ferry),
	} {
		if _, err := schema.ReadOntology(f); err == nil || err.Error() != "reading kinds: the folder holds no .yaml file" {
			t.Errorf("%s: got %v", name, err)
		}
	}
	f := datatest.Folder("ferry.yaml", ferry)
	f["boat.yaml"] = &fstest.MapFile{Mode: fs.ModeDir}
	if _, err := schema.ReadOntology(f); err == nil || !strings.HasPrefix(err.Error(), "reading kinds: ") {
		t.Errorf("a directory named boat.yaml: got %v", err)
	}
}

func TestUserKindExtendsEmbedded(t *testing.T) {
	t.Parallel()
	o, err := schema.ReadOntology(
		datatest.Folder("ferry.yaml", ferry+"iri: schema:BoatTrip\nrelations:\n  tonnage: {is: Its size., range: number, required: true}\n  operator: {is: Who runs it., range: Company}\n"),
		datatest.Folder("car-ferry.yaml", "kind: CarFerry\nis: A ferry that carries cars.\nparent: Ferry\n"))
	if err != nil {
		t.Fatal(err)
	}
	ferry, carFerry := o.Kind("Ferry"), o.Kind("CarFerry")
	for _, above := range []string{"CarFerry", "Ferry", "Vessel", "Thing"} {
		if !carFerry.Within(o.Kind(above)) {
			t.Errorf("a car ferry is no %s", above)
		}
	}
	if o.Kind("Vessel").Within(ferry) || carFerry.Within(o.Kind("Agent")) || ferry.Within(carFerry) {
		t.Error("a vessel is a ferry, or a ferry an agent or a car ferry")
	}
	if ferry.IRI != "https://schema.org/BoatTrip" || carFerry.IRI != schema.OntologyIRI+"#CarFerry" {
		t.Errorf("their IRIs are %s and %s", ferry.IRI, carFerry.IRI)
	}
	if len(ferry.Required) != 1 || ferry.Required[0].Name != "tonnage" || len(carFerry.Required) != 0 {
		t.Errorf("a ferry itself must have %v, a car ferry %v", ferry.Required, carFerry.Required)
	}
	for _, r := range o.Relations() {
		switch r.Name {
		case "tonnage":
			if r.Domain != ferry || r.Range != nil || r.Literal != "number" {
				t.Errorf("tonnage is %+v", r)
			}
		case "operator":
			if r.Domain != ferry || r.Range != o.Kind("Company") || r.Literal != "" {
				t.Errorf("operator is %+v", r)
			}
		}
	}
	if len(o.Kinds()) != len(datatest.Ontology(t).Kinds())+2 || len(o.Relations()) != len(datatest.Ontology(t).Relations())+2 {
		t.Errorf("there are %d kinds and %d relations", len(o.Kinds()), len(o.Relations()))
	}
}
