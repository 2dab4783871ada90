package term_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
	"kg/internal/rdf/nquads"
)

// literals are some of each sort kg keeps.
var literals = map[string]string{
	"IRI":      `<http://kg.example/person/%d>`,
	"string":   `"Pazequi Oblast %d"`,
	"tagged":   `"Pazequi Oblast %d"@en`,
	"integer":  `"%d"^^<` + xsd + `integer>`,
	"decimal":  `"%d.53"^^<` + xsd + `decimal>`,
	"double":   `"1.%dE3"^^<` + xsd + `double>`,
	"date":     `"2024-02-29"^^<` + xsd + `date>`,
	"dateTime": `"2024-02-29T12:00:00Z"^^<` + xsd + `dateTime>`,
	"typed":    `"%d"^^<http://kg.example/type>`,
}

// sample reads 1000 terms of a sort.
func sample(b testing.TB, format string) (terms []nquads.Term, keys [][]byte) {
	b.Helper()
	var text bytes.Buffer
	for i := range 1000 {
		line := format
		if bytes.Contains([]byte(format), []byte("%d")) {
			line = fmt.Sprintf(format, 7+i*13)
		}
		fmt.Fprintf(&text, "<a:s> <a:p> %s .\n", line)
	}
	var block nquads.Block
	if err := nquads.NewBlocks(&text, "x.nq").Next(&block); err != nil {
		b.Fatal(err)
	}
	var r nquads.Reader
	r.Reset(&block)
	for {
		var quad [4]nquads.Term
		if err := r.ReadTerms(&quad); errors.Is(err, io.EOF) {
			return terms, keys
		} else if err != nil {
			b.Fatal(err)
		}
		terms = append(terms, quad[term.Object])
		keys = append(keys, term.AppendRaw(nil, &quad[term.Object]))
	}
}

// A load makes the key of most terms it reads; that costs no memory, and of a value no
// more than its text.
func TestAppendRawAllocates(t *testing.T) {
	for name, format := range literals {
		terms, _ := sample(t, format)
		dst := make([]byte, 0, 1<<10)
		switch v := terms[len(terms)/2].Value(); v.(type) {
		case quad.IRI, quad.String, quad.TypedString, quad.Int:
			if n := testing.AllocsPerRun(100, func() { dst, _ = term.Append(dst[:0], v) }); n > 1 {
				t.Errorf("the key of a %s's value takes %v allocations", name, n)
			}
		}
		if n := testing.AllocsPerRun(100, func() { dst = term.AppendRaw(dst[:0], &terms[len(terms)/2]) }); n > 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func BenchmarkAppendRaw(b *testing.B) {
	for name, format := range literals {
		b.Run(name, func(b *testing.B) {
			terms, _ := sample(b, format)
			b.ReportAllocs()
			var dst []byte
			for i := 0; b.Loop(); i++ {
				dst = term.AppendRaw(dst[:0], &terms[i%len(terms)])
			}
			b.ReportMetric(float64(len(dst)), "B/key")
		})
	}
}

func BenchmarkValue(b *testing.B) {
	for name, format := range literals {
		b.Run(name, func(b *testing.B) {
			_, keys := sample(b, format)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := term.Value(keys[i%len(keys)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAppendNQuads(b *testing.B) {
	for name, format := range literals {
		b.Run(name, func(b *testing.B) {
			_, keys := sample(b, format)
			b.ReportAllocs()
			var dst []byte
			for i := 0; b.Loop(); i++ {
				var err error
				if dst, err = term.AppendNQuads(dst[:0], keys[i%len(keys)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
