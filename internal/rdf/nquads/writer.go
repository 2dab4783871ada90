package nquads

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/cayleygraph/quad"
)

// Writer writes quads in the canonical form of N-Quads (RDFC-1.0, appendix
// A), each on a line. It keeps the order it is given and does not sort.
type Writer struct {
	dst  *bufio.Writer
	line []byte
}

// NewWriter gives a Writer to w. It buffers: call Flush at the end.
func NewWriter(w io.Writer) *Writer {
	return &Writer{dst: bufio.NewWriterSize(w, bufferSize)}
}

// Write writes one quad as a line of canonical N-Quads. A quad that cannot
// be written is an error and leaves nothing behind, not even half a line.
func (w *Writer) Write(q quad.Quad) error {
	line, err := AppendQuad(w.line[:0], q)
	if err != nil {
		return err
	}
	w.line = line
	if _, err := w.dst.Write(line); err != nil {
		return fmt.Errorf("writing quads: %w", err)
	}
	return nil
}

// Flush writes what is buffered.
func (w *Writer) Flush() error {
	if err := w.dst.Flush(); err != nil {
		return fmt.Errorf("writing quads: %w", err)
	}
	return nil
}

// AppendQuad appends one line of canonical N-Quads (RDFC-1.0, appendix A) with its line
// feed. A nil label is the default graph. It is an error, and dst comes back as it was,
// if a term is not allowed at its position by RDF 1.1 or cannot be written (see
// AppendTerm), or if the line would be longer than the 16 MiB a Reader takes.
func AppendQuad(dst []byte, q quad.Quad) ([]byte, error) {
	line := dst
	var err error
	for _, term := range [...]struct {
		name  string
		value quad.Value
		allow kinds
	}{
		{"subject", q.Subject, iri | blank},
		{"predicate", q.Predicate, iri},
		{"object", q.Object, iri | blank | literal},
		{"label", q.Label, iri | blank},
	} {
		if term.value == nil && term.name == "label" {
			continue
		}
		if line, err = appendTerm(line, term.value, term.allow); err != nil {
			return dst, fmt.Errorf("writing quad: %s: %w", term.name, err)
		}
		line = append(line, ' ')
	}
	line = append(line, '.')
	if n := len(line) - len(dst); n > maxLine {
		return dst, fmt.Errorf("writing quad: expected a line of at most %d bytes, found %d", maxLine, n)
	}
	return append(line, '\n'), nil
}

// AppendTerm appends one term as canonical N-Quads spell it (RDFC-1.0,
// appendix A). It is an error, and dst comes back as it was, if the value is
// nil or none of the terms of package quad, if an IRI is relative or holds a
// character it must not (RFC 3987, RDF 1.1 N-Quads IRIREF), if a blank node
// label or a language tag leaves the grammar, if a text is not UTF-8, or if
// a time is outside the years 1 to 9999.
func AppendTerm(dst []byte, v quad.Value) ([]byte, error) {
	out, err := appendTerm(dst, v, iri|blank|literal)
	if err != nil {
		return dst, fmt.Errorf("writing term: %w", err)
	}
	return out, nil
}

// kinds is a set of Kinds.
type kinds uint8

const (
	iri     kinds = 1 << IRI
	blank   kinds = 1 << Blank
	literal kinds = 1<<Plain | 1<<Tagged | 1<<Typed
)

// String names the kinds for an error.
func (k kinds) String() string {
	switch k {
	case iri:
		return "an IRI"
	case iri | blank:
		return "an IRI or a blank node"
	}
	return "an IRI, a blank node or a literal"
}

// kindOf returns the kinds a value may be of, 0 if it is no term.
func kindOf(v quad.Value) kinds {
	switch v.(type) {
	case quad.IRI:
		return iri
	case quad.BNode:
		return blank
	case quad.String, quad.LangString, quad.TypedString, quad.Int, quad.Float, quad.Bool, quad.Time:
		return literal
	}
	return 0
}

var errNil = errors.New("expected a term, found nil")

func errNoTerm(v quad.Value) error {
	return fmt.Errorf("expected a term, found a value of type %T", v)
}
