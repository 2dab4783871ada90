package nquads

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
)

// The datatypes with a Go-native value, the one of plain literals and the
// one of language-tagged literals. They are spelled out because package quad
// shortens its own.
const (
	xsdString        = "http://www.w3.org/2001/XMLSchema#string"
	xsdInteger       = "http://www.w3.org/2001/XMLSchema#integer"
	xsdDouble        = "http://www.w3.org/2001/XMLSchema#double"
	xsdBoolean       = "http://www.w3.org/2001/XMLSchema#boolean"
	xsdDateTime      = "http://www.w3.org/2001/XMLSchema#dateTime"
	rdfDirLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString"
	rdfLangString    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
)

// longestNative is longer than any canonical integer, double, boolean or
// dateTime to the nanosecond, so that a long literal is never parsed as one.
const longestNative = 32

// typedValue is the term for a typed literal: a native value if that is
// written as exactly the same text, else the text as it stands.
func typedValue(lex, datatype []byte) quad.Value {
	if string(datatype) == xsdString {
		return quad.String(lex)
	}
	if len(lex) <= longestNative {
		if v, ok := nativeValue(string(lex), datatype); ok {
			return v
		}
	}
	return quad.TypedString{Value: quad.String(lex), Type: quad.IRI(datatype)}
}

func nativeValue(lex string, datatype []byte) (quad.Value, bool) {
	var buf [longestNative]byte
	switch string(datatype) {
	case xsdInteger:
		v, err := strconv.ParseInt(lex, 10, 64)
		if err == nil && string(strconv.AppendInt(buf[:0], v, 10)) == lex {
			return quad.Int(v), true
		}
	case xsdDouble:
		v, err := strconv.ParseFloat(lex, 64)
		// NaN is not equal to itself and -0 is equal to 0, so as numbers they
		// would be lost among others; the infinities keep them company.
		special := v != v || math.IsInf(v, 0) || v == 0 && math.Signbit(v)
		if err == nil && !special && string(appendDouble(buf[:0], v)) == lex {
			return quad.Float(v), true
		}
	case xsdBoolean:
		if lex == "true" || lex == "false" {
			return quad.Bool(lex == "true"), true
		}
	case xsdDateTime:
		// Other zones than Z would come back too, but not as they were.
		v, err := time.Parse(time.RFC3339Nano, lex)
		if err == nil && strings.HasSuffix(lex, "Z") && v.Year() >= 1 &&
			string(v.AppendFormat(buf[:0], time.RFC3339Nano)) == lex {
			return quad.Time(v), true
		}
	}
	return nil, false
}

// appendDouble appends the canonical xsd:double (XML Schema 1.1 part 2,
// doubleCanonicalMap): the shortest digits that give the value back, one of
// them before the point and at least one after it, the exponent plain.
func appendDouble(dst []byte, v float64) []byte {
	switch {
	case v != v:
		return append(dst, "NaN"...)
	case math.IsInf(v, 1):
		return append(dst, "INF"...)
	case math.IsInf(v, -1):
		return append(dst, "-INF"...)
	}
	var buf [longestNative]byte
	mantissa, exponent, _ := bytes.Cut(strconv.AppendFloat(buf[:0], v, 'E', -1, 64), []byte("E"))
	dst = append(dst, mantissa...)
	if bytes.IndexByte(mantissa, '.') < 0 {
		dst = append(dst, ".0"...)
	}
	dst = append(dst, 'E')
	if exponent[0] == '-' {
		dst = append(dst, '-')
	}
	digits := bytes.TrimLeft(exponent[1:], "0")
	if len(digits) == 0 {
		digits = []byte("0")
	}
	return append(dst, digits...)
}

// appendDateTime appends an xsd:dateTime in UTC, with the fraction of the
// second the time has.
func appendDateTime(dst []byte, t time.Time) ([]byte, error) {
	t = t.UTC()
	if y := t.Year(); y < 1 || y > 9999 {
		return dst, errors.New("expected a year from 1 to 9999, found " + strconv.Itoa(y))
	}
	return t.AppendFormat(dst, time.RFC3339Nano), nil
}
