package schema_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/datatest"
	"kg/schema"
)

// sentence is what explains a kind, relation or code.
var sentence = regexp.MustCompile(`^\p{Lu}.* .*[\pL\pN)]\.$`)

func TestEmbeddedOntologyIsExplained(t *testing.T) {
	t.Parallel()
	o := datatest.Ontology(t)
	for _, k := range o.Kinds() {
		if !sentence.MatchString(k.Is) {
			t.Errorf("kind %s is %q, which is no sentence", k.Name, k.Is)
		}
		for _, c := range k.Codes {
			if !sentence.MatchString(c.Is) {
				t.Errorf("code %s of %s is %q, which is no sentence", c.Name, k.Name, c.Is)
			}
		}
	}
	for _, r := range o.Relations() {
		if !sentence.MatchString(r.Is) {
			t.Errorf("relation %s is %q, which is no sentence", r.Name, r.Is)
		}
	}
}

// Every embedded relation that leads to an entity says in words how it is read
// from there.
func TestEmbeddedRelationsAreReadBackwards(t *testing.T) {
	t.Parallel()
	for _, r := range datatest.Ontology(t).Relations() {
		switch {
		case r.Range == nil && r.Inverse != "":
			t.Errorf("relation %s leads to a literal and is read backwards as %q", r.Name, r.Inverse)
		case r.Range != nil && (r.Inverse == "" || r.Inverse == schema.InverseOf(strings.ReplaceAll(r.Name, "-", " "))):
			t.Errorf("relation %s has no inverse of its own", r.Name)
		}
	}
}

func TestInverses(t *testing.T) {
	t.Parallel()
	o := datatest.Ontology(t, "ferry.yaml", ferry+`relations:
  home-port: {is: Its port., range: City}
  operator: {is: Who runs it., range: Organisation, inverse: 운항하다}
  route: {is: Where it goes., range: text}
`)
	want := map[string]string{"home-port": "is home port of", "operator": "운항하다", "route": "", "governs": "is governed by"}
	has := map[quad.Value]string{}
	for _, q := range o.Quads() {
		if q.Predicate == schema.InverseLabel {
			has[q.Subject] = string(q.Object.(quad.String))
		}
	}
	for _, r := range o.Relations() {
		if words, ok := want[r.Name]; ok && r.Inverse != words {
			t.Errorf("%s is read backwards as %q, not %q", r.Name, r.Inverse, words)
		}
		if has[r.IRI] != r.Inverse {
			t.Errorf("%s has the label %q for its way back, not %q", r.Name, has[r.IRI], r.Inverse)
		}
	}
}

func TestEmbeddedOntologyHangsTogether(t *testing.T) {
	t.Parallel()
	o := datatest.Ontology(t)
	roots := map[string]bool{}
	for _, k := range o.Kinds() {
		if o.Kind(k.Name) != k {
			t.Errorf("kind %s is not found under its name", k.Name)
		}
		root := k
		for root.Parent != nil {
			root = root.Parent
		}
		if len(k.Codes) == 0 {
			roots[root.Name] = true
		} else if root != k || !k.Abstract {
			t.Errorf("%s is a list of codes, and has a parent or entities", k.Name)
		}
		if err := schema.CheckIRI(string(k.IRI)); err != nil {
			t.Errorf("kind %s: %v", k.Name, err)
		}
	}
	if len(roots) != 2 || !roots["Thing"] || !roots["Record"] {
		t.Errorf("the kinds have the roots %v, not Thing and Record", roots)
	}
	literals := []string{"text", "number", "boolean", "day", "time", "edtf", "literal"}
	for _, r := range o.Relations() {
		if (r.Range == nil) != slices.Contains(literals, r.Literal) {
			t.Errorf("relation %s leads to %v and to the literal %q", r.Name, r.Range, r.Literal)
		}
		if err := schema.CheckIRI(string(r.IRI)); err != nil {
			t.Errorf("relation %s: %v", r.Name, err)
		}
	}
	if o.Kind("Weather") != nil {
		t.Error("an unknown name has a kind")
	}
}

func TestKindsAndRelationsAreSorted(t *testing.T) {
	t.Parallel()
	o := datatest.Ontology(t)
	var kinds, relations []string
	for _, k := range o.Kinds() {
		kinds = append(kinds, k.Name)
	}
	for _, r := range o.Relations() {
		relations = append(relations, r.Name)
	}
	if len(kinds) < 2 || !slices.IsSorted(kinds) || len(relations) < 2 || !slices.IsSorted(relations) {
		t.Errorf("not in the order of their names: %v, %v", kinds, relations)
	}
}

func TestWithin(t *testing.T) {
	t.Parallel()
	o := datatest.Ontology(t)
	tests := []struct {
		kind, other string
		want        bool
	}{
		{"Bank", "Bank", true},
		{"Bank", "Company", true},
		{"Bank", "Agent", true},
		{"Bank", "Thing", true},
		{"Company", "Bank", false},
		{"Bank", "Person", false},
		{"Claim", "Thing", false},
		{"Claim", "Record", true},
	}
	for _, test := range tests {
		if got := o.Kind(test.kind).Within(o.Kind(test.other)); got != test.want {
			t.Errorf("%s within %s is %v", test.kind, test.other, got)
		}
	}
	if (*schema.Kind)(nil).Within(o.Kind("Thing")) {
		t.Error("no kind is within Thing")
	}
}

func TestStancesMatchTheirKind(t *testing.T) {
	t.Parallel()
	codes := datatest.Ontology(t).Kind("Stance").Codes
	if len(codes) != len(schema.Stances) {
		t.Fatalf("%d codes and %d stances", len(codes), len(schema.Stances))
	}
	for i, c := range codes {
		if s := schema.Stances[i]; c.Name != string(s) || c.IRI != s.IRI() {
			t.Errorf("code %d is %s %s, and the stance %s %s", i+1, c.Name, c.IRI, s, s.IRI())
		}
	}
}
