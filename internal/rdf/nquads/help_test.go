package nquads_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
)

const xsd = "http://www.w3.org/2001/XMLSchema#"

// readAll reads a whole text.
func readAll(text string) ([]quad.Quad, error) {
	r := nquads.NewReader(strings.NewReader(text), "x.nq")
	var quads []quad.Quad
	for {
		q, err := r.Read()
		if errors.Is(err, io.EOF) {
			return quads, nil
		}
		if err != nil {
			return quads, err
		}
		quads = append(quads, q)
	}
}

// writeAll writes quads through a Writer.
func writeAll(t testing.TB, quads []quad.Quad) string {
	t.Helper()
	var buf bytes.Buffer
	w := nquads.NewWriter(&buf)
	for _, q := range quads {
		if err := w.Write(q); err != nil {
			t.Fatalf("writing %#v, which was read: %v", q, err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// checkLaw checks what the package promises of any quads that were read.
func checkLaw(t testing.TB, quads []quad.Quad) string {
	t.Helper()
	text := writeAll(t, quads)
	again, err := readAll(text)
	if err != nil {
		t.Fatalf("reading what was written: %v\n%q", err, text)
	}
	if len(again) != len(quads) {
		t.Fatalf("wrote %d quads, read %d\n%q", len(quads), len(again), text)
	}
	for i := range quads {
		if again[i] != quads[i] {
			t.Fatalf("quad %d: wrote %#v, read %#v", i, quads[i], again[i])
		}
	}
	if lines := strings.FieldsFunc(text, func(c rune) bool { return c == '\n' || c == '\r' }); len(lines) != len(quads) {
		t.Fatalf("%d quads on %d lines\n%q", len(quads), len(lines), text)
	}
	if twice := writeAll(t, again); twice != text {
		t.Fatalf("written twice, differently\n%q\n%q", text, twice)
	}
	return text
}
