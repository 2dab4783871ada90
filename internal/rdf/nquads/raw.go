package nquads

import (
	"fmt"

	"github.com/cayleygraph/quad"
)

// TermKind is the kind of a Term.
type TermKind uint8

// The kinds of terms. A literal of xsd:string is Plain, however it
// was spelled.
const (
	None     TermKind = iota // no term: the label of a quad of the default graph
	IRI                      // an absolute IRI
	Blank                    // a blank node
	Plain                    // a literal of xsd:string
	Tagged                   // a literal with a language tag
	Typed                    // a literal of any other datatype
	Directed                 // of RDF 1.2: a literal with a language tag and a direction
	Triple                   // of RDF 1.2: a triple term
)

// Term is a term as bytes, its escapes resolved: reading a file into them allocates
// nothing per term. The zero Term is no term.
type Term struct {
	Kind TermKind
	Text []byte // the IRI without brackets, the label without "_:", the text of a literal, the canonical spelling of a triple term
	Type []byte // of a Typed literal the datatype IRI, of a Tagged one the language tag, of a Directed one that with "--ltr" or "--rtl"
}

// Value returns the term as a value of package quad, with a copy of its bytes; nil for
// None, and for terms that RDF 1.1 does not have. A typed literal becomes a native value
// by the rule of the package.
func (t *Term) Value() quad.Value {
	switch t.Kind {
	case IRI:
		return quad.IRI(t.Text)
	case Blank:
		return quad.BNode(t.Text)
	case Plain:
		return quad.String(t.Text)
	case Tagged:
		return quad.LangString{Value: quad.String(t.Text), Lang: string(t.Type)}
	case Typed:
		return typedValue(t.Text, t.Type)
	}
	return nil
}

// valueOr is the same, but gives prev again instead of an equal new node.
func (t *Term) valueOr(prev quad.Value) quad.Value {
	switch p := prev.(type) {
	case quad.IRI:
		if t.Kind == IRI && string(p) == string(t.Text) {
			return prev
		}
	case quad.BNode:
		if t.Kind == Blank && string(p) == string(t.Text) {
			return prev
		}
	}
	return t.Value()
}

// TermOf is the term that is written as v is. It is an error if v is nil or
// none of the terms of package quad, or a time outside the years 1 to 9999.
// Whether the term can be written is for Append to say.
func TermOf(v quad.Value) (Term, error) {
	switch v := v.(type) {
	case nil:
		return Term{}, errNil
	case quad.IRI:
		return Term{Kind: IRI, Text: []byte(v)}, nil
	case quad.BNode:
		return Term{Kind: Blank, Text: []byte(v)}, nil
	case quad.String:
		return Term{Kind: Plain, Text: []byte(v)}, nil
	case quad.LangString:
		return Term{Kind: Tagged, Text: []byte(v.Value), Type: []byte(v.Lang)}, nil
	case quad.TypedString:
		if v.Type == xsdString {
			return Term{Kind: Plain, Text: []byte(v.Value)}, nil
		}
		return Term{Kind: Typed, Text: []byte(v.Value), Type: []byte(v.Type)}, nil
	}
	text, datatype, err := appendText(nil, v)
	if datatype == "" {
		err = errNoTerm(v)
	}
	if err != nil {
		return Term{}, err
	}
	return Term{Kind: Typed, Text: text, Type: []byte(datatype)}, nil
}

// Append appends the term as canonical N-Quads spell it (RDFC-1.0, appendix
// A). The errors are those of AppendTerm, with which it agrees:
//
//	t.Append(dst) is AppendTerm(dst, t.Value())
func (t *Term) Append(dst []byte) ([]byte, error) {
	out, err := dst, error(nil)
	switch t.Kind {
	case IRI:
		out, err = appendIRI(dst, t.Text)
	case Blank:
		out, err = appendBlank(dst, t.Text)
	case Plain:
		out, err = appendQuoted(dst, t.Text)
	case Tagged:
		out, err = appendTagged(dst, t.Text, t.Type)
	case Typed:
		out, err = appendTyped(dst, t.Text, t.Type)
	case Directed:
		if out, err = appendQuoted(dst, t.Text); err == nil {
			out = append(append(out, '@'), t.Type...)
		}
	case Triple:
		out = append(dst, t.Text...)
	default:
		err = errNil
	}
	if err != nil {
		return dst, fmt.Errorf("writing term: %w", err)
	}
	return out, nil
}
