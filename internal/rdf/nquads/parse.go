package nquads

import "bytes"

// statement reads the current line, which is neither blank nor a comment.
func (r *Reader) statement(terms *[4]Term) error {
	r.Forget()
	if err := r.triple(terms[:3], 0); err != nil {
		return err
	}
	if err := r.label(&terms[3]); err != nil {
		return err
	}
	r.Pos++ // the full stop
	if !r.atEnd() {
		return r.Fail(r.Pos, "a comment or the end of the line after '.'")
	}
	if terms[2].Kind == Triple && r.Triples == ClaimTriples {
		return r.asClaim(terms, r.object)
	}
	return nil
}

// label reads the graph label, if there is one, and stops at the full stop.
func (r *Reader) label(t *Term) error {
	if r.peek() == '.' {
		if r.Labelled {
			return r.Fail(r.Pos, "a graph label (IRI or blank node), which every quad here needs")
		}
		*t = Term{}
		return nil
	}
	err := r.repeated(t, &r.graph, "a graph label (IRI or blank node) or '.'")
	if err == nil && r.peek() != '.' {
		err = r.failTerm("'.'")
	}
	return err
}

// peek skips white space and returns the byte after it, or 0 at the end of the line. No
// term contains a NUL, so the two need not be distinguished.
func (r *Reader) peek() byte {
	for r.Pos < len(r.Text) && (r.Text[r.Pos] == ' ' || r.Text[r.Pos] == '\t') {
		r.Pos++
	}
	return r.At(r.Pos)
}

// atEnd reports whether only white space and a comment are left in the line.
func (r *Reader) atEnd() bool {
	return r.peek() == '#' || r.Pos == len(r.Text)
}

// node reads an IRI or a blank node.
func (r *Reader) node(t *Term, expected string) error {
	switch r.peek() {
	case '<':
		return r.iriRef(t)
	case '_':
		return r.blankNode(t)
	}
	return r.failTerm(expected)
}

// repeated is node for a term that often repeats from line to line: same is its spelling
// in the line before, empty if unknown.
func (r *Reader) repeated(t *Term, same *[]byte, expected string) error {
	r.peek()
	if n := len(*same); n > 0 && bytes.HasPrefix(r.Text[r.Pos:], *same) {
		*t = Term{Kind: IRI, Text: (*same)[1 : n-1]}
		r.Pos += n
		return nil
	}
	*same = nil
	start := r.Pos
	err := r.node(t, expected)
	if err == nil && t.Kind == IRI && &t.Text[0] == &r.Text[start+1] { // it has no escapes, and is absolute
		*same = r.Text[start:r.Pos]
	}
	return err
}

// blankNode reads a blank node.
func (r *Reader) blankNode(t *Term) error {
	label, err := r.BlankLabel()
	*t = Term{Kind: Blank, Text: label}
	return err
}

// iriRef reads an IRI.
func (r *Reader) iriRef(t *Term) error {
	if r.At(r.Pos+1) == '<' {
		return r.failTerm("an IRI")
	}
	iri, err := r.IRIRef()
	*t = Term{Kind: IRI, Text: iri}
	return err
}
