package term

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
)

// The first byte of a key is the class of its term.
const (
	classNumber byte = 1 + iota
	classTime
	classBoolean
	classString
	classTagged
	classTyped
	classIRI
	classBlank
)

// IsIRI reports whether a key is that of an IRI.
func IsIRI(key []byte) bool { return len(key) > 0 && key[0] == classIRI }

// iriEnd ends the key of an IRI, which puts keys into the order of lines of
// N-Quads.
const iriEnd = '>'

// Append appends the key of a value. It is an error, and dst comes back as it
// was, if v is nil or of a type that is no term, which the error names.
func Append(dst []byte, v quad.Value) ([]byte, error) {
	switch v := v.(type) {
	case quad.IRI:
		return append(append(append(dst, classIRI), v...), iriEnd), nil
	case quad.BNode:
		return append(append(dst, classBlank), v...), nil
	case quad.String:
		return append(append(dst, classString), v...), nil
	case quad.TypedString: // of which there are many, as of Int: one allocation at most
		if v.Type != xsd+"string" {
			var text, datatype [64]byte
			return appendLiteral(dst, append(text[:0], v.Value...), append(datatype[:0], v.Type...)), nil
		}
	case quad.Int:
		var text [20]byte
		return appendLiteral(dst, strconv.AppendInt(text[:0], int64(v), 10), iris[integer]), nil
	case quad.Time:
		if y := time.Time(v).UTC().Year(); y < 1 || y > 9999 {
			return appendFar(dst, time.Time(v)), nil
		}
	}
	t, err := nquads.TermOf(v)
	if err != nil {
		return dst, fmt.Errorf("making the key of a term: %w", err)
	}
	return AppendRaw(dst, &t), nil
}

// AppendRaw appends the key of a term as a Reader gives it; None has no key. It
// is the key of the term's value, made without an allocation:
//
//	AppendRaw(dst, t) is Append(dst, t.Value())
func AppendRaw(dst []byte, t *nquads.Term) []byte {
	switch t.Kind {
	case nquads.IRI:
		return append(append(append(dst, classIRI), t.Text...), iriEnd)
	case nquads.Blank:
		return append(append(dst, classBlank), t.Text...)
	case nquads.Plain:
		return append(append(dst, classString), t.Text...)
	case nquads.Tagged:
		return append(appendEnded(append(dst, classTagged), t.Text), t.Type...)
	case nquads.Typed:
		return appendLiteral(dst, t.Text, t.Type)
	}
	return dst
}

// appendLiteral appends the key of a literal with a datatype: by value if it
// has one, else by datatype and text.
func appendLiteral(dst, text, datatype []byte) []byte {
	d := datatypeOf(datatype)
	switch d.class() {
	case classNumber:
		if key, ok := appendNumberKey(dst, d, text); ok {
			return key
		}
	case classTime:
		if t, f, ok := parseTime(d, text); ok {
			return appendTimeForm(appendInstant(append(dst, classTime), t), d, f, text)
		}
	case classBoolean:
		switch string(text) {
		case "false":
			return append(dst, classBoolean, 0)
		case "true":
			return append(dst, classBoolean, 1)
		case "0", "1":
			return append(dst, classBoolean, text[0]-'0', text[0])
		}
	}
	return append(appendEnded(append(dst, classTyped), datatype), text...)
}

func appendNumberKey(dst []byte, d datatype, text []byte) ([]byte, bool) {
	var scratch [64]byte
	n, plain, ok := parseNumber(d, text, scratch[:0])
	if !ok {
		return dst, false
	}
	key, ok := appendNumber(append(dst, classNumber), n)
	switch {
	case !ok:
		return dst, false
	case plain:
		return append(key, byte(d)), true
	}
	return appendForm(key, n, d, text), true
}

// appendFar appends the key of a time that has no literal in package nquads. It is
// decoded unchanged, and sorts among the times.
func appendFar(dst []byte, t time.Time) []byte {
	at := instant{seconds: t.Unix()}
	if t.Nanosecond() > 0 {
		at.fraction = trimZeros(appendPadded(nil, int64(t.Nanosecond()), 9))
	}
	return append(appendInstant(append(dst, classTime), at), byte(farTime))
}

// A text that something follows in a key is ended, which keeps its order: NUL
// becomes two bytes, and a lesser two are the end.
const (
	nul    = "\x00\xff"
	ending = "\x00\x01"
)

// appendEnded appends a text and its end.
func appendEnded(dst, text []byte) []byte {
	return append(appendUnended(dst, text), ending...)
}

func appendUnended(dst, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, 0)
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(append(dst, text[:i]...), nul...)
		text = text[i+1:]
	}
}
