package turtle

import (
	"bytes"
	"strconv"
	"strings"

	"kg/internal/rdf/lex"
	"kg/internal/rdf/nquads"
	"kg/schema"
)

const (
	xsd = "http://www.w3.org/2001/XMLSchema#"
	rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
)

func iri(text string) nquads.Term { return nquads.Term{Kind: nquads.IRI, Text: []byte(text)} }

var (
	rdfType    = iri(string(schema.Type))
	rdfFirst   = iri(rdf + "first")
	rdfRest    = iri(rdf + "rest")
	rdfNil     = iri(rdf + "nil")
	rdfReifies = iri(nquads.Reifies)

	xsdInteger = []byte(xsd + "integer")
	xsdDecimal = []byte(xsd + "decimal")
	xsdDouble  = []byte(xsd + "double")
	xsdBoolean = []byte(xsd + "boolean")
)

// iri reads an IRI, in brackets or short. It is not ok if none begins here.
func (r *Reader) iri(c byte) (t nquads.Term, ok bool, err error) {
	t.Kind = nquads.IRI
	if c == '<' {
		t.Text, err = r.IRIRef()
		return t, true, err
	}
	word := r.Word()
	if r.At(r.Pos+len(word)) != ':' {
		return t, false, nil
	}
	prefix, declared := r.prefixes[string(word)]
	if !declared {
		return t, false, r.FailFound(r.Pos, "a prefix that is declared above", lex.Brief(r.Text[r.Pos:r.Pos+len(word)+1]))
	}
	local, err := r.PrefixedName(len(word))
	t.Text = r.Join(prefix, local)
	return t, true, err
}

// node reads an IRI or a blank node that nothing is said of here.
func (r *Reader) node(c byte) (t nquads.Term, ok bool, err error) {
	switch c {
	case '_':
		label, err := r.BlankLabel()
		return nquads.Term{Kind: nquads.Blank, Text: r.label(label)}, true, err
	case '[':
		start := r.Pos
		r.Pos++
		if r.Peek() == ']' {
			r.Pos++
			return r.blank(), true, nil
		}
		r.Pos = start
		return t, false, nil
	case '<':
		if r.At(r.Pos+1) == '<' {
			return t, false, nil
		}
	}
	return r.iri(c)
}

// own begins the labels of blank nodes that have none in the text. One of the text's
// that begins so gets a '-' more, so that no two are the same.
const own = "anon-"

func (r *Reader) label(label []byte) []byte {
	if bytes.HasPrefix(label, []byte(own)) {
		return r.Join([]byte(own+"-"), label[len(own):])
	}
	return label
}

// blank is a blank node that is no other.
func (r *Reader) blank() nquads.Term {
	r.now.fresh++
	var digits [20]byte
	return nquads.Term{Kind: nquads.Blank, Text: r.Join([]byte(own), strconv.AppendUint(digits[:0], r.now.fresh, 10))}
}

// verb reads a predicate.
func (r *Reader) verb() (nquads.Term, error) {
	c := r.Peek()
	if c == 'a' && string(r.Word()) == "a" && r.At(r.Pos+1) != ':' {
		r.Pos++
		return rdfType, nil
	}
	t, ok := nquads.Term{}, false
	var err error
	if c != '_' && !(c == '<' && r.At(r.Pos+1) == '<') {
		t, ok, err = r.iri(c)
	}
	if err == nil && !ok {
		err = r.Fail(r.Pos, "a predicate (IRI or 'a')")
	}
	return t, err
}

// literal reads a literal. It is not ok if none begins here.
func (r *Reader) literal(c byte) (t nquads.Term, ok bool, err error) {
	switch {
	case c == '"', c == '\'':
		t, err = r.text(c)
		return t, true, err
	case c == '+', c == '-', c == '.', '0' <= c && c <= '9':
		text, fraction, exponent := r.Number()
		t = nquads.Term{Kind: nquads.Typed, Text: text, Type: xsdInteger}
		switch {
		case exponent:
			t.Type = xsdDouble
		case fraction:
			t.Type = xsdDecimal
		}
		return t, text != nil, nil
	case c == 't', c == 'f':
		word := r.Word()
		if s := string(word); (s == "true" || s == "false") && r.At(r.Pos+len(word)) != ':' {
			r.Pos += len(word)
			return nquads.Term{Kind: nquads.Typed, Text: word, Type: xsdBoolean}, true, nil
		}
	}
	return t, false, nil
}

// text reads a text in quotes with its language or datatype.
func (r *Reader) text(c byte) (t nquads.Term, err error) {
	t.Kind = nquads.Plain
	if r.At(r.Pos+1) == c && r.At(r.Pos+2) == c {
		t.Text, err = r.LongQuoted()
	} else {
		t.Text, err = r.Quoted()
	}
	if err != nil {
		return t, err
	}
	switch r.Peek() {
	case '@':
		return r.tagged(t)
	case '^':
		return r.typed(t)
	}
	return t, nil
}

// tagged reads the language of a text and, of RDF 1.2, its direction.
func (r *Reader) tagged(t nquads.Term) (nquads.Term, error) {
	tag, err := r.LanguageTag()
	if err != nil {
		return t, err
	}
	t.Kind, t.Type = nquads.Tagged, tag
	if rest := r.Text[r.Pos:]; bytes.HasPrefix(rest, []byte("--")) {
		direction := string(rest[2:min(len(rest), 5)])
		switch {
		case direction != "ltr" && direction != "rtl":
			return t, r.Fail(r.Pos+len("--"), "ltr or rtl behind '--'")
		case r.Triples != nquads.KeepTriples:
			return t, r.FailFound(r.Pos, "the end of the language tag", "a direction of text, which is RDF 1.2 and has no place in this graph")
		}
		r.Pos += len("--ltr")
		t.Kind, t.Type = nquads.Directed, r.Join(tag, rest[:len("--ltr")])
	}
	switch c := r.At(r.Pos); {
	case c == '-':
		return t, r.Fail(r.Pos+1, "letters or digits after '-' in a language tag")
	case c == '_' && r.At(r.Pos+1) != ':':
		return t, r.FailFound(r.Pos, "a language tag whose parts are joined by '-', such as en-US", "'_'")
	}
	return t, nil
}

// typed reads the datatype of a text.
func (r *Reader) typed(t nquads.Term) (nquads.Term, error) {
	if r.At(r.Pos+1) != '^' {
		return t, r.Fail(r.Pos+1, "'^^' before a datatype")
	}
	r.Pos += len("^^")
	c := r.Peek()
	start := r.Pos
	datatype, ok, err := r.iri(c)
	if err == nil && !ok {
		err = r.Fail(r.Pos, "a datatype (IRI) after '^^'")
	}
	if err != nil {
		return t, err
	}
	switch name := string(datatype.Text); {
	case name == xsd+"string":
		return t, nil
	case name == rdf+"langString", name == rdf+"dirLangString":
		return t, r.FailFound(start, "a language tag with "+strings.Replace(name, rdf, "rdf:", 1), "it as a datatype")
	}
	t.Kind, t.Type = nquads.Typed, datatype.Text
	return t, nil
}
