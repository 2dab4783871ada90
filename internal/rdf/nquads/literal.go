package nquads

import "bytes"

// literal reads a literal with its datatype or language tag. As between all
// terminals of the grammar, white space may stand before "^^", "@" and the
// datatype.
func (r *Reader) literal(t *Term) error {
	text, err := r.Quoted()
	if err != nil {
		return err
	}
	*t = Term{Kind: Plain, Text: text}
	switch r.peek() {
	case '^':
		return r.typed(t)
	case '@':
		tag, err := r.LanguageTag()
		if err != nil {
			return err
		}
		t.Kind, t.Type = Tagged, tag
		if r.Triples == KeepTriples {
			t.Kind, t.Type = r.direction(tag)
		}
		return r.failTag()
	}
	return nil
}

// typed reads the datatype of a literal.
func (r *Reader) typed(t *Term) error {
	if r.At(r.Pos+1) != '^' {
		return r.Fail(r.Pos+1, "'^^' before a datatype")
	}
	r.Pos += len("^^")
	if r.peek() != '<' {
		return r.failTerm("a datatype (IRI) after '^^'")
	}
	start := r.Pos
	var datatype Term
	if err := r.iriRef(&datatype); err != nil {
		return err
	}
	switch string(datatype.Text) {
	case xsdString:
		return nil
	case rdfLangString:
		return r.FailFound(start, "a language tag with rdf:langString", "it as a datatype")
	case rdfDirLangString:
		if r.Triples != RefuseTriples {
			return r.FailFound(start, "a language tag and a direction with rdf:dirLangString", "it as a datatype")
		}
	}
	t.Kind, t.Type = Typed, datatype.Text
	return nil
}

// direction reads the direction of a text behind its language tag, if it has one.
func (r *Reader) direction(tag []byte) (TermKind, []byte) {
	rest := r.Text[r.Pos:]
	if !bytes.HasPrefix(rest, []byte("--ltr")) && !bytes.HasPrefix(rest, []byte("--rtl")) {
		return Tagged, tag
	}
	r.Pos += len("--ltr")
	return Directed, r.Text[r.Pos-len("--ltr")-len(tag) : r.Pos]
}
