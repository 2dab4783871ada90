package term

import (
	"bytes"
	"slices"

	"github.com/cayleygraph/cayley/graph/iterator"
)

func iriKey(iri string) []byte {
	return append(append([]byte{classIRI}, iri...), iriEnd)
}

// iriRanges is Ranges for an IRI.
//
// Keys are split at v without its end. Of an IRI that differs from v before either ends,
// the key is on the same side as the IRI; also of one that begins with v, since its key
// does too. The remaining IRIs are the prefixes of v: less than v, but their keys, in
// which '>' stands where v goes on, may be on the other side. These are handled one by
// one.
func iriRanges(op iterator.Operator, v string) []KeyRange {
	split := append([]byte{classIRI}, v...)
	all := within(split[:1])
	var astray [][]byte // keys of lesser IRIs that are not below split
	for n := range len(v) {
		if key := iriKey(v[:n]); bytes.Compare(key, split) >= 0 {
			astray = append(astray, key)
		}
	}
	switch op {
	case iterator.CompareLTE, iterator.CompareGT:
		astray = append(astray, iriKey(v))
	}
	slices.SortFunc(astray, bytes.Compare)
	switch op {
	case iterator.CompareLT, iterator.CompareLTE:
		ranges := unlessEmpty(KeyRange{all.From, split})
		for _, key := range astray {
			ranges = append(ranges, KeyRange{key, next(key)})
		}
		return ranges
	}
	return without(KeyRange{split, all.To}, astray)
}

// next is the least key greater than key.
func next(key []byte) []byte { return append(bytes.Clone(key), 0) }

// without returns a range with single keys, in ascending order, left out.
func without(r KeyRange, keys [][]byte) []KeyRange {
	var ranges []KeyRange
	for _, key := range keys {
		if bytes.Compare(r.From, key) < 0 {
			ranges = append(ranges, KeyRange{r.From, key})
		}
		r.From = next(key)
	}
	return append(ranges, r)
}
