package graph

import (
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/rdf/jsonld"
	"kg/graph/internal/rdf/nquads"
	"kg/graph/internal/rdf/turtle"
	"kg/schema"
)

// SyntaxError is a mistake in N-Quads, with its position.
type SyntaxError = nquads.SyntaxError

// AppendTerm appends a term in the canonical form of N-Quads. A value that no
// graph holds is an error.
func AppendTerm(dst []byte, v quad.Value) ([]byte, error) { return nquads.AppendTerm(dst, v) }

// ReadQuads ranges over the statements of N-Quads, up to the first mistake, a
// *SyntaxError that names the input by name.
func ReadQuads(r io.Reader, name string) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for quads := nquads.NewReader(r, name); ; {
			q, err := quads.Read()
			if err == io.EOF || !yield(q, err) || err != nil {
				return
			}
		}
	}
}

// NewQuadWriter gives a writer of canonical N-Quads to w, in the order given.
// It buffers: call Flush at the end.
func NewQuadWriter(w io.Writer) *nquads.Writer { return nquads.NewWriter(w) }

// WriteQuads writes quads as canonical N-Quads (nq), Turtle (ttl) or JSON-LD
// (jsonld). The latter two leave out graph labels and shorten IRIs by base.
func WriteQuads(w io.Writer, format string, quads []quad.Quad, base schema.Base) error {
	switch format {
	case "nq":
		return writeNQuads(w, quads)
	case "ttl":
		return turtle.Write(w, quads, base.Prefixes())
	case "jsonld":
		return jsonld.Write(w, quads, base.Prefixes())
	}
	return fmt.Errorf("no writer for the format %s", format)
}

func writeNQuads(w io.Writer, quads []quad.Quad) error {
	var lines []string
	for _, q := range quads {
		line, err := nquads.AppendQuad(nil, q)
		if err != nil {
			return err
		}
		lines = append(lines, string(line))
	}
	slices.Sort(lines)
	for _, line := range slices.Compact(lines) {
		if _, err := io.WriteString(w, line); err != nil {
			return err
		}
	}
	return nil
}
