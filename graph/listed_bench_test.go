package graph

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// BenchmarkListed lists the first hundred of a million named entities from a view that
// knows no names yet, with what the page of them counts besides.
func BenchmarkListed(b *testing.B) {
	const count = 1_000_000
	path := filepath.Join(b.TempDir(), "kg.db")
	if kept := os.Getenv("KG_LISTED"); kept != "" {
		path = kept
	}
	if _, err := os.Stat(path); err != nil {
		s, err := Create(path, func(err error) { b.Error(err) })
		if err != nil {
			b.Fatal(err)
		}
		open := func() (io.ReadCloser, error) { return io.NopCloser(manyNamed(count)), nil }
		_, err = s.LoadQuads(b.Context(), []QuadsFile{{Name: "x.nq", Format: NQuads, Open: open}}, LoadOptions{Base: namesBase})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		s, err := Open(path)
		if err != nil {
			b.Fatal(err)
		}
		v := s.View(namesBase)
		first, all, err := v.OfKind(b.Context(), "", 0, 100)
		if err != nil || all != count {
			b.Fatal(all, err)
		}
		for _, iri := range first {
			if _, err := v.DescribeFor(b.Context(), iri, nil); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := v.KindCounts(b.Context()); err != nil {
			b.Fatal(err)
		}
		if _, err := v.Entities(b.Context()); err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}

// manyNamed are the lines of things with a kind and a name of three words.
func manyNamed(count int) io.Reader {
	r, w := io.Pipe()
	go func() {
		var lines strings.Builder
		for i := range count {
			word := func(n int) string { return nameWords[(i/n)%len(nameWords)] }
			iri := quad.IRI(fmt.Sprintf("https://kg.example/person/p%d", i)).String()
			fmt.Fprintf(&lines, "%s %s <https://schema.org/Person> <https://e.x/g> .\n%s %s \"%s %d %s\" <https://e.x/g> .\n", iri, schema.Type.String(), iri, schema.Label.String(), word(1), i*7919%count, word(31))
			if lines.Len() > 1<<20 {
				if _, err := io.WriteString(w, lines.String()); err != nil {
					return
				}
				lines.Reset()
			}
		}
		_, err := io.WriteString(w, lines.String())
		w.CloseWithError(err)
	}()
	return r
}
