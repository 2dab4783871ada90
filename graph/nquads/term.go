package nquads

import (
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// appendTerm appends a term of an allowed kind. What it gives with an error
// is of no use.
func appendTerm(dst []byte, v quad.Value, allow kind) ([]byte, error) {
	if v == nil {
		return dst, errNil
	}
	switch k := kindOf(v); {
	case k == 0:
		return dst, fmt.Errorf("expected a term, found a value of type %T", v)
	case k&allow == 0:
		return dst, fmt.Errorf("expected %s, found a value of type %T", allow, v)
	}
	switch v := v.(type) {
	case quad.IRI:
		return appendIRI(dst, string(v))
	case quad.BNode:
		return appendBlank(dst, string(v))
	case quad.LangString:
		return appendLang(dst, v)
	}
	return appendLiteral(dst, v)
}

// String names the kinds for an error.
func (k kind) String() string {
	switch k {
	case iri:
		return "an IRI"
	case iri | blank:
		return "an IRI or a blank node"
	}
	return "an IRI, a blank node or a literal"
}

// appendLiteral appends a literal without a language tag. Native values are
// spelled here and not by their String methods, which shorten the datatype.
func appendLiteral(dst []byte, v quad.Value) ([]byte, error) {
	var err error
	datatype := ""
	switch v := v.(type) {
	case quad.String:
		return appendQuoted(dst, string(v))
	case quad.TypedString:
		if dst, err = appendQuoted(dst, string(v.Value)); err != nil || v.Type == xsdString {
			return dst, err
		}
		if v.Type == rdfLangString {
			return dst, errors.New("expected a language tag with rdf:langString, found it as a datatype")
		}
		return appendIRI(append(dst, "^^"...), string(v.Type))
	case quad.Int:
		dst, datatype = strconv.AppendInt(append(dst, '"'), int64(v), 10), xsdInteger
	case quad.Float:
		dst, datatype = appendDouble(append(dst, '"'), float64(v)), xsdDouble
	case quad.Bool:
		dst, datatype = strconv.AppendBool(append(dst, '"'), bool(v)), xsdBoolean
	case quad.Time:
		datatype = xsdDateTime
		dst, err = appendDateTime(append(dst, '"'), time.Time(v))
	}
	dst = append(dst, `"^^<`...)
	dst = append(dst, datatype...)
	return append(dst, '>'), err
}

// appendIRI checks the bytes where they already stand in dst, which spares a
// copy of the string. The other functions below do the same.
func appendIRI(dst []byte, s string) ([]byte, error) {
	dst = append(append(dst, '<'), s...)
	b := dst[len(dst)-len(s):]
	if n := run(b, iriByte); n < len(b) {
		return dst, fmt.Errorf("expected a character that may stand in an IRI, found %s in %s", found(b[n:]), brief(b))
	}
	if !utf8.Valid(b) {
		return dst, fmt.Errorf("expected UTF-8, found %s in %s", found(b[invalidAt(b):]), brief(b))
	}
	if !hasScheme(b) {
		return dst, fmt.Errorf("expected an absolute IRI (one with a scheme), found %s", brief(b))
	}
	return append(dst, '>'), nil
}

func appendBlank(dst []byte, s string) ([]byte, error) {
	dst = append(append(dst, "_:"...), s...)
	b := dst[len(dst)-len(s):]
	if n := labelLen(b); n == 0 || n < len(b) {
		return dst, fmt.Errorf("expected a blank node label, found %s", brief(b))
	}
	return dst, nil
}

func appendLang(dst []byte, v quad.LangString) ([]byte, error) {
	dst, err := appendQuoted(dst, string(v.Value))
	if err != nil {
		return dst, err
	}
	dst = append(append(dst, '@'), v.Lang...)
	b := dst[len(dst)-len(v.Lang):]
	if n := langLen(b); n == 0 || n < len(b) {
		return dst, fmt.Errorf("expected a language tag, found %s", brief(b))
	}
	return dst, nil
}

// appendQuoted appends a STRING_LITERAL_QUOTE. RDFC-1.0 has the controls,
// DEL, the quote, the backslash, U+FFFE and U+FFFF escaped (the last two are
// no characters of XML 1.1), and nothing else.
func appendQuoted(dst []byte, s string) ([]byte, error) {
	if !utf8.ValidString(s) {
		return dst, fmt.Errorf("expected UTF-8, found %s in a literal", found([]byte(s)[invalidAt([]byte(s)):]))
	}
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		if class[s[i]]&escaped == 0 {
			continue
		}
		c, size := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			if c, size = utf8.DecodeRuneInString(s[i:]); c < 0xFFFE {
				continue
			}
		}
		dst = appendEscape(append(dst, s[start:i]...), c)
		start = i + size
		i = start - 1
	}
	return append(append(dst, s[start:]...), '"'), nil
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
