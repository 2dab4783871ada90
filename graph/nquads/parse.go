package nquads

import (
	"github.com/cayleygraph/quad"
)

// node reads an IRI or a blank node. prev is given instead of an equal new
// term.
func (r *Reader) node(expected string, prev quad.Value) (quad.Value, error) {
	switch r.peek() {
	case '<':
		iri, err := r.iriRef()
		if err != nil {
			return nil, err
		}
		if p, ok := prev.(quad.IRI); ok && string(p) == string(iri) {
			return prev, nil
		}
		return quad.IRI(iri), nil
	case '_':
		label, err := r.blankNode()
		if err != nil {
			return nil, err
		}
		if p, ok := prev.(quad.BNode); ok && string(p) == string(label) {
			return prev, nil
		}
		return quad.BNode(label), nil
	}
	return nil, r.fail(r.pos, expected)
}

// blankNode reads a BLANK_NODE_LABEL and gives what follows "_:".
func (r *Reader) blankNode() ([]byte, error) {
	start := r.pos + len("_:")
	if r.at(r.pos+1) != ':' {
		return nil, r.fail(r.pos+1, "':' after '_'")
	}
	n := labelLen(r.cur[start:])
	if n == 0 {
		return nil, r.fail(start, "a blank node label")
	}
	r.pos = start + n
	return r.cur[start:r.pos], nil
}

// iriRef reads an IRIREF and gives what stands between the brackets, its
// escapes resolved. The bytes are good until the next call.
func (r *Reader) iriRef() ([]byte, error) {
	start := r.pos + len("<")
	end := start + run(r.cur[start:], iriByte)
	iri := r.cur[start:end]
	if r.at(end) != '>' {
		var err error
		if iri, end, err = r.iriEscaped(start, end); err != nil {
			return nil, err
		}
	}
	if !hasScheme(iri) {
		return nil, r.failFound(start, "an absolute IRI (one with a scheme)", brief(iri))
	}
	r.pos = end + 1
	return iri, nil
}

// iriEscaped does the same where the text from start to i is plain and
// something else follows. It gives the place of the closing bracket too.
func (r *Reader) iriEscaped(start, i int) (iri []byte, end int, err error) {
	r.iri = append(r.iri[:0], r.cur[start:i]...)
	for {
		if i == len(r.cur) {
			return nil, 0, r.fail(i, "'>' at the end of the IRI")
		}
		switch r.cur[i] {
		case '>':
			return r.iri, i, nil
		case '\\':
			at := i
			if r.iri, i, err = r.codePoint(r.iri, at); err != nil {
				return nil, 0, err
			}
			// An escape must not bring in what the plain text could not hold.
			if c := r.iri[len(r.iri)-1]; class[c]&iriByte == 0 {
				return nil, 0, r.failFound(at, "a character that may stand in an IRI", "an escaped "+nameRune(rune(c)))
			}
		default:
			n := run(r.cur[i:], iriByte)
			if n == 0 {
				return nil, 0, r.fail(i, "a character that may stand in an IRI, or '>'")
			}
			r.iri = append(r.iri, r.cur[i:i+n]...)
			i += n
		}
	}
}
