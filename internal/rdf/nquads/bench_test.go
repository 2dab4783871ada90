package nquads_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"kg/internal/rdf/nquads"
)

// sample is a sorted graph like those kg keeps: a few statements for each
// thing, all in named graphs, with a literal of each sort.
func sample(things int) string {
	var b bytes.Buffer
	for i := range things {
		s := fmt.Sprintf("<https://example.org/thing/%06d>", i)
		g := "<https://example.org/graph/main>"
		fmt.Fprintf(&b, "%s <http://purl.org/dc/terms/created> \"2024-01-02T03:04:05Z\"^^<%sdateTime> %s .\n", s, xsd, g)
		fmt.Fprintf(&b, "%s <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://example.org/Thing> %s .\n", s, g)
		fmt.Fprintf(&b, "%s <http://www.w3.org/2000/01/rdf-schema#comment> \"a longer text, in which\\nlines end and \\\"quotes\\\" stand, é\"@en %s .\n", s, g)
		fmt.Fprintf(&b, "%s <http://www.w3.org/2000/01/rdf-schema#label> \"thing number %d\" %s .\n", s, i, g)
		fmt.Fprintf(&b, "%s <https://example.org/next> <https://example.org/thing/%06d> %s .\n", s, i+1, g)
		fmt.Fprintf(&b, "%s <https://example.org/rank> \"%d\"^^<%sinteger> %s .\n", s, i, xsd, g)
	}
	return b.String()
}

func BenchmarkRead(b *testing.B) {
	text := []byte(sample(1000))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r := nquads.NewReader(bytes.NewReader(text), "x.nq")
		n := 0
		for ; ; n++ {
			if _, err := r.Read(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
		if n != 6000 {
			b.Fatal(n)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	text := sample(1000)
	quads, err := readAll(text)
	if err != nil || writeAll(b, quads) != text {
		b.Fatal("the sample is not canonical", err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		w := nquads.NewWriter(io.Discard)
		for _, q := range quads {
			if err := w.Write(q); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadTerms(b *testing.B) {
	text := []byte(sample(1000))
	var block nquads.Block
	if err := nquads.NewBlocks(bytes.NewReader(text), "x.nq").Next(&block); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var r nquads.Reader
	var terms [4]nquads.Term
	for b.Loop() {
		r.Reset(&block)
		n := 0
		for ; ; n++ {
			if err := r.ReadTerms(&terms); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
		if n != 6000 {
			b.Fatal(n)
		}
	}
}
