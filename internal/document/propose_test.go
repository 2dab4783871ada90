package document_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/datatest"
	"kg/internal/suggest"
	"kg/internal/testsize"
	"kg/schema"
)

// Common words that kg does not use are answered with the right ones.
func TestSynonymsAreProposed(t *testing.T) {
	t.Parallel()
	o := datatest.Ontology(t, ships...)
	for _, test := range []struct{ old, new, want string }{
		{"kind: Sale,", "kind: Purchase,", `unknown kind "Purchase" (did you mean "Sale"?)`},
		{"kind: Sale,", "kind: Lawsuit,", `unknown kind "Lawsuit" (did you mean "CourtCase"?)`},
		{"kind: Sale,", "kind: court-case,", `unknown kind "court-case" (did you mean "CourtCase"?)`},
		{"kind: Sale,", "kind: director,", `unknown kind "director" (did you mean "Directorship"?)`},
		{"kind: Sale,", "kind: Mortgage,", `unknown kind "Mortgage" (did you mean "Loan"?)`},
		{"kind: Ferry,", "kind: yachts,", `unknown kind "yachts" (did you mean "Vessel"?)`},
		{"kind: Sale,", "kind: IMO,", `unknown kind "IMO": imo is a relation of Vessel (kg kinds Vessel)`},
		{"{item: blue-line", "{owner: blue-line", `owner belongs to kind Ownership, and "sale" is of kind Sale: kg kinds Sale lists its relations`},
		{"{tonnage: 12000", "{imo number: 12000", `unknown relation "imo number" (did you mean "imo"?)`},
		{"{tonnage: 12000", "{director: clerk", `unknown relation "director": Directorship is an event of its own, such as: ann-lee directs tidewater as "the role" (kg kinds Directorship)`},
		{"{item: blue-line", "{borrower: blue-line", `unknown relation "borrower": recipient is a relation of Payment, and this is a Sale (kg kinds Payment)`},
	} {
		_, err := data.Read("x.yaml", []byte(claimsFile(t, test.old, test.new)), o, schema.DefaultBase)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v\nwant %s", test.new, err, test.want)
		}
	}
}

var proposed = regexp.MustCompile(`[A-Za-z-]+`)

// Whatever kind or relation a word is a synonym of, it is answered with that one, or with
// another that it is a synonym of too: used as a kind, as a relation, and as a verb.
// Words spelled alike come after that.
func TestEverySynonymIsAnswered(t *testing.T) {
	t.Parallel()
	o := datatest.Ontology(t)
	words := map[string]bool{}
	for _, k := range o.Kinds() {
		for _, s := range k.Synonyms {
			words[s] = true
		}
	}
	for _, r := range o.Relations() {
		for _, s := range r.Synonyms {
			words[s] = true
		}
	}
	if len(words) < 200 {
		t.Fatalf("only %d synonyms", len(words))
	}
	subjects := []string{"blue-line", "clerk", "no-one"}
	every := testsize.Of(5, 1)
	for i, word := range slices.Sorted(maps.Keys(words)) {
		if i%every != 0 {
			continue
		}
		kinds, relations := suggest.Called(o, word)
		names := map[string]bool{}
		for _, k := range kinds {
			names[k.Name] = true
		}
		for _, r := range relations {
			names[r.Name] = true
		}
		answers := map[string]string{"kind": suggest.Kind(o, word), "relation": suggest.Relation(o, word, nil)}
		for _, k := range []string{"Person", "Company", "Vessel", "Payment", "Status"} {
			answers["relation of "+k] = suggest.Relation(o, word, o.Kind(k))
		}
		id := strings.ReplaceAll(word, " ", "-")
		if o.Verb(id) == nil && o.Relation(id) == nil {
			for _, subject := range testsize.Of(subjects[i%len(subjects):][:1], subjects) {
				_, err := data.Read("x.yaml", []byte(claimsFile(t, "edges:\n      hiring: {", "edges:\n      - "+subject+" "+id+" blue-line\n      - hiring: {", "\n      crews: {size", "\n      - crews: {size")), o, schema.DefaultBase)
				answers["verb of "+subject] = fmt.Sprint(err)
			}
		}
		for as, answer := range answers {
			found := false
			for _, name := range proposed.FindAllString(answer, -1) {
				found = found || names[name]
			}
			if !found {
				t.Errorf("%q as %s: %q, and it means %v", word, as, answer, names)
			}
		}
	}
}

// A file of the user's gives a kind that exists more relations, and one relation serves
// several kinds; its mistakes have their positions.
func TestExtends(t *testing.T) {
	t.Parallel()
	const piers = "extends: Vessel\nsynonyms: [hull]\nshares: [plate]\nshort:\n  seller launched-by item: done\nrelations:\n  pier: {is: Where it lies., range: Place}\n"
	o := datatest.Ontology(t, "piers.yaml", strings.Replace(piers, "short:\n  seller launched-by item: done\n", "", 1),
		"crane.yaml", "kind: Crane\nis: A crane.\nparent: Thing\nshares: [pier, plate]\n")
	for _, test := range []struct {
		kind, relation string
		serves         bool
	}{
		{"Vessel", "pier", true}, {"Crane", "pier", true}, {"Vessel", "plate", true}, {"Vehicle", "plate", true},
		{"Crane", "plate", true}, {"Aircraft", "plate", false}, {"Person", "pier", false},
	} {
		if o.Relation(test.relation).Serves(o.Kind(test.kind)) != test.serves {
			t.Errorf("%s serves %s: not %v", test.relation, test.kind, test.serves)
		}
	}
	if d := o.Relation("pier").Domain; d == nil || d.Name != "Thing" {
		t.Errorf("the domain of pier is %v, not the kind above both", d)
	}
	if kinds, _ := suggest.Called(o, "hull"); len(kinds) != 1 || kinds[0].Name != "Vessel" {
		t.Errorf("hull calls %v", kinds)
	}
	for _, test := range []struct{ file, want string }{
		{piers, `"piers.yaml":5:3: a sentence makes an event, and kind Vessel is none`},
		{strings.Replace(piers, "Vessel", "Vesel", 1), `"piers.yaml":1:10: unknown kind "Vesel" (did you mean "Vessel"?)`},
		{strings.Replace(piers, "[plate]", "[plat]", 1), `"piers.yaml":3:10: unknown relation "plat" (did you mean "plate"?)`},
		{strings.Replace(piers, "[plate]", "[flag]", 1), `"piers.yaml":3:10: kind Vessel has the relation flag already, as a Vessel`},
		{strings.Replace(piers, "pier:", "is:", 1), `"piers.yaml":7:3: "is" declares an entity among its edges: give the relation another name`},
		{"extends: Payment\nshort: {payer paid recipient: done}\n", `"piers.yaml":2:9: verb "paid" makes a Payment already`},
		{"extends: Payment\nshort: {payer tipped waiter: done}\n", `"piers.yaml":2:9: "waiter" is no relation of Payment`},
		{"extends: Payment\nshort: {payer tipped recipient: don}\n", `"piers.yaml":2:33: unknown status "don" (did you mean "done"?)`},
		{"extends: Payment\nshort: {payer tipped recipient in amount: done}\n", `"piers.yaml":2:9: "in" means the same in every sentence: choose another word`},
		{"extends: Payment\nshort: {payer: done}\n", `"piers.yaml":2:9: a sentence is a relation, a verb, and more relations`},
		{"extends: Payment\nparent: Sale\n", `"piers.yaml":2:1: unknown field "parent" in what extends a kind`},
	} {
		if _, err := schema.ReadOntology(datatest.Folder("piers.yaml", test.file)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("got %v\nwant %s", err, test.want)
		}
	}
}
