package nquads

// statement reads the current line, which is neither blank nor a comment.
func (r *Reader) statement(terms *[4]Term) error {
	r.clean = r.clean[:0]
	if err := r.node(&terms[0], "a subject (IRI or blank node)"); err != nil {
		return err
	}
	if r.peek() != '<' {
		return r.failPredicate("a predicate (IRI)")
	}
	if err := r.iriRef(&terms[1]); err != nil {
		return err
	}
	if r.peek() == '"' {
		if err := r.literal(&terms[2]); err != nil {
			return err
		}
	} else if err := r.node(&terms[2], "an object (IRI, blank node or literal)"); err != nil {
		return err
	}
	if err := r.label(&terms[3]); err != nil {
		return err
	}
	r.pos++ // the full stop
	if !r.atEnd() {
		return r.fail(r.pos, "a comment or the end of the line after '.'")
	}
	return nil
}

// label reads the graph label, if there is one, and stops at the full stop.
func (r *Reader) label(t *Term) error {
	if r.peek() == '.' {
		if r.Labelled {
			return r.fail(r.pos, "a graph label (IRI or blank node), which every quad here needs")
		}
		*t = Term{}
		return nil
	}
	err := r.node(t, "a graph label (IRI or blank node) or '.'")
	if err == nil && r.peek() != '.' {
		err = r.failTerm("'.'")
	}
	return err
}

// peek skips white space and gives the byte after it, or 0 at the end of the
// line. A NUL stands in no term's place, so the two need no telling apart.
func (r *Reader) peek() byte {
	for r.pos < len(r.cur) && (r.cur[r.pos] == ' ' || r.cur[r.pos] == '\t') {
		r.pos++
	}
	return r.at(r.pos)
}

func (r *Reader) at(pos int) byte {
	if pos < len(r.cur) {
		return r.cur[pos]
	}
	return 0
}

// atEnd tells whether only white space and a comment are left in the line.
func (r *Reader) atEnd() bool {
	return r.peek() == '#' || r.pos == len(r.cur)
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

// blankNode reads a BLANK_NODE_LABEL.
func (r *Reader) blankNode(t *Term) error {
	start := r.pos + len("_:")
	if r.at(r.pos+1) != ':' {
		return r.fail(r.pos+1, "':' after '_'")
	}
	n := labelLen(r.cur[start:])
	if n == 0 {
		return r.fail(start, "a blank node label")
	}
	r.pos = start + n
	*t = Term{Kind: Blank, Text: r.cur[start:r.pos]}
	return nil
}

// iriRef reads an IRIREF.
func (r *Reader) iriRef(t *Term) error {
	start := r.pos + len("<")
	if r.at(start) == '<' {
		return r.failTerm("an IRI")
	}
	end := start + iriLen(r.cur[start:])
	iri := r.cur[start:end]
	if r.at(end) != '>' {
		var err error
		if iri, end, err = r.iriEscaped(start, end); err != nil {
			return err
		}
	}
	if !hasScheme(iri) {
		if r.Base == nil {
			return r.failFound(start, "an absolute IRI (one with a scheme)", brief(iri))
		}
		from := len(r.clean)
		r.clean = r.Base.appendResolved(r.clean, iri)
		iri = r.clean[from:]
	}
	r.pos = end + 1
	*t = Term{Kind: IRI, Text: iri}
	return nil
}

// iriEscaped does the same where the text from start to i is plain and
// something else follows. It gives the place of the closing bracket too.
func (r *Reader) iriEscaped(start, i int) (iri []byte, end int, err error) {
	from := len(r.clean)
	r.clean = append(r.clean, r.cur[start:i]...)
	for {
		if i == len(r.cur) {
			return nil, 0, r.fail(i, "'>' at the end of the IRI")
		}
		switch r.cur[i] {
		case '>':
			return r.clean[from:], i, nil
		case '\\':
			at := i
			if i, err = r.codePoint(at); err != nil {
				return nil, 0, err
			}
			// An escape must not bring in what the plain text could not hold.
			if c := r.clean[len(r.clean)-1]; class[c]&iriByte == 0 {
				return nil, 0, r.failFound(at, "a character that may stand in an IRI", "an escaped "+nameRune(rune(c)))
			}
		default:
			n := iriLen(r.cur[i:])
			if n == 0 {
				return nil, 0, r.fail(i, "a character that may stand in an IRI, or '>'")
			}
			r.clean = append(r.clean, r.cur[i:i+n]...)
			i += n
		}
	}
}
