package nquads

import (
	"bytes"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// literal reads a literal with its datatype or language tag. As between all
// terminals of the grammar, white space may stand before "^^", "@" and the
// datatype.
func (r *Reader) literal() (quad.Value, error) {
	lex, err := r.quoted()
	if err != nil {
		return nil, err
	}
	switch r.peek() {
	case '^':
		return r.typed(lex)
	case '@':
		start := r.pos + len("@")
		n := langLen(r.cur[start:])
		if n == 0 {
			return nil, r.fail(start, "a language tag after '@'")
		}
		r.pos = start + n
		return quad.LangString{Value: quad.String(lex), Lang: string(r.cur[start:r.pos])}, nil
	}
	return quad.String(lex), nil
}

// typed reads the datatype of a literal.
func (r *Reader) typed(lex []byte) (quad.Value, error) {
	if r.at(r.pos+1) != '^' {
		return nil, r.fail(r.pos+1, "'^^' before a datatype")
	}
	r.pos += len("^^")
	if r.peek() != '<' {
		return nil, r.fail(r.pos, "a datatype (IRI) after '^^'")
	}
	start := r.pos
	datatype, err := r.iriRef()
	if err != nil {
		return nil, err
	}
	if string(datatype) == rdfLangString {
		return nil, r.failFound(start, "a language tag with rdf:langString", "it as a datatype")
	}
	return typedValue(lex, datatype), nil
}

// quoted reads a STRING_LITERAL_QUOTE and gives what stands between the
// quotes, its escapes resolved. The bytes are good until the next call.
func (r *Reader) quoted() ([]byte, error) {
	start := r.pos + len(`"`)
	rest := r.cur[start:]
	end := bytes.IndexByte(rest, '"')
	if end >= 0 && bytes.IndexByte(rest[:end], '\\') < 0 {
		r.pos = start + end + 1
		return rest[:end], nil
	}
	r.lex = r.lex[:0]
	for i := start; ; {
		n := bytes.IndexAny(r.cur[i:], `"\`)
		if n < 0 {
			return nil, r.fail(len(r.cur), `'"' at the end of the literal`)
		}
		r.lex = append(r.lex, r.cur[i:i+n]...)
		i += n
		if r.cur[i] == '"' {
			r.pos = i + 1
			return r.lex, nil
		}
		var err error
		if r.lex, i, err = r.escape(r.lex, i); err != nil {
			return nil, err
		}
	}
}

// escape appends what the escape at i stands for (ECHAR or UCHAR), and gives
// the place after it.
func (r *Reader) escape(dst []byte, i int) ([]byte, int, error) {
	c := r.at(i + 1)
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
		return r.codePoint(dst, i)
	default:
		return nil, 0, r.fail(i+1, `one of t b n r f " ' \ u U after '\'`)
	}
	return append(dst, c), i + 2, nil
}

// codePoint appends the character the UCHAR at i stands for, and gives the
// place after it.
func (r *Reader) codePoint(dst []byte, i int) ([]byte, int, error) {
	digits := 0
	switch r.at(i + 1) {
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		return nil, 0, r.fail(i+1, `u or U after '\'`)
	}
	start := i + len(`\u`)
	var c uint32
	for at := start; at < start+digits; at++ {
		h, ok := hex(r.at(at))
		if !ok {
			return nil, 0, r.fail(at, "a hexadecimal digit")
		}
		c = c<<4 | h
	}
	end := start + digits
	// The upper bound first: beyond it a conversion to rune could go wrong.
	if c > utf8.MaxRune || !utf8.ValidRune(rune(c)) {
		return nil, 0, r.failFound(i, "a Unicode character, no surrogate and up to U+10FFFF", string(r.cur[i:end]))
	}
	return utf8.AppendRune(dst, rune(c)), end, nil
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
