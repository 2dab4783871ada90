package nquads

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// SyntaxError tells where a text leaves the grammar of RDF 1.1 N-Quads.
// The Reader gives it as a *SyntaxError.
type SyntaxError struct {
	File   string // the name given to NewReader
	Line   int    // from 1; LF, CRLF and CR each end a line
	Column int    // from 1, in code points
	Msg    string // "expected ..., found ..."
}

// Error gives the place and the message, as in
//
//	reading quads "x.nq":12:7: expected '.', found the end of the line
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("reading quads %q:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
}

// fail is an error at byte pos of the line, naming the character there.
func (r *Reader) fail(pos int, expected string) error {
	return r.failFound(pos, expected, found(r.cur[pos:]))
}

func (r *Reader) failFound(pos int, expected, found string) error {
	return &SyntaxError{
		File:   r.name,
		Line:   r.line,
		Column: utf8.RuneCount(r.cur[:pos]) + 1,
		Msg:    "expected " + expected + ", found " + found,
	}
}

// found names what stands at the start of rest.
func found(rest []byte) string {
	if len(rest) == 0 {
		return "the end of the line"
	}
	c, size := utf8.DecodeRune(rest)
	if c == utf8.RuneError && size == 1 {
		return fmt.Sprintf("byte 0x%02X", rest[0])
	}
	return nameRune(c)
}

// nameRune gives the code point too where the character alone says little.
func nameRune(c rune) string {
	if c > ' ' && c < utf8.RuneSelf && strconv.IsPrint(c) {
		return strconv.QuoteRune(c)
	}
	return fmt.Sprintf("%s (U+%04X)", strconv.QuoteRune(c), c)
}

// brief quotes a text for a message; a term can be megabytes long.
func brief(b []byte) string {
	const most = 60
	if len(b) <= most {
		return strconv.Quote(string(b))
	}
	return strconv.Quote(string(b[:most])) + "..."
}
