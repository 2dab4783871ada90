package nquads

import (
	"bufio"
	"io"

	"github.com/cayleygraph/quad"
)

// bufferSize is large enough that lines beyond it are rare.
const bufferSize = 64 << 10

// Reader reads RDF 1.1 N-Quads (and N-Triples, its subset) strictly.
type Reader struct {
	src  *bufio.Reader
	name string
	err  error // what ended the reading, given again by every later Read

	line int    // number of the current line, from 1
	cur  []byte // the current line without its end
	pos  int    // the next byte of it

	long []byte // holds a line that is longer than the buffer of src
	lex  []byte // holds a literal with escapes, without them
	iri  []byte // holds an IRI with escapes, without them

	// prev is the quad before: its terms are given again where they repeat,
	// which in a sorted file spares most of the memory.
	prev quad.Quad
}

// NewReader gives a Reader of r. Errors call the text by name, the name of
// its file as a rule.
func NewReader(r io.Reader, name string) *Reader {
	return &Reader{
		src:  bufio.NewReaderSize(&lineEnds{src: r}, bufferSize),
		name: name,
	}
}

// Read gives the next quad, and io.EOF after the last one. A quad of the
// default graph has a nil Label. What leaves the grammar of RDF 1.1 N-Quads
// is a *SyntaxError; after any error every Read gives that error again.
func (r *Reader) Read() (quad.Quad, error) {
	for r.err == nil {
		if r.err = r.next(); r.err != nil {
			break
		}
		var q quad.Quad
		var ok bool
		if q, ok, r.err = r.statement(); r.err != nil {
			break
		}
		if ok {
			r.prev = q
			return q, nil
		}
	}
	return quad.Quad{}, r.err
}

// statement reads the current line. It is not ok if the line is blank or
// holds a comment alone.
func (r *Reader) statement() (q quad.Quad, ok bool, err error) {
	if r.atEnd() {
		return q, false, nil
	}
	if q.Subject, err = r.node("a subject (IRI or blank node)", r.prev.Subject); err != nil {
		return q, false, err
	}
	if r.peek() != '<' {
		return q, false, r.fail(r.pos, "a predicate (IRI)")
	}
	if q.Predicate, err = r.node("a predicate", r.prev.Predicate); err != nil {
		return q, false, err
	}
	if r.peek() == '"' {
		q.Object, err = r.literal()
	} else {
		q.Object, err = r.node("an object (IRI, blank node or literal)", r.prev.Object)
	}
	if err != nil {
		return q, false, err
	}
	if q.Label, err = r.label(); err != nil {
		return q, false, err
	}
	r.pos++ // the full stop
	if !r.atEnd() {
		return q, false, r.fail(r.pos, "a comment or the end of the line after '.'")
	}
	return q, true, nil
}

// label reads the graph label, if there is one, and stops at the full stop.
func (r *Reader) label() (quad.Value, error) {
	if r.peek() == '.' {
		return nil, nil
	}
	label, err := r.node("a graph label (IRI or blank node) or '.'", r.prev.Label)
	if err == nil && r.peek() != '.' {
		err = r.fail(r.pos, "'.'")
	}
	return label, err
}

// peek skips white space and gives the byte after it, or 0 at the end of the
// line. A NUL stands in no term's place, so the two need no telling apart.
func (r *Reader) peek() byte {
	for r.pos < len(r.cur) && (r.cur[r.pos] == ' ' || r.cur[r.pos] == '\t') {
		r.pos++
	}
	return r.at(r.pos)
}

func (r *Reader) at(pos int) byte {
	if pos < len(r.cur) {
		return r.cur[pos]
	}
	return 0
}

// atEnd tells whether only white space and a comment are left in the line.
func (r *Reader) atEnd() bool {
	return r.peek() == '#' || r.pos == len(r.cur)
}
