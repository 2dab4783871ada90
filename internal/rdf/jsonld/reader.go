package jsonld

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/piprate/json-gold/ld"

	"kg/internal/rdf/nquads"
)

// longest is the size of the longest document, in bytes.
const longest = 256 << 20

// Reader reads the quads of a document of JSON-LD 1.1.
type Reader struct {
	// Labelled refuses triples outside of named graphs.
	Labelled bool

	src   io.Reader
	doc   document
	base  string
	tags  spellings
	quads [][4]nquads.Term
	read  bool
	err   error
}

// NewReader gives a Reader of r. Errors call the text by name. Relative IRIs are
// resolved against base, and refused if it is empty and the text has none of its own.
func NewReader(r io.Reader, name, base string) *Reader {
	return &Reader{src: r, doc: document{name: name}, base: base}
}

// ReadTerms reads the next quad into terms, as nquads.Reader.ReadTerms does. Invalid
// JSON-LD, or a document with parts that are not RDF, is a *lex.SyntaxError, at the
// position where the word at fault first occurs in the text.
func (r *Reader) ReadTerms(terms *[4]nquads.Term) error {
	if !r.read {
		r.read = true
		r.err = r.all()
	}
	if r.err != nil {
		return r.err
	}
	if len(r.quads) == 0 {
		r.err = io.EOF
		return r.err
	}
	*terms, r.quads = r.quads[0], r.quads[1:]
	return nil
}

// all reads the document.
func (r *Reader) all() error {
	text, err := io.ReadAll(io.LimitReader(r.src, longest+1))
	if err != nil {
		return fmt.Errorf("reading quads %q: %w", r.doc.name, err)
	}
	r.doc.text = text
	if len(text) > longest {
		return r.doc.fail(longest, fmt.Sprintf("a document of at most %d MiB, for JSON-LD is read whole; N-Quads, Turtle and TriG have no such limit", longest>>20), "a longer one")
	}
	value, err := r.doc.parse()
	if err != nil {
		return err
	}
	r.tags = spellings{}
	r.tags.gather(value)
	quads, err := r.convert(value)
	if err != nil {
		return err
	}
	for _, q := range quads {
		terms, err := r.terms(q)
		if err != nil {
			return err
		}
		r.quads = append(r.quads, terms)
	}
	slices.SortFunc(r.quads, compare)
	return nil
}

// noBase is the base of a document without one, by which relative IRIs resolved against
// it are recognised.
const noBase = "relative-to-nothing://-/-/-/-/"

// convert makes quads of a document.
func (r *Reader) convert(value any) (all []*ld.Quad, err error) {
	defer func() { // json-gold takes the type of some values for granted
		if x := recover(); x != nil {
			err = r.doc.fail(0, "JSON-LD 1.1", fmt.Sprintf("what json-gold cannot take: %v", x))
		}
	}()
	options := ld.NewJsonLdOptions(r.base)
	if r.base == "" {
		options.Base = noBase
	}
	options.DocumentLoader, options.SafeMode = offline{}, true
	processor := ld.NewJsonLdProcessor()
	expanded, err := processor.Expand(value, options)
	if err != nil {
		return nil, r.wrong(value, err)
	}
	c := cleaner{doc: &r.doc, base: r.base}
	if c.clean(expanded); c.err != nil {
		return nil, c.err
	}
	rdf, err := processor.ToRDF(expanded, options)
	if err != nil {
		return nil, r.wrong(value, err)
	}
	dataset, ok := rdf.(*ld.RDFDataset)
	if !ok {
		return nil, fmt.Errorf("reading quads %q: json-gold gives a %T", r.doc.name, rdf)
	}
	for _, quads := range dataset.Graphs {
		all = append(all, quads...)
	}
	return all, nil
}

// wrong is json-gold's error with the word that it is about, as far as that is known.
func (r *Reader) wrong(value any, err error) error {
	remote, gold := new(remoteError), new(ld.JsonLdError)
	switch {
	case errors.As(err, &remote):
		return r.doc.failAt(remote.address, "a context that stands in the document, for kg asks the network for nothing", "the address "+remote.address)
	case errors.As(err, &gold) && gold.Code == ld.InvalidProperty:
		terms := map[string]bool{}
		contextTerms(value, false, terms)
		if name := unmapped(value, terms); name != "" {
			return r.doc.failAt(name, "a property that a context maps to an IRI", fmt.Sprintf("%q, which would be dropped", name))
		}
		return r.doc.fail(0, "properties that a context maps to IRIs", "one that it maps to nothing, which would be dropped")
	case errors.As(err, &gold):
		if word, ok := gold.Details.(string); ok && word != "" {
			return r.doc.failAt(word, "JSON-LD 1.1", fmt.Sprintf("%s: %s", gold.Code, word))
		}
		return r.doc.fail(0, "JSON-LD 1.1", gold.Error())
	}
	return r.doc.fail(0, "JSON-LD 1.1", err.Error())
}

// terms are those of a quad, each as N-Quads allow it.
func (r *Reader) terms(q *ld.Quad) (terms [4]nquads.Term, err error) {
	for i, node := range [...]ld.Node{q.Subject, q.Predicate, q.Object, q.Graph} {
		if terms[i] = term(node); terms[i].Kind == nquads.None {
			continue
		}
		if terms[i].Kind == nquads.Tagged {
			terms[i].Type = []byte(r.tags.of(string(terms[i].Type)))
		}
		if _, err := terms[i].Append(nil); err != nil {
			return terms, r.doc.failAt(strings.TrimPrefix(node.GetValue(), "_:"), "terms of RDF", err.Error())
		}
	}
	if terms[3].Kind == nquads.None && r.Labelled {
		return terms, r.doc.fail(0, "triples in a named graph, of which every quad here needs the label", "some in none")
	}
	return terms, nil
}

// term is a node of json-gold's.
func term(node ld.Node) nquads.Term {
	switch n := node.(type) {
	case ld.IRI:
		return nquads.Term{Kind: nquads.IRI, Text: []byte(n.Value)}
	case ld.BlankNode:
		return nquads.Term{Kind: nquads.Blank, Text: []byte(strings.TrimPrefix(n.Attribute, "_:"))}
	case ld.Literal:
		t := nquads.Term{Kind: nquads.Typed, Text: []byte(n.Value), Type: []byte(n.Datatype)}
		switch {
		case n.Language != "":
			t.Kind, t.Type = nquads.Tagged, []byte(n.Language)
		case n.Datatype == ld.XSDString, n.Datatype == "":
			t.Kind, t.Type = nquads.Plain, nil
		case n.Datatype == jsonMark:
			t.Type = []byte(ld.RDFJSONLiteral)
		}
		return t
	}
	return nquads.Term{}
}

// compare orders quads, since a document has no order.
func compare(a, b [4]nquads.Term) int {
	for i := range a {
		if c := strings.Compare(string(a[i].Text)+"\x00"+string(a[i].Type), string(b[i].Text)+"\x00"+string(b[i].Type)); c != 0 {
			return c
		}
	}
	return 0
}
