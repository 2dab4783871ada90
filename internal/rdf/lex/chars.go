package lex

import "unicode/utf8"

// Classes of bytes, so that ASCII text needs one look-up per byte and no
// decoding. Bytes from 0x80 on are part of a longer UTF-8 sequence.
const (
	iriByte    = 1 << iota // IRIREF takes it as it stands
	labelFirst             // BLANK_NODE_LABEL takes it as its first character
	labelNext              // ... and as a later one (the full stop is apart)
	letter                 // [a-zA-Z]
	letterNum              // [a-zA-Z0-9]
	schemeByte             // a later character of a scheme, RFC 3986
	escaped                // canonical literals escape it, or need a closer check
	localByte              // the local part of a prefixed name takes it as it stands
)

var class = makeClasses()

func makeClasses() (t [256]uint8) {
	for i := range t {
		if i > ' ' {
			t[i] |= iriByte
		}
		if i < ' ' {
			t[i] |= escaped
		}
	}
	set := func(chars string, bits uint8) {
		for i := range len(chars) {
			t[chars[i]] |= bits
		}
	}
	for c := 'a'; c <= 'z'; c++ {
		set(string(c)+string(c-'a'+'A'), labelFirst|labelNext|letter|letterNum|schemeByte|localByte)
	}
	set("0123456789", labelFirst|labelNext|letterNum|schemeByte|localByte)
	set("_", labelFirst|labelNext|localByte)
	set("-", labelNext|schemeByte|localByte)
	set("+.", schemeByte)
	set(":.", localByte)
	// 0xEF begins U+FFFE and U+FFFF, which the canonical form escapes.
	set("\"\\\x7f\xef", escaped)
	for _, c := range []byte("<>\"{}|^`\\") {
		t[c] &^= iriByte
	}
	return t
}

// HasScheme tells an absolute IRI from a relative one (RFC 3987, scheme).
func HasScheme(iri []byte) bool {
	// Nearly all have one of these two.
	if len(iri) >= 6 && (string(iri[:5]) == "http:" || string(iri[:6]) == "https:") {
		return true
	}
	for i, c := range iri {
		switch {
		case c == ':':
			return i > 0
		case i == 0 && class[c]&letter == 0, class[c]&schemeByte == 0:
			return false
		}
	}
	return false
}

// LabelLen is the length of the longest blank node label b begins with. A
// label may hold full stops but not end in one, so "a." is the label "a".
func LabelLen(b []byte) int {
	end := 0
	for i := 0; i < len(b); {
		c := b[i]
		switch {
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(b[i:])
			if !isLabelRune(r, size, i == 0) {
				return end
			}
			i += size
			end = i
		case class[c]&labelFirst != 0, i > 0 && class[c]&labelNext != 0:
			i++
			end = i
		case c == '.' && i > 0:
			i++
		default:
			return end
		}
	}
	return end
}

// isLabelRune is PN_CHARS_BASE beyond ASCII or, after the first character,
// what PN_CHARS adds to it. A RuneError of size 1 is not a character.
func isLabelRune(r rune, size int, first bool) bool {
	if r == utf8.RuneError && size == 1 {
		return false
	}
	if !first && (r == 0xB7 || in(r, 0x300, 0x36F) || in(r, 0x203F, 0x2040)) {
		return true
	}
	return in(r, 0xC0, 0x2FF) && r != 0xD7 && r != 0xF7 ||
		in(r, 0x370, 0x1FFF) && r != 0x37E ||
		in(r, 0x200C, 0x200D) || in(r, 0x2070, 0x218F) || in(r, 0x2C00, 0x2FEF) ||
		in(r, 0x3001, 0xD7FF) || in(r, 0xF900, 0xFDCF) || in(r, 0xFDF0, 0xFFFD) ||
		in(r, 0x10000, 0xEFFFF)
}

func in(r, from, to rune) bool { return from <= r && r <= to }

// LangLen is the length of the longest language tag b begins with:
// [a-zA-Z]+ ('-' [a-zA-Z0-9]+)*, the LANGTAG production without its '@'.
func LangLen(b []byte) int {
	end := run(b, letter)
	if end == 0 {
		return 0
	}
	for end < len(b) && b[end] == '-' {
		n := run(b[end+1:], letterNum)
		if n == 0 {
			break
		}
		end += 1 + n
	}
	return end
}

// run counts the bytes of a class at the start of b.
func run(b []byte, bits uint8) int {
	n := 0
	for n < len(b) && class[b[n]]&bits != 0 {
		n++
	}
	return n
}

// Escaped reports whether the canonical form of a literal escapes a byte, or must
// look at what follows it.
func Escaped(c byte) bool { return class[c]&escaped != 0 }

// InvalidAt is the place of the first byte that is not UTF-8.
func InvalidAt(b []byte) int {
	for i := 0; i < len(b); {
		c, size := utf8.DecodeRune(b[i:])
		if c == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(b)
}
