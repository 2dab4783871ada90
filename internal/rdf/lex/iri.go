package lex

// IRIRef reads an IRIREF, which begins here, and resolves a relative one against the
// base.
func (l *Lexer) IRIRef() ([]byte, error) {
	start := l.Pos + len("<")
	end := start + IRILen(l.Text[start:])
	iri := l.Text[start:end]
	if l.At(end) != '>' {
		var err error
		if iri, end, err = l.iriEscaped(start, end); err != nil {
			return nil, err
		}
	}
	if !HasScheme(iri) {
		if l.Base == nil {
			return nil, l.FailFound(start, "an absolute IRI (one with a scheme)", Brief(iri))
		}
		from := len(l.clean)
		l.clean = l.Base.appendResolved(l.clean, iri)
		iri = l.clean[from:]
	}
	l.Pos = end + 1
	return iri, nil
}

// BlankLabel reads a BLANK_NODE_LABEL, which begins here, and returns the label after its
// colon.
func (l *Lexer) BlankLabel() ([]byte, error) {
	start := l.Pos + len("_:")
	if l.At(l.Pos+1) != ':' {
		return nil, l.Fail(l.Pos+1, "':' after '_'")
	}
	n := LabelLen(l.Text[start:])
	if n == 0 {
		return nil, l.Fail(start, "a blank node label")
	}
	l.Pos = start + n
	return l.Text[start:l.Pos], nil
}

// iriEscaped reads an IRI where the text from start to i is plain and something else
// follows. It also returns the offset of the closing bracket.
func (l *Lexer) iriEscaped(start, i int) (iri []byte, end int, err error) {
	from := len(l.clean)
	l.clean = append(l.clean, l.Text[start:i]...)
	for {
		if i == len(l.Text) {
			return nil, 0, l.Fail(i, "'>' at the end of the IRI")
		}
		switch l.Text[i] {
		case '>':
			return l.clean[from:], i, nil
		case '\\':
			at := i
			if i, err = l.codePoint(at); err != nil {
				return nil, 0, err
			}
			// An escape must not yield a character that is invalid unescaped.
			if c := l.clean[len(l.clean)-1]; class[c]&iriByte == 0 {
				return nil, 0, l.FailFound(at, "a character that may stand in an IRI", "an escaped "+NameRune(rune(c)))
			}
		default:
			n := IRILen(l.Text[i:])
			if n == 0 {
				return nil, 0, l.Fail(i, "a character that may stand in an IRI, or '>'")
			}
			l.clean = append(l.clean, l.Text[i:i+n]...)
			i += n
		}
	}
}
