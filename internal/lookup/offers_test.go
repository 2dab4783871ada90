package lookup_test

import (
	"slices"
	"strings"
	"testing"

	"kg/internal/lookup"
	"kg/schema"
)

// The words that are valid at a position of a sentence.
func TestOffers(t *testing.T) {
	t.Parallel()
	o := ontology(t)
	known := []lookup.KnownEntity{
		{"ann-lee", "Ann Lee", o.Kind("Person")}, {"blue-line", "Blue Line", o.Kind("Company")}, {"gull", "Gull", o.Kind("Vessel")},
		{"norway", "Norway", o.Kind("Country")}, {"mystery", "Mystery", nil},
	}
	for _, c := range []struct{ before, typed, after, has, hasNot string }{
		{"", "", "", "ann-lee blue-line gull norway mystery", "owns"},
		{"", "lee", "", "ann-lee", "blue-line gull"},
		{"first:", "blu", "", "blue-line", "ann-lee"},
		{"ann-lee", "ow", "", "owns", "bribed frozen"},
		{"ann-lee", "kick", "", "bribed bribes", "owns"},
		{"ann-lee", "", "norway", "", "is-married-to"},
		{"ann-lee", "is-mar", "norway", "", "is-married-to"},
		{"ann-lee", "is-mar", "ann-lee", "is-married-to", ""},
		{"gull", "is-mar", "", "", "is-married-to"},
		{"ann-lee is-married-to", "", "", "ann-lee mystery", "gull norway"},
		{"ann-lee bribed blue-line 20000 EUR,", "pl", "", "planned", "promised"},
		{"ann-lee bribed blue-line in", "", "", "norway", "ann-lee gull"},
		{"ann-lee bribed blue-line status", "", "", "done planned", "ann-lee"},
		{"ann-lee directs blue-line", "a", "", "as", ""},
		{"ann-lee bribed blue-line from", "", "", "", "ann-lee done"},
		{"zzz zzz zzz", "", "", "", "ann-lee"},
	} {
		var got []string
		for _, offer := range lookup.Offers(o, c.before, c.typed, c.after, known) {
			got = append(got, offer.Word)
		}
		for _, word := range strings.Fields(c.has) {
			if !slices.Contains(got, word) {
				t.Errorf("%q + %q + %q offers %q, not %s", c.before, c.typed, c.after, got, word)
			}
		}
		for _, word := range strings.Fields(c.hasNot) {
			if slices.Contains(got, word) {
				t.Errorf("%q + %q + %q offers %s", c.before, c.typed, c.after, word)
			}
		}
	}
	if got := lookup.Kinds(o, "ship"); !slices.ContainsFunc(got, func(f lookup.Offer) bool { return f.Word == "Vessel" }) {
		t.Errorf("ship offers %v", got)
	}
	if got := lookup.Kinds(o, "Per"); len(got) == 0 || got[0].Word != "Person" {
		t.Errorf("Per offers %v", got)
	}
}

// The verbs that are offered for a subject and an object make no sentence of which
// the check says that either is of the wrong kind.
func TestOfferedVerbsFit(t *testing.T) {
	t.Parallel()
	o := ontology(t)
	for _, verb := range o.Verbs() {
		s := o.Verb(verb)
		if s.Object == nil || s.Object.Range == nil || len(s.Object.Range.Codes) > 0 {
			continue
		}
		subject, object := s.Subject.Range, s.Object.Range
		known := []lookup.KnownEntity{{"one", "One", subject}, {"two", "Two", object}, {"far", "Far", other(o, object)}}
		is := func(after string) bool {
			return slices.ContainsFunc(lookup.Offers(o, "one", verb[:len(verb)-1], after, known), func(f lookup.Offer) bool { return f.Word == verb })
		}
		if !is("two") {
			t.Errorf("%s is not offered to %s and %s", verb, subject.Name, object.Name)
		}
		if is("far") && other(o, object) != nil {
			t.Errorf("%s is offered to a %s", verb, other(o, object).Name)
		}
	}
}

func ontology(t *testing.T) *schema.Ontology {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// other is a kind that is not within another; nil if all are.
func other(o *schema.Ontology, than *schema.Kind) *schema.Kind {
	for _, k := range o.Kinds() {
		if !k.Abstract && len(k.Codes) == 0 && !k.Within(than) && k.Within(o.Kind("Thing")) {
			return k
		}
	}
	return nil
}
