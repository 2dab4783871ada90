package turtle_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"kg/internal/rdf/nquads"
	"kg/internal/rdf/turtle"
)

// sample is Turtle as people write it: prefixes, several objects of a subject, with
// a literal of each sort, a blank node and a list.
func sample(things int) string {
	var b strings.Builder
	b.WriteString("@prefix ex: <https://example.org/thing/> .\n@prefix dct: <http://purl.org/dc/terms/> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n")
	for i := range things {
		fmt.Fprintf(&b, "ex:%06d a ex:Thing ;\n\tdct:created \"2024-01-02T03:04:05Z\"^^xsd:dateTime ;\n", i)
		fmt.Fprintf(&b, "\trdfs:comment \"a longer text, in which\\nlines end and \\\"quotes\\\" stand, é\"@en ;\n\trdfs:label \"thing number %d\" ;\n", i)
		fmt.Fprintf(&b, "\tex:next ex:%06d , <https://example.org/other/%d> ;\n\tex:rank %d , %d.5 ;\n", i+1, i, i, i)
		fmt.Fprintf(&b, "\tex:place [ ex:lat 52.5 ; ex:list ( 1 true ex:a ) ] .\n\n")
	}
	return b.String()
}

func BenchmarkReadTerms(b *testing.B) {
	text := sample(10_000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r := turtle.NewReader(strings.NewReader(text), "x.ttl", nil)
		var terms [4]nquads.Term
		n := 0
		for ; ; n++ {
			if err := r.ReadTerms(&terms); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
		if n != 10_000*17 {
			b.Fatal(n)
		}
	}
}
