package schema_test

import (
	"testing"
	"testing/fstest"

	"kg/schema"
)

// Whatever a file of a kind says, it is refused, or makes an ontology whose
// kinds end in a root and whose terms are absolute IRIs.
func FuzzReadOntology(f *testing.F) {
	f.Add([]byte("kind: Ferry\nis: A ship.\nparent: Vessel\nrelations:\n  route: {is: Where it goes., range: text, required: true}\n"))
	f.Add([]byte("kind: Ferry\nis: A ship.\nparent: Ferry\n"))
	f.Add([]byte("kind: Ferry\nis: x\niri: schema:Ferry\ncodes:\n  a: b\n"))
	f.Add([]byte("kind: Ferry\nis: x\nrelations: {a: {is: b, range: Ferry, iri: 'x:y z'}}\n"))
	f.Add([]byte("extends: Payment\nsynonyms: [tip]\nshares: [plate]\nshort: {payer tipped recipient at amount status=done: done}\nrelations: {b: {is: c, range: text}}\n"))
	f.Add([]byte("kind: [Ferry]\nis: {}\ncodes: []\nrelations: 1\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		o, err := schema.ReadOntology(fstest.MapFS{"ferry.yaml": &fstest.MapFile{Data: file}})
		if err != nil {
			return
		}
		for _, k := range o.Kinds() {
			steps := 0
			for p := k; p != nil; p = p.Parent {
				if steps++; steps > 1000 {
					t.Fatalf("kind %s has no root", k.Name)
				}
			}
			if err := schema.CheckIRI(string(k.IRI)); err != nil {
				t.Errorf("kind %s: %v", k.Name, err)
			}
		}
		for _, r := range o.Relations() {
			if err := schema.CheckIRI(string(r.IRI)); err != nil || r.Domain == nil || r.Range == nil && r.Literal == "" {
				t.Errorf("relation %s: %v, %+v", r.Name, err, r)
			}
		}
	})
}
