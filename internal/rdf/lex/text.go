package lex

import (
	"bytes"
	"unicode/utf8"
)

// Quoted reads a text in one pair of quotes, which begins here, and returns its content,
// with escapes resolved. It ends on its line.
func (l *Lexer) Quoted() ([]byte, error) {
	start, quote := l.Pos+1, l.Text[l.Pos]
	rest := l.Text[start:]
	end := bytes.IndexByte(rest, quote)
	if end >= 0 && bytes.IndexByte(rest[:end], '\\') < 0 && !(l.Whole && hasLineEnd(rest[:end])) {
		l.Pos = start + end + 1
		return rest[:end], nil
	}
	stops := "\n\r\\" + string(rune(quote))
	from := len(l.clean)
	for i := start; ; {
		n := bytes.IndexAny(l.Text[i:], stops)
		if n < 0 {
			return nil, l.Fail(len(l.Text), quoteName(quote)+" at the end of the literal")
		}
		l.clean = append(l.clean, l.Text[i:i+n]...)
		i += n
		switch l.Text[i] {
		case quote:
			l.Pos = i + 1
			return l.clean[from:], nil
		case '\\':
			var err error
			if i, err = l.escape(i); err != nil {
				return nil, err
			}
		default:
			return nil, l.Fail(i, quoteName(quote)+" at the end of the literal, or three quotes at its start")
		}
	}
}

func hasLineEnd(b []byte) bool {
	return bytes.IndexByte(b, '\n') >= 0 || bytes.IndexByte(b, '\r') >= 0
}

func quoteName(quote byte) string {
	if quote == '"' {
		return `'"'`
	}
	return `"'"`
}

// LongQuoted reads a text between three quotes each, which begins here. It may
// have quotes and line ends in it.
func (l *Lexer) LongQuoted() ([]byte, error) {
	start, quote := l.Pos+3, l.Text[l.Pos]
	stops := "\\" + string(rune(quote))
	from := len(l.clean)
	for i := start; ; {
		n := bytes.IndexAny(l.Text[i:], stops)
		if n < 0 {
			return nil, l.Fail(len(l.Text), "three quotes at the end of the literal")
		}
		l.clean = append(l.clean, l.Text[i:i+n]...)
		i += n
		switch {
		case l.Text[i] == '\\':
			var err error
			if i, err = l.escape(i); err != nil {
				return nil, err
			}
		case l.At(i+1) == quote && l.At(i+2) == quote:
			l.Pos = i + 3
			return l.clean[from:], nil
		default:
			l.clean = append(l.clean, quote)
			i++
		}
	}
}

// escape appends the character of the escape at i (ECHAR or UCHAR) to l.clean, and
// returns the offset after it.
func (l *Lexer) escape(i int) (int, error) {
	c := l.At(i + 1)
	switch c {
	case 't':
		c = '\t'
	case 'b':
		c = '\b'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 'f':
		c = '\f'
	case '"', '\'', '\\':
	case 'u', 'U':
		return l.codePoint(i)
	default:
		return 0, l.Fail(i+1, `one of t b n r f " ' \ u U after '\'`)
	}
	l.clean = append(l.clean, c)
	return i + 2, nil
}

// codePoint appends the character of the UCHAR at i to l.clean, and returns the offset
// after it.
func (l *Lexer) codePoint(i int) (int, error) {
	digits := 0
	switch l.At(i + 1) {
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		return 0, l.Fail(i+1, `u or U after '\'`)
	}
	start := i + len(`\u`)
	var c uint32
	for at := start; at < start+digits; at++ {
		h, ok := hex(l.At(at))
		if !ok {
			return 0, l.Fail(at, "a hexadecimal digit")
		}
		c = c<<4 | h
	}
	end := start + digits
	// The upper bound first: beyond it a conversion to rune could go wrong.
	if c > utf8.MaxRune || !utf8.ValidRune(rune(c)) {
		return 0, l.FailFound(i, "a Unicode character, no surrogate and up to U+10FFFF", string(l.Text[i:end]))
	}
	l.clean = utf8.AppendRune(l.clean, rune(c))
	return end, nil
}

func hex(c byte) (uint32, bool) {
	switch {
	case '0' <= c && c <= '9':
		return uint32(c - '0'), true
	case 'a' <= c && c <= 'f':
		return uint32(c-'a') + 10, true
	case 'A' <= c && c <= 'F':
		return uint32(c-'A') + 10, true
	}
	return 0, false
}

// LanguageTag reads a language tag, which begins here with '@'.
func (l *Lexer) LanguageTag() ([]byte, error) {
	start := l.Pos + len("@")
	n := LangLen(l.Text[start:])
	if n == 0 {
		return nil, l.Fail(start, "a language tag after '@'")
	}
	tag := l.Text[start : start+n]
	if !WellFormed(tag) {
		return nil, l.FailFound(start, "a language tag as BCP 47 has them, such as en or zh-Hant", Brief(tag))
	}
	l.Pos = start + n
	return tag, nil
}
