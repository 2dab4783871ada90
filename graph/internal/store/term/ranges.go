package term

import (
	"bytes"
	"fmt"
	"math"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"
)

// KeyRange is the keys from From up to but not including To, compared as bytes.
// Neither is nil.
type KeyRange struct {
	From, To []byte
}

// Contains reports whether key is in the range.
func (r KeyRange) Contains(key []byte) bool {
	return bytes.Compare(r.From, key) <= 0 && bytes.Compare(key, r.To) < 0
}

// Ranges returns the keys of the terms in the relation op to v, such as those less than
// v, as disjoint ranges in ascending order. A term is compared with terms of its own
// class alone:
//
//   - numbers with numbers by value, whatever their datatypes; NaN with none
//   - times with times by instant, whatever their datatypes, a date, month or year by
//     its beginning, in UTC where no zone is named
//   - booleans by value, false before true
//   - strings, IRIs and blank nodes as bytes, each kind with itself
//   - strings with a language by text, then by tag, as bytes
//   - literals of any one other datatype by text as bytes
//
// The datatype of v may be of Cayley's short form, as in xsd:date. It is an error if op
// is none of Cayley's comparisons or v is none Append takes.
//
// IRIs are compared as bytes but stored in another order (see the package), so theirs may
// be as many ranges as v has bytes, most of a single key.
func Ranges(op iterator.Operator, v quad.Value) ([]KeyRange, error) {
	if op < iterator.CompareLT || op > iterator.CompareGTE {
		return nil, fmt.Errorf("comparing terms: expected one of < <= > >=, found %v", op)
	}
	if iri, ok := v.(quad.IRI); ok {
		return iriRanges(op, string(iri)), nil
	}
	key, err := operand(v)
	if err != nil {
		return nil, fmt.Errorf("comparing terms: %w", err)
	}
	if isNaN(v) {
		return nil, nil
	}
	like, equal, err := matching(key)
	if err != nil {
		return nil, fmt.Errorf("comparing terms: %w", err)
	}
	r := like
	switch op {
	case iterator.CompareLT:
		r.To = equal.From
	case iterator.CompareLTE:
		r.To = equal.To
	case iterator.CompareGT:
		r.From = equal.To
	case iterator.CompareGTE:
		r.From = equal.From
	}
	return unlessEmpty(r), nil
}

// unlessEmpty gives a range, or none if no key can be in it.
func unlessEmpty(r KeyRange) []KeyRange {
	if bytes.Compare(r.From, r.To) >= 0 {
		return nil
	}
	return []KeyRange{r}
}

// operand is the key of v, its datatype taken in full if that gives it a value.
func operand(v quad.Value) ([]byte, error) {
	if t, ok := v.(quad.TypedString); ok {
		t.Type = t.Type.Full()
		if key, err := Append(nil, t); err == nil && key[0] <= classBoolean {
			return key, nil
		}
	}
	return Append(nil, v)
}

// isNaN reports whether v is no number though its datatype is one of numbers.
func isNaN(v quad.Value) bool {
	switch v := v.(type) {
	case quad.Float:
		return math.IsNaN(float64(v))
	case quad.TypedString:
		d := datatypeOf([]byte(v.Type.Full()))
		return (d == double || d == float) && v.Value == "NaN"
	}
	return false
}

// matching gives the range of the keys a key is compared with, and that of the
// keys it is equal to.
func matching(key []byte) (like, equal KeyRange, err error) {
	var scratch [64]byte
	class := key[0]
	like = within(key[:1])
	equal = KeyRange{key, append(key[:len(key):len(key)], 0)}
	var rest []byte
	switch class {
	case classNumber:
		_, rest, err = cutNumber(key[1:], scratch[:0])
		equal = within(key[:len(key)-len(rest)])
	case classTime:
		var t instant
		t, rest, err = cutInstant(key[1:], scratch[:0])
		equal = within(key[:len(key)-len(rest)])
		if len(t.fraction) == 0 {
			equal.To = append(bytes.Clone(equal.From), mark)
		}
	case classBoolean:
		equal = within(key[:2])
	case classTyped:
		_, rest, err = cutEnded(key[1:])
		like = within(key[:len(key)-len(rest)])
	}
	return like, equal, err
}

// within gives the keys that begin with prefix, which no key's first byte is
// too great for.
func within(prefix []byte) KeyRange {
	to := bytes.Clone(prefix)
	for to[len(to)-1] == 0xFF {
		to = to[:len(to)-1]
	}
	to[len(to)-1]++
	return KeyRange{bytes.Clone(prefix), to}
}

// Prefix gives the keys of the terms of v's kind whose text begins with v's, in
// ascending order: of quad.IRI, quad.BNode, quad.String or, in any language,
// quad.LangString. For any other type it gives none.
func Prefix(v quad.Value) []KeyRange {
	switch v := v.(type) {
	case quad.IRI:
		r := within(append([]byte{classIRI}, v...))
		if s, ok := bytes.CutSuffix([]byte(v), []byte{iriEnd}); ok {
			// The one IRI that begins so only with its end.
			return without(r, [][]byte{iriKey(string(s))})
		}
		return []KeyRange{r}
	case quad.BNode:
		return []KeyRange{within(append([]byte{classBlank}, v...))}
	case quad.String:
		return []KeyRange{within(append([]byte{classString}, v...))}
	case quad.LangString:
		return []KeyRange{within(appendUnended([]byte{classTagged}, []byte(v.Value)))}
	}
	return nil
}
