package blank

import (
	"encoding/binary"

	"kg/internal/rdf/nquads"
)

// A quad waits as its terms one after the other: kind, length and bytes of the
// text, and of a literal's type.

func appendQuad(dst []byte, terms *[4]nquads.Term) []byte {
	for i := range terms {
		dst = appendTerm(dst, &terms[i])
	}
	return dst
}

func appendTerm(dst []byte, t *nquads.Term) []byte {
	dst = appendSized(append(dst, byte(t.Kind)), t.Text)
	if t.Kind == nquads.Tagged || t.Kind == nquads.Typed {
		dst = appendSized(dst, t.Type)
	}
	return dst
}

func appendSized(dst, b []byte) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(b))), b...)
}

// readQuad decodes a quad of appendQuad, and returns the bytes after it. The terms are
// slices of b.
func readQuad(terms *[4]nquads.Term, b []byte) []byte {
	for i := range terms {
		t := &terms[i]
		*t = nquads.Term{Kind: nquads.TermKind(b[0])}
		t.Text, b = sized(b[1:])
		if t.Kind == nquads.Tagged || t.Kind == nquads.Typed {
			t.Type, b = sized(b)
		}
	}
	return b
}

func sized(b []byte) (part, rest []byte) {
	n, size := binary.Uvarint(b)
	end := size + int(n)
	return b[size:end], b[end:]
}
