package nquads

import (
	"bytes"
	"unicode/utf8"
)

// literal reads a literal with its datatype or language tag. As between all
// terminals of the grammar, white space may stand before "^^", "@" and the
// datatype.
func (r *Reader) literal(t *Term) error {
	text, err := r.quoted()
	if err != nil {
		return err
	}
	*t = Term{Kind: Plain, Text: text}
	switch r.peek() {
	case '^':
		return r.typed(t)
	case '@':
		start := r.pos + len("@")
		n := langLen(r.cur[start:])
		if n == 0 {
			return r.fail(start, "a language tag after '@'")
		}
		if tag := r.cur[start : start+n]; !wellFormed(tag) {
			return r.failFound(start, "a language tag as BCP 47 has them, such as en or zh-Hant", brief(tag))
		}
		r.pos = start + n
		t.Kind, t.Type = Tagged, r.cur[start:r.pos]
		return r.failTag()
	}
	return nil
}

// typed reads the datatype of a literal.
func (r *Reader) typed(t *Term) error {
	if r.at(r.pos+1) != '^' {
		return r.fail(r.pos+1, "'^^' before a datatype")
	}
	r.pos += len("^^")
	if r.peek() != '<' {
		return r.failTerm("a datatype (IRI) after '^^'")
	}
	start := r.pos
	var datatype Term
	if err := r.iriRef(&datatype); err != nil {
		return err
	}
	switch string(datatype.Text) {
	case xsdString:
		return nil
	case rdfLangString:
		return r.failFound(start, "a language tag with rdf:langString", "it as a datatype")
	}
	t.Kind, t.Type = Typed, datatype.Text
	return nil
}

// quoted reads a STRING_LITERAL_QUOTE and gives what stands between the
// quotes, its escapes resolved.
func (r *Reader) quoted() ([]byte, error) {
	start := r.pos + len(`"`)
	rest := r.cur[start:]
	end := bytes.IndexByte(rest, '"')
	if end >= 0 && bytes.IndexByte(rest[:end], '\\') < 0 {
		r.pos = start + end + 1
		return rest[:end], nil
	}
	from := len(r.clean)
	for i := start; ; {
		n := bytes.IndexAny(r.cur[i:], `"\`)
		if n < 0 {
			return nil, r.fail(len(r.cur), `'"' at the end of the literal`)
		}
		r.clean = append(r.clean, r.cur[i:i+n]...)
		i += n
		if r.cur[i] == '"' {
			r.pos = i + 1
			return r.clean[from:], nil
		}
		var err error
		if i, err = r.escape(i); err != nil {
			return nil, err
		}
	}
}

// escape appends what the escape at i stands for (ECHAR or UCHAR) to r.clean,
// and gives the place after it.
func (r *Reader) escape(i int) (int, error) {
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
		return r.codePoint(i)
	default:
		return 0, r.fail(i+1, `one of t b n r f " ' \ u U after '\'`)
	}
	r.clean = append(r.clean, c)
	return i + 2, nil
}

// codePoint appends the character the UCHAR at i stands for to r.clean, and
// gives the place after it.
func (r *Reader) codePoint(i int) (int, error) {
	digits := 0
	switch r.at(i + 1) {
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		return 0, r.fail(i+1, `u or U after '\'`)
	}
	start := i + len(`\u`)
	var c uint32
	for at := start; at < start+digits; at++ {
		h, ok := hex(r.at(at))
		if !ok {
			return 0, r.fail(at, "a hexadecimal digit")
		}
		c = c<<4 | h
	}
	end := start + digits
	// The upper bound first: beyond it a conversion to rune could go wrong.
	if c > utf8.MaxRune || !utf8.ValidRune(rune(c)) {
		return 0, r.failFound(i, "a Unicode character, no surrogate and up to U+10FFFF", string(r.cur[i:end]))
	}
	r.clean = utf8.AppendRune(r.clean, rune(c))
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
