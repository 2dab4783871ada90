package nquads

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"kg/internal/rdf/lex"

	"github.com/cayleygraph/quad"
)

// bufferSize is large enough that lines beyond it are rare.
const bufferSize = 64 << 10

// SyntaxError is a mistake in a text, with its position.
type SyntaxError = lex.SyntaxError

type lexer = lex.Lexer

// Reader reads RDF 1.1 N-Quads (and N-Triples, its subset) strictly, and the parts of RDF
// 1.2 that Triples allows.
type Reader struct {
	// Labelled refuses quads of the default graph, which have no label, as if
	// the grammar did. It may be set before the first read.
	Labelled bool

	// Triples selects the treatment of triple terms. It may be set before the first read.
	Triples Triples

	blocks *Blocks // nil if there is but one block
	block  Block   // the current one, if it came from blocks
	err    error   // the error that ended the reading, returned by every later read

	rest  []byte // of the current block, the lines to come
	valid bool   // rest is known to be UTF-8

	lexer // of the current line, without its end

	// prev is the quad before: its terms are given again where they repeat,
	// which in a sorted file spares most of the memory.
	prev  quad.Quad
	terms [4]Term

	subject []byte  // of the line before, as it is spelt: see repeated
	graph   []byte  // likewise
	object  int     // where that of the last statement begins
	claim   [4]Term // the second quad of the last statement
	pending bool    // it is to be given yet
}

// NewReader gives a Reader of r. Errors call the text by name, the name of
// its file as a rule.
func NewReader(r io.Reader, name string) *Reader {
	return &Reader{blocks: newBlocks(r, name, bufferSize)}
}

// Reset lets the Reader read b from its start, and nothing after it. The zero
// Reader can be Reset. The Reader reads from b's memory: b must not be given to
// Blocks.Next before the reading is over.
func (r *Reader) Reset(b *Block) {
	r.blocks, r.err, r.pending = nil, nil, false
	r.open(b)
}

func (r *Reader) open(b *Block) {
	r.rest, r.FirstLine, r.Name = b.text, b.line-1, b.name
	r.valid = utf8.Valid(b.text)
	r.subject, r.graph = nil, nil
}

// Read returns the next quad, and io.EOF after the last one. A quad of the default graph
// has a nil Label. A violation of the grammar of RDF 1.1 N-Quads is a *SyntaxError; after
// any error every Read returns that error again, unless Skip clears it.
func (r *Reader) Read() (quad.Quad, error) {
	if err := r.ReadTerms(&r.terms); err != nil {
		return quad.Quad{}, err
	}
	r.prev = quad.Quad{
		Subject:   r.terms[0].valueOr(r.prev.Subject),
		Predicate: r.terms[1].valueOr(r.prev.Predicate),
		Object:    r.terms[2].valueOr(r.prev.Object),
		Label:     r.terms[3].valueOr(r.prev.Label),
	}
	return r.prev, nil
}

// ReadTerms reads the next quad into terms: subject, predicate, object and
// label, whose Kind is None in the default graph. Their bytes are good until
// the next call. It gives io.EOF after the last quad; errors are those of
// Read, and leave terms in no useful state.
func (r *Reader) ReadTerms(terms *[4]Term) error {
	if r.pending {
		*terms, r.pending = r.claim, false
		return nil
	}
	for r.err == nil {
		if r.err = r.next(); r.err != nil {
			break
		}
		if r.atEnd() || r.version() {
			continue
		}
		if r.err = r.statement(terms); r.err == nil {
			return nil
		}
	}
	return r.err
}

// Line is the number of the line that the quad last read is on, from 1.
func (r *Reader) Line() int { return r.FirstLine }

// Skip lets a Reader that gave a *SyntaxError go on with the line after. It
// gives the line that was at fault as it stands in the text, without its end
// and good until the next call; of a line beyond the limit it gives the start.
// It is not ok if nothing can be skipped: without an error, at the end of the
// text, and when the source failed.
func (r *Reader) Skip() (line []byte, ok bool) {
	var syntax *lex.SyntaxError
	if !errors.As(r.err, &syntax) {
		return nil, false
	}
	r.err = nil
	return r.Text, true
}

var byteOrderMark = []byte("\ufeff")

// next moves to the next line: r.Text is its text, valid UTF-8 without its
// end, until the next call.
func (r *Reader) next() error {
	for len(r.rest) == 0 {
		if r.blocks == nil {
			return io.EOF
		}
		if err := r.blocks.Next(&r.block); err != nil {
			return err
		}
		r.open(&r.block)
	}
	r.FirstLine++
	r.Pos = 0
	if end := bytes.IndexByte(r.rest, '\n'); end >= 0 {
		r.Text, r.rest = r.rest[:end], r.rest[end+1:]
	} else {
		r.Text, r.rest = r.rest, nil
	}
	switch {
	case len(r.Text) > maxLine:
		return r.FailFound(maxLine, fmt.Sprintf("a line of at most %d bytes", maxLine), "a longer one")
	case r.FirstLine == 1 && bytes.HasPrefix(r.Text, byteOrderMark):
		return r.FailFound(0, "UTF-8 without a byte order mark", "U+FEFF")
	case !r.valid && !utf8.Valid(r.Text):
		return r.Fail(lex.InvalidAt(r.Text), "UTF-8")
	}
	return nil
}
