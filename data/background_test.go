package data_test

import (
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/data"
	"kg/schema"
)

// Every place that the bundled files name lies in a country: by what they say, or
// by background, which says nothing else and where that can be looked up.
func TestEveryPlaceLiesInACountry(t *testing.T) {
	t.Parallel()
	o := ontology(t)
	article, err := data.Read(articleFile, file(t, articleFile), o, schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	known, err := data.Background(o, schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	kinds, within := map[quad.Value]quad.Value{}, map[quad.Value][]quad.Value{}
	containedIn := schemaTerm(t, o, "within")
	claims, seen := 0, 0
	for _, q := range append(article.Quads(), known.Quads()...) {
		switch {
		case q.Predicate == schema.Type:
			kinds[q.Subject] = q.Object
		case q.Predicate == containedIn:
			within[q.Subject] = append(within[q.Subject], q.Object)
		}
		if strings.HasPrefix(string(q.Label.(quad.IRI)), string(known.SourceIRI())) {
			if q.Label != known.SourceIRI() {
				claims++
				if q.Predicate != containedIn {
					t.Errorf("background says %v, which is no containment", q)
				}
			}
			if see, ok := q.Object.(quad.IRI); q.Predicate == schema.SeeAlso && ok && strings.HasPrefix(string(see), "https://") {
				seen++
			}
		}
	}
	if claims == 0 || seen != claims {
		t.Errorf("%d claims of background, %d with an address", claims, seen)
	}
	places := 0
	for entity, kind := range kinds {
		if _, named := schema.Base(schema.DefaultBase).NamedID(entity.(quad.IRI)); !named || !isPlace(o, kind) {
			continue
		}
		places++
		if !reaches(entity, within, func(v quad.Value) bool { return kinds[v] == quad.Value(o.Kind("Country").IRI) }) {
			t.Errorf("%v lies in no country", entity)
		}
	}
	if places < 10 {
		t.Errorf("only %d places", places)
	}
}

func schemaTerm(t *testing.T, o *schema.Ontology, relation string) quad.IRI {
	t.Helper()
	for _, r := range o.Relations() {
		if r.Name == relation {
			return r.IRI
		}
	}
	t.Fatalf("there is no relation %s", relation)
	return ""
}

func isPlace(o *schema.Ontology, kind quad.Value) bool {
	for _, k := range o.Kinds() {
		if k.IRI == kind {
			return k.Within(o.Kind("Place"))
		}
	}
	return false
}

func reaches(from quad.Value, by map[quad.Value][]quad.Value, there func(quad.Value) bool) bool {
	seen, todo := map[quad.Value]bool{}, []quad.Value{from}
	for ; len(todo) > 0; todo = todo[1:] {
		if there(todo[0]) {
			return true
		}
		if !seen[todo[0]] {
			seen[todo[0]] = true
			todo = append(todo, by[todo[0]]...)
		}
	}
	return false
}
