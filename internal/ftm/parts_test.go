package ftm

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"testing"

	"kg/graph"
	"kg/internal/rdf/nquads"
	"kg/internal/testsize"
	"kg/schema"
)

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
