package ftm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"kg/graph"
	"kg/internal/rdf/nquads"
	"kg/internal/testsize"
	"kg/schema"
)

// A number is written with digits alone, as FollowTheMoney and kg read it back: neither
// takes an exponent.
func TestNumbersWritten(t *testing.T) {
	t.Parallel()
	texts := []string{"0", "-3", "12", "0.1", "1200.5", "0.0000001", "100000000.25", "999999999999999.5", "-0.001"}
	for r := rand.New(rand.NewPCG(7, 8)); len(texts) < 1000; {
		texts = append(texts, fmt.Sprintf("%d.%d", r.IntN(1e9), 1+r.IntN(1e5)))
	}
	for _, text := range texts {
		want, err := schema.ParseNumber(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := schema.ParseNumber(textOf(want)); err != nil || got != want {
			t.Errorf("%s is written %q, and read %v (%v)", text, textOf(want), got, err)
		}
	}
}

// Entities become the graph that a text of their quads becomes, to the hash: what of
// them is loaded in parts, by several goroutines, is no other than what can be written.
func TestPartsAsText(t *testing.T) {
	t.Parallel()
	m, r := model(t), rand.New(rand.NewPCG(5, 6))
	var in bytes.Buffer
	for i := range testsize.Of(1500, 3000) { // some parts
		line, err := json.Marshal(random(m, r, i))
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(line, '\n'))
	}
	read := func() *Reader {
		return m.Read(bytes.NewReader(in.Bytes()), Options{Base: schema.DefaultBase, Name: "in"})
	}
	var lines bytes.Buffer
	w := nquads.NewWriter(&lines)
	for _, q := range quadsOf(t, read()) {
		if err := w.Write(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	hash := func(file graph.QuadsFile) string {
		s := graph.Scratch()
		defer s.Close()
		if _, err := s.LoadQuads(t.Context(), []graph.QuadsFile{file}, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
			t.Fatal(err)
		}
		hash, err := s.Hash(t.Context(), graph.ExportOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return hash
	}
	text := hash(graph.QuadsFile{Name: "text", Open: func() (io.ReadCloser, error) { return io.NopCloser(&lines), nil }})
	parts := hash(graph.QuadsFile{Name: "parts", Parts: func() (graph.QuadParts, error) { return read(), nil }})
	if text != parts {
		t.Errorf("the hash of the parts is %s, of their text %s", parts, text)
	}
}
