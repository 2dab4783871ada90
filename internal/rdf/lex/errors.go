package lex

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// SyntaxError is a violation of the grammar of a format, with its position. Readers
// return it as a *SyntaxError.
type SyntaxError struct {
	File   string // the name of the text
	Line   int    // from 1; LF, CRLF and CR each end a line
	Column int    // from 1, in code points
	Msg    string // "expected ..., found ..."
}

// Position returns the line and the column, from 1.
func (e *SyntaxError) Position() (line, column int) { return e.Line, e.Column }

// Error returns the position and the message, as in
//
//	reading quads "x.nq":12:7: expected '.', found the end of the line
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("reading quads %q:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
}

// Fail is an error at byte pos of the text, naming the character there.
func (l *Lexer) Fail(pos int, expected string) error {
	found := Found(l.Text[pos:])
	if pos == len(l.Text) && l.Whole {
		found = "the end of the text"
	}
	return l.FailFound(pos, expected, found)
}

// FailFound is the same, with a description of the text found there.
func (l *Lexer) FailFound(pos int, expected, found string) error {
	l.Failed = pos
	line, column := l.Position(pos)
	return &SyntaxError{File: l.Name, Line: line, Column: column, Msg: "expected " + expected + ", found " + found}
}

// Position returns the line and the column of byte pos, each from 1.
func (l *Lexer) Position(pos int) (line, column int) {
	lines, last := lineEnds(l.Text[:pos])
	column = utf8.RuneCount(l.Text[last:pos]) + 1
	if lines == 0 {
		column += l.FirstColumn
	}
	return l.FirstLine + lines, column
}

// lineEnds counts the line ends in b, where LF, CRLF and CR each are one, and returns the
// offset after the last. A CR at the very end is not counted: a LF may follow.
func lineEnds(b []byte) (lines, last int) {
	if bytes.IndexByte(b, '\r') < 0 {
		return bytes.Count(b, []byte("\n")), bytes.LastIndexByte(b, '\n') + 1
	}
	for i, c := range b {
		if c == '\n' || c == '\r' && i+1 < len(b) && b[i+1] != '\n' {
			lines, last = lines+1, i+1
		}
	}
	return lines, last
}

// Found names what stands at the start of rest.
func Found(rest []byte) string {
	if len(rest) == 0 {
		return "the end of the line"
	}
	c, size := utf8.DecodeRune(rest)
	if c == utf8.RuneError && size == 1 {
		return fmt.Sprintf("byte 0x%02X", rest[0])
	}
	return NameRune(c)
}

// NameRune names a character, and gives the code point too where the character alone says little.
func NameRune(c rune) string {
	if c > ' ' && c < utf8.RuneSelf && strconv.IsPrint(c) {
		return strconv.QuoteRune(c)
	}
	return fmt.Sprintf("%s (U+%04X)", strconv.QuoteRune(c), c)
}

// Brief quotes a text for a message; a term can be megabytes long.
func Brief(b []byte) string {
	const most = 60
	if len(b) <= most {
		return strconv.Quote(string(b))
	}
	return strconv.Quote(string(b[:most])) + "..."
}
