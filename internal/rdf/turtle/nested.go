package turtle

import (
	"bytes"
	"fmt"

	"kg/internal/rdf/nquads"
)

// deepest bounds nesting: hostile texts must not exhaust the stack.
const deepest = 500

// deeper counts a level of nesting. A failure restores a state with its own count, so
// that only success need count down.
func (r *Reader) deeper() error {
	if r.now.depth++; r.now.depth > deepest {
		return r.FailFound(r.Pos, fmt.Sprintf("at most %d levels of nesting", deepest), "one more")
	}
	return nil
}

// starts reports whether a token begins here.
func (r *Reader) starts(mark string) bool {
	return r.At(r.Pos) == mark[0] && bytes.HasPrefix(r.Text[r.Pos:], []byte(mark))
}

// subject reads a subject. It is plain if no statements about it were read with it.
func (r *Reader) subject(c byte) (t nquads.Term, plain bool, err error) {
	t, ok, err := r.node(c)
	if ok || err != nil {
		return t, true, err
	}
	switch {
	case c == '[':
		t, err = r.propertyList()
	case c == '(':
		t, err = r.collection()
	case r.starts("<<") && !r.starts("<<("):
		t, err = r.reified()
	case r.now.inGraph:
		err = r.Fail(r.Pos, "a subject (IRI, blank node, list) or '}'")
	default:
		err = r.Fail(r.Pos, "a subject (IRI, blank node, list)")
	}
	return t, false, err
}

// object reads an object.
func (r *Reader) object() (t nquads.Term, err error) {
	c := r.Peek()
	if t, ok, err := r.literal(c); ok || err != nil {
		return t, err
	}
	t, ok, err := r.node(c)
	if ok || err != nil {
		return t, err
	}
	switch {
	case c == '[':
		return r.propertyList()
	case c == '(':
		return r.collection()
	case r.starts("<<("):
		return r.tripleTerm()
	case r.starts("<<"):
		return r.reified()
	}
	return t, r.Fail(r.Pos, "an object (IRI, blank node, list, literal)")
}

// objectWith reads an object and its annotations, and gives the triples.
func (r *Reader) objectWith(s, p nquads.Term) error {
	o, err := r.object()
	if err == nil {
		err = r.emit(s, p, o)
	}
	if err != nil {
		return err
	}
	return r.annotations(s, p, o)
}

// propertyList reads a blank node with its properties: [ … ].
func (r *Reader) propertyList() (nquads.Term, error) {
	r.Pos++
	t := r.blank()
	return t, r.said(t, "]")
}

// said reads predicates and objects of a nested subject, up to and including a delimiter.
func (r *Reader) said(s nquads.Term, end string) error {
	if err := r.deeper(); err != nil {
		return err
	}
	for {
		p, err := r.verb()
		if err != nil {
			return err
		}
		for more := true; more; {
			if err := r.objectWith(s, p); err != nil {
				return err
			}
			if more = r.Peek() == ','; more {
				r.Pos++
			}
		}
		semicolon := false
		for r.Peek() == ';' {
			r.Pos++
			semicolon = true
		}
		switch {
		case r.starts(end):
			r.Pos += len(end)
			r.now.depth--
			return nil
		case !semicolon:
			return r.Fail(r.Pos, "',', ';' or '"+end+"' behind an object")
		}
	}
}

// collection reads a list: ( … ).
func (r *Reader) collection() (nquads.Term, error) {
	if err := r.deeper(); err != nil {
		return rdfNil, err
	}
	r.Pos++
	first, last := rdfNil, nquads.Term{}
	for r.Peek() != ')' {
		o, err := r.object()
		if err != nil {
			return rdfNil, err
		}
		cell := r.blank()
		if last.Kind == nquads.None {
			first = cell
		} else if err := r.emit(last, rdfRest, cell); err != nil {
			return rdfNil, err
		}
		if err := r.emit(cell, rdfFirst, o); err != nil {
			return rdfNil, err
		}
		last = cell
	}
	r.Pos++
	r.now.depth--
	if last.Kind == nquads.None {
		return rdfNil, nil
	}
	return first, r.emit(last, rdfRest, rdfNil)
}

// annotations reads the reifiers of a triple, and the statements about them: ~ id {| …
// |}.
func (r *Reader) annotations(s, p, o nquads.Term) error {
	reifier := nquads.Term{}
	for {
		c := r.Peek()
		block := r.starts("{|")
		if c != '~' && !block {
			return nil
		}
		if c == '~' || reifier.Kind == nquads.None {
			id, err := r.reifier(s, p, o)
			if err != nil {
				return err
			}
			reifier = id
		}
		if block {
			r.Pos += len("{|")
			if err := r.said(reifier, "|}"); err != nil {
				return err
			}
			reifier = nquads.Term{}
		}
	}
}

// reifier reads "~ id", which may be missing or without the id, and says that it
// reifies a triple.
func (r *Reader) reifier(s, p, o nquads.Term) (id nquads.Term, err error) {
	ok := false
	if r.Peek() == '~' {
		r.Pos++
		if id, ok, err = r.node(r.Peek()); err != nil {
			return id, err
		}
	}
	if !ok {
		id = r.blank()
	}
	term, err := r.termOf(s, p, o)
	if err != nil {
		return id, err
	}
	return id, r.emit(id, rdfReifies, term)
}

// reified reads a triple in double brackets, which stands for its reifier.
func (r *Reader) reified() (id nquads.Term, err error) {
	if err := r.deeper(); err != nil {
		return id, err
	}
	r.Pos += len("<<")
	s, p, o, err := r.inner(r.reified)
	if err != nil {
		return id, err
	}
	if id, err = r.reifier(s, p, o); err != nil {
		return id, err
	}
	r.now.depth--
	return id, r.mark(">>")
}

// tripleTerm reads a triple term, in double brackets with parentheses.
func (r *Reader) tripleTerm() (t nquads.Term, err error) {
	if err := r.deeper(); err != nil {
		return t, err
	}
	r.Pos += len("<<(")
	s, p, o, err := r.inner(nil)
	if err != nil {
		return t, err
	}
	if err := r.mark(")>>"); err != nil {
		return t, err
	}
	r.now.depth--
	return r.termOf(s, p, o)
}

// inner reads the three terms of a triple in brackets. A nested triple is read by
// reified, or refused if that is nil.
func (r *Reader) inner(reified func() (nquads.Term, error)) (s, p, o nquads.Term, err error) {
	term := func(expected string, subject bool) (t nquads.Term, err error) {
		c, ok := r.Peek(), false
		if !subject {
			t, ok, err = r.literal(c)
		}
		if err == nil && !ok {
			t, ok, err = r.node(c)
		}
		switch {
		case ok || err != nil:
			return t, err
		case !subject && r.starts("<<("):
			return r.tripleTerm()
		case reified != nil && r.starts("<<") && !r.starts("<<("):
			return reified()
		}
		return t, r.Fail(r.Pos, expected)
	}
	if s, err = term("a subject (IRI or blank node)", true); err != nil {
		return s, p, o, err
	}
	if p, err = r.verb(); err != nil {
		return s, p, o, err
	}
	o, err = term("an object (IRI, blank node or literal)", false)
	return s, p, o, err
}

func (r *Reader) mark(mark string) error {
	if r.Peek(); !r.starts(mark) {
		return r.Fail(r.Pos, "'"+mark+"'")
	}
	r.Pos += len(mark)
	return nil
}

// termOf is the triple term of three terms.
func (r *Reader) termOf(s, p, o nquads.Term) (nquads.Term, error) {
	text, err := nquads.AppendTriple(nil, &s, &p, &o)
	if err != nil {
		return nquads.Term{}, r.FailFound(r.Pos, "a triple that can be written", err.Error())
	}
	return nquads.Term{Kind: nquads.Triple, Text: text}, nil
}
