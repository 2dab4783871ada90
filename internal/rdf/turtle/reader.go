package turtle

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"kg/internal/rdf/lex"
	"kg/internal/rdf/nquads"
)

type lexer = lex.Lexer

// Reader reads Turtle or TriG strictly, chunk by chunk: it buffers about the length of
// the longest object with its nested statements, or with WholeStatements the longest
// statement.
type Reader struct {
	lexer

	// TriG reads TriG, of which Turtle is a part.
	TriG bool
	// Labelled refuses triples outside of named graphs.
	Labelled bool
	// Triples selects the treatment of the triple terms of RDF 1.2.
	Triples nquads.Triples
	// WholeStatements gives the triples of a statement when its end was read, so
	// that none of a statement that is at fault is given.
	WholeStatements bool

	window
	prefixes map[string][]byte
	now      readState
	before   readState // at the end of the last complete chunk: the state to which an incomplete one is rolled back
	out      [][4]nquads.Term
	next     int // of out
	err      error
	skipped  []byte
}

// readState is where the Reader stands between two objects.
type readState struct {
	pos       int
	expects   expects
	graph     nquads.Term
	inGraph   bool
	subject   nquads.Term
	predicate nquads.Term
	base      *lex.BaseIRI
	fresh     uint64 // blank nodes without labels so far
	depth     int    // of nesting
}

type expects uint8

const (
	statement expects = iota
	predicate         // behind ';'
	object            // behind ','
)

// NewReader gives a Reader of r. Errors call the text by name. Relative IRIs are
// resolved against base until the text has its own, and refused if it is nil.
func NewReader(r io.Reader, name string, base *lex.BaseIRI) *Reader {
	t := &Reader{prefixes: map[string][]byte{}}
	t.window = window{src: r, size: windowSize, most: longest}
	t.Name, t.FirstLine, t.Whole, t.Base = name, 1, true, base
	t.now.base = base
	return t
}

// ReadTerms reads the next quad into terms: subject, predicate, object and label, whose
// Kind is None in the default graph. Their bytes are valid until the next call. Labelled
// blank nodes keep their labels; others get labels that occur nowhere in the text. It
// returns io.EOF after the last quad. A violation of the grammar of RDF 1.2 Turtle or
// TriG is a *lex.SyntaxError, returned again by every later call, unless Skip clears it.
func (r *Reader) ReadTerms(terms *[4]nquads.Term) error {
	for r.next == len(r.out) {
		if r.err != nil {
			return r.err
		}
		r.out, r.next = r.out[:0], 0
		r.err = r.advance()
	}
	*terms = r.out[r.next]
	r.next++
	return nil
}

// advance reads up to the end of the next complete chunk.
func (r *Reader) advance() error {
	if r.now.expects == statement {
		r.Forget()
	}
	r.now.pos = r.Pos
	r.before = r.now
	for {
		err := r.chunk()
		switch {
		case r.mayGoOn(err): // what was read may be the start of something longer
		case err != nil:
			r.out = r.out[:0]
			return err
		case r.WholeStatements && r.now.expects != statement:
			continue
		default:
			return nil
		}
		r.out = r.out[:0]
		r.now = r.before
		if err := r.more(); err != nil {
			return err
		}
	}
}

// mayGoOn reports whether the chunk or the error reaches so near to the end of the buffer
// that more text may change it.
func (r *Reader) mayGoOn(err error) bool {
	var syntax *lex.SyntaxError
	switch {
	case r.ended:
		return false
	case errors.As(err, &syntax):
		const token = 4 << 10 // longer than the text that an error shows
		return r.Failed+token > len(r.Text)
	case err != nil && !errors.Is(err, io.EOF):
		return false
	}
	// Behind a full stop a number or a name may go on: 1.E+5, x:a..b.
	rest := r.Text[r.Pos:]
	return len(rest) < len("E+5") || len(bytes.Trim(rest, ".")) == 0
}

// more moves the window to the end of the last complete chunk, and reads more of the
// text.
func (r *Reader) more() error {
	for _, t := range [...]*nquads.Term{&r.now.subject, &r.now.predicate} {
		t.Text, t.Type = bytes.Clone(t.Text), bytes.Clone(t.Type)
	}
	r.Forget()
	r.FirstLine, r.FirstColumn = r.Position(r.now.pos)
	r.FirstColumn--
	text, err := r.slide(r.now.pos)
	r.Text, r.Pos, r.now.pos = text, 0, 0
	r.Base = r.now.base
	r.before = r.now
	if err == errTooLong {
		return r.FailFound(len(r.Text), fmt.Sprintf("the end of a statement, or ',' or ';', within %d MiB", longest>>20), "none")
	}
	if err == errNotUTF8 {
		return r.FailFound(len(r.Text), "UTF-8", fmt.Sprintf("byte 0x%02X", r.rest[0]))
	}
	if err != nil {
		return fmt.Errorf("reading quads %q: line %d: %w", r.Name, r.FirstLine, err)
	}
	if r.FirstLine == 1 && r.FirstColumn == 0 && bytes.HasPrefix(r.Text, []byte("\ufeff")) {
		return r.FailFound(0, "UTF-8 without a byte order mark", "U+FEFF")
	}
	return nil
}

// emit gives a quad.
func (r *Reader) emit(s, p, o nquads.Term) error {
	if r.now.graph.Kind == nquads.None && r.Labelled {
		return r.FailFound(r.Pos, "triples in a named graph, of which every quad here needs the label", "some in none")
	}
	q := [4]nquads.Term{s, p, o, r.now.graph}
	if o.Kind == nquads.Triple && r.Triples == nquads.RefuseTriples {
		return r.FailFound(r.Pos, "the terms of RDF 1.1", "a reifier or a triple term, which is RDF 1.2")
	}
	if o.Kind == nquads.Triple && r.Triples == nquads.ClaimTriples {
		claim, wrong := nquads.Claim(&q)
		if wrong != "" {
			return r.FailFound(r.Pos, nquads.ExpectedReifier, wrong)
		}
		r.out = append(r.out, claim)
	}
	r.out = append(r.out, q)
	return nil
}

// Skip lets a Reader that returned a *lex.SyntaxError go on after the statement at fault,
// as far as that can be determined: after the next line that ends in a full stop or, in a
// graph of TriG, in the closing brace. It returns the skipped text. ok is false if
// nothing can be skipped.
func (r *Reader) Skip() (text []byte, ok bool) {
	var syntax *lex.SyntaxError
	if !errors.As(r.err, &syntax) || r.unread != nil || r.Failed < r.before.pos {
		return nil, false
	}
	at := max(r.before.pos, bytes.LastIndexByte(r.Text[:r.Failed], '\n')+1)
	r.now = r.before
	for {
		end, closed := statementEnd(r.Text, at, r.now.inGraph)
		if end < 0 && !r.ended {
			at -= r.now.pos
			if r.more() != nil {
				return nil, false
			}
			continue
		}
		if end < 0 {
			end = len(r.Text)
		}
		r.skipped = append(r.skipped[:0], bytes.TrimSpace(r.Text[r.now.pos:end])...)
		if r.err = nil; closed {
			r.now.inGraph, r.now.graph = false, nquads.Term{}
		}
		r.now.expects, r.now.depth = statement, 0
		r.Pos, r.Base = end, r.now.base
		return r.skipped, true
	}
}

// statementEnd returns the end of the first line, from an offset on, that ends in a full
// stop or else closes a graph; less than 0 if there is none.
func statementEnd(text []byte, at int, inGraph bool) (end int, closed bool) {
	for at < len(text) {
		n := bytes.IndexByte(text[at:], '\n')
		if n < 0 {
			return -1, false
		}
		line := bytes.TrimRight(text[at:at+n], " \t\r")
		at += n + 1
		switch {
		case bytes.HasSuffix(line, []byte(".")):
			return at, false
		case inGraph && bytes.HasSuffix(line, []byte("}")) && !bytes.HasSuffix(line, []byte("|}")):
			return at, true
		}
	}
	return -1, false
}

// validUpTo returns how much of a text is valid UTF-8; cut reports that the rest may be
// the beginning of a character.
func validUpTo(text []byte) (n int, cut bool) {
	if utf8.Valid(text) {
		return len(text), false
	}
	n = lex.InvalidAt(text)
	return n, !utf8.FullRune(text[n:])
}
