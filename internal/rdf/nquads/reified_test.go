package nquads_test

import (
	"strings"
	"testing"

	"kg/internal/rdf/nquads"
)

// reify is rdf:reifies, in brackets.
const reify = "<" + nquads.Reifies + ">"

// A reifier is a claim: its triple stands under it, and it is one.
func TestReifierIsAClaim(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`<a:r> ` + reify + ` <<( <a:s> <a:p> "x"@en )>> <a:g> .`: "<a:s> <a:p> \"x\"@en <a:r> .\n" +
			"<a:r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://kg.example/ontology#Claim> <a:g> .\n",
		`_:r ` + reify + `<<(_:s<a:p>_:o)>>.`: "_:s <a:p> _:o _:r .\n" +
			"_:r <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://kg.example/ontology#Claim> .\n",
		"VERSION '1.2' # so\n<a:s> <a:p> <a:o> .": "<a:s> <a:p> <a:o> .\n",
	} {
		r := nquads.NewReader(strings.NewReader(text), "x.nq")
		r.Triples = nquads.ClaimTriples
		quads, _, err := drain(r)
		if got := writeAll(t, quads); err != nil || got != want {
			t.Errorf("%s is read as\n%s%v, not\n%s", text, got, err, want)
		}
	}
}

// Parts of RDF 1.2 that no claim states are refused by name.
func TestRefusedTriples(t *testing.T) {
	t.Parallel()
	const claim = "expected rdf:reifies before a triple term, and in that one plain triple, as a claim has it, found "
	const of12 = ", which is RDF 1.2: of that this reads rdf:reifies with a triple term <<( s p o )>>"
	for text, want := range map[string]string{
		`<a:r> <a:says> <<( <a:s> <a:p> <a:o> )>> .`:                              `1:16: ` + claim + `a triple term behind "a:says"`,
		`<a:r> ` + reify + ` <<( <a:s> <a:p> <<( <a:s> <a:p> <a:o> )>> )>> .`:     `1:60: ` + claim + `a triple term within another`,
		`<a:s> <a:p> "x"@en--ltr .`:                                               `1:19: expected the end of the language tag, found a direction of text` + of12,
		`<<( <a:s> <a:p> <a:o> )>> <a:p> <a:o> .`:                                 `1:1: expected an IRI, found a triple in "<<"` + of12,
		`<a:r> ` + reify + ` <<( <a:s> <a:p> <a:o> >> .`:                          `1:82: expected ")>>" at the end of the triple term, found '>'`,
		`<a:r> ` + reify + ` ` + strings.Repeat("<<( <a:s> <a:p> ", 102) + ` x .`: `1:1644: expected at most 100 triple terms within each other, found one more`,
	} {
		r := nquads.NewReader(strings.NewReader(text), "x.nq")
		r.Triples = nquads.ClaimTriples
		_, rejects, err := drain(r)
		if err != nil || len(rejects) != 1 || !strings.HasSuffix(rejects[0], `reading quads "x.nq":`+want) {
			t.Errorf("%.90s: %q, %v, not %s", text, rejects, err, want)
		}
	}
}
