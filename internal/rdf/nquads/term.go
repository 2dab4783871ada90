package nquads

import (
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"kg/internal/rdf/lex"

	"github.com/cayleygraph/quad"
)

// appendTerm appends a term of an allowed kind. Its result with an error is undefined.
func appendTerm(dst []byte, v quad.Value, allow kinds) ([]byte, error) {
	if v == nil {
		return dst, errNil
	}
	switch k := kindOf(v); {
	case k == 0:
		return dst, errNoTerm(v)
	case k&allow == 0:
		return dst, fmt.Errorf("expected %s, found a value of type %T", allow, v)
	}
	switch v := v.(type) {
	case quad.IRI:
		return appendIRI(dst, v)
	case quad.BNode:
		return appendBlank(dst, v)
	case quad.String:
		return appendQuoted(dst, v)
	case quad.LangString:
		return appendTagged(dst, v.Value, v.Lang)
	case quad.TypedString:
		return appendTyped(dst, v.Value, v.Type)
	}
	return appendNative(dst, v)
}

// appendNative appends a literal of a native value. They are spelled here and
// not by their String methods, which shorten the datatype.
func appendNative(dst []byte, v quad.Value) ([]byte, error) {
	dst, datatype, err := appendText(append(dst, '"'), v)
	dst = append(dst, `"^^<`...)
	dst = append(dst, datatype...)
	return append(dst, '>'), err
}

// appendText appends the text of a native value and returns its datatype, which is empty
// if v is none.
func appendText(dst []byte, v quad.Value) (text []byte, datatype string, err error) {
	switch v := v.(type) {
	case quad.Int:
		return strconv.AppendInt(dst, int64(v), 10), xsdInteger, nil
	case quad.Float:
		return appendDouble(dst, float64(v)), xsdDouble, nil
	case quad.Bool:
		return strconv.AppendBool(dst, bool(v)), xsdBoolean, nil
	case quad.Time:
		text, err = appendDateTime(dst, time.Time(v))
		return text, xsdDateTime, err
	}
	return dst, "", nil
}

// chars is a text of a value of package quad, or of a Term.
type chars interface{ ~string | ~[]byte }

// appendIRI checks the bytes where they already stand in dst, which spares a
// copy of the string. The other functions below do the same.
func appendIRI[T chars](dst []byte, s T) ([]byte, error) {
	dst = append(append(dst, '<'), s...)
	b := dst[len(dst)-len(s):]
	if n := lex.IRILen(b); n < len(b) {
		return dst, fmt.Errorf("expected a character that may stand in an IRI, found %s in %s", lex.Found(b[n:]), lex.Brief(b))
	}
	if !utf8.Valid(b) {
		return dst, fmt.Errorf("expected UTF-8, found %s in %s", lex.Found(b[lex.InvalidAt(b):]), lex.Brief(b))
	}
	if !lex.HasScheme(b) {
		return dst, fmt.Errorf("expected an absolute IRI (one with a scheme), found %s", lex.Brief(b))
	}
	return append(dst, '>'), nil
}

func appendBlank[T chars](dst []byte, s T) ([]byte, error) {
	dst = append(append(dst, "_:"...), s...)
	b := dst[len(dst)-len(s):]
	if n := lex.LabelLen(b); n == 0 || n < len(b) {
		return dst, fmt.Errorf("expected a blank node label, found %s", lex.Brief(b))
	}
	return dst, nil
}

func appendTagged[T, L chars](dst []byte, text T, tag L) ([]byte, error) {
	dst, err := appendQuoted(dst, text)
	if err != nil {
		return dst, err
	}
	dst = append(append(dst, '@'), tag...)
	b := dst[len(dst)-len(tag):]
	if n := lex.LangLen(b); n == 0 || n < len(b) || !lex.WellFormed(b) {
		return dst, fmt.Errorf("expected a language tag, found %s", lex.Brief(b))
	}
	return dst, nil
}

func appendTyped[T, D chars](dst []byte, text T, datatype D) ([]byte, error) {
	dst, err := appendQuoted(dst, text)
	if err != nil || string(datatype) == xsdString {
		return dst, err
	}
	if string(datatype) == rdfLangString {
		return dst, errors.New("expected a language tag with rdf:langString, found it as a datatype")
	}
	return appendIRI(append(dst, "^^"...), datatype)
}

// appendQuoted appends a STRING_LITERAL_QUOTE. RDFC-1.0 has the controls,
// DEL, the quote, the backslash, U+FFFE and U+FFFF escaped (the last two are
// no characters of XML 1.1), and nothing else.
func appendQuoted[T chars](dst []byte, s T) ([]byte, error) {
	dst = append(append(dst, '"'), s...)
	plain := dst[len(dst)-len(s):]
	if n := lex.PlainLen(plain); n < len(plain) {
		if !utf8.Valid(plain[n:]) {
			return dst, fmt.Errorf("expected UTF-8, found %s in a literal", lex.Found(plain[lex.InvalidAt(plain):]))
		}
		dst = appendEscaped(dst[:len(dst)-len(plain)+n], s[n:])
	}
	return append(dst, '"'), nil
}

// appendEscaped appends valid UTF-8 with its escapes.
func appendEscaped[T chars](dst []byte, s T) []byte {
	start := 0
	for i := 0; i < len(s); i++ {
		if !lex.Escaped(s[i]) {
			continue
		}
		c, size := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			if s[i+1] != 0xBF || s[i+2] < 0xBE {
				continue
			}
			c, size = 0xFFC0|rune(s[i+2]&0x3F), 3
		}
		dst = appendEscape(append(dst, s[start:i]...), c)
		start = i + size
		i = start - 1
	}
	return append(dst, s[start:]...)
}

func appendEscape(dst []byte, c rune) []byte {
	const short = "\bb\tt\nn\ff\rr\"\"\\\\" // character and letter in turn
	for i := 0; i < len(short); i += 2 {
		if rune(short[i]) == c {
			return append(dst, '\\', short[i+1])
		}
	}
	const digits = "0123456789ABCDEF"
	return append(dst, '\\', 'u', digits[c>>12&15], digits[c>>8&15], digits[c>>4&15], digits[c&15])
}
