package jsonld

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/piprate/json-gold/ld"

	"kg/internal/rdf/lex"
	"kg/internal/rdf/nquads"
	"kg/schema"
)

// Writer writes a JSON-LD 1.1 document, subject by subject: json-gold would hold several
// copies of all of it in memory. Each label is a named graph, which may occur several
// times.
type Writer struct {
	w        *bufio.Writer
	prefixes []lex.Prefix // the longest first
	begun    bool
}

// NewWriter gives a Writer to w. It buffers: call Close at the end.
func NewWriter(w io.Writer, prefixes map[string]string) *Writer {
	j := &Writer{w: bufio.NewWriter(w), prefixes: slices.DeleteFunc(lex.Prefixes(prefixes), func(p lex.Prefix) bool {
		return !strings.ContainsAny(p.IRI[len(p.IRI)-1:], ":/?#[]@") // else it is no prefix in JSON-LD
	})}
	context := map[string]string{}
	for _, p := range j.prefixes {
		context[p.Name] = p.IRI
	}
	fmt.Fprintf(j.w, "{\n  \"@context\": %s,\n  \"@graph\": [", encode(context))
	return j
}

// Close ends the document and flushes it.
func (j *Writer) Close() error {
	j.w.WriteString("\n  ]\n}\n")
	if err := j.w.Flush(); err != nil {
		return fmt.Errorf("writing JSON-LD: %w", err)
	}
	return nil
}

// Write writes quads as one JSON-LD 1.1 document, with the prefixes as its context.
// A term that no RDF file can hold is an error, and then nothing is written.
func Write(w io.Writer, quads []quad.Quad, prefixes map[string]string) error {
	var b bytes.Buffer
	j := NewWriter(&b, prefixes)
	bySubject := map[quad.Value][]quad.Quad{}
	var subjects []quad.Value
	for _, q := range quads {
		if bySubject[q.Subject] == nil {
			subjects = append(subjects, q.Subject)
		}
		bySubject[q.Subject] = append(bySubject[q.Subject], q)
	}
	slices.SortFunc(subjects, func(a, b quad.Value) int { return strings.Compare(quad.StringOf(a), quad.StringOf(b)) })
	for _, subject := range subjects {
		if err := j.Subject(bySubject[subject]); err != nil {
			return err
		}
	}
	if err := j.Close(); err != nil {
		return err
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("writing JSON-LD: %w", err)
	}
	return nil
}

// edge is a predicate with an object, in JSON.
type edge struct{ graph, predicate, object string }

// Subject writes all quads of one subject, sorted, each once.
func (j *Writer) Subject(quads []quad.Quad) error {
	var list []edge
	for _, q := range quads {
		// The terms are checked by position: no literal is a subject.
		if _, err := nquads.AppendQuad(nil, q); err != nil {
			return fmt.Errorf("writing JSON-LD: %w", err)
		}
		one, err := j.edge(q)
		if err != nil {
			return fmt.Errorf("writing JSON-LD: %w", err)
		}
		list = append(list, one)
	}
	slices.SortFunc(list, func(a, b edge) int {
		return cmp.Or(strings.Compare(a.graph, b.graph), strings.Compare(a.predicate, b.predicate), strings.Compare(a.object, b.object))
	})
	list = slices.Compact(list)
	for len(list) > 0 {
		n := slices.IndexFunc(list, func(e edge) bool { return e.graph != list[0].graph })
		if n < 0 {
			n = len(list)
		}
		if err := j.node(quads[0].Subject, list[:n]); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

// node writes the statements of one graph about a subject.
func (j *Writer) node(subject quad.Value, list []edge) error {
	id, err := j.id(subject)
	if err != nil {
		return fmt.Errorf("writing JSON-LD: %w", err)
	}
	if j.begun {
		j.w.WriteByte(',')
	}
	j.begun = true
	j.w.WriteString("\n    {")
	if graph := list[0].graph; graph != "" {
		j.w.WriteString(`"@id": ` + graph + `, "@graph": [{`)
	}
	j.w.WriteString(`"@id": ` + id)
	last := ""
	for i, e := range list {
		if e.predicate == last {
			j.w.WriteString(", " + e.object)
			continue
		}
		if i > 0 {
			j.w.WriteByte(']')
		}
		j.w.WriteString(",\n      " + e.predicate + ": [" + e.object)
		last = e.predicate
	}
	j.w.WriteByte(']')
	if list[0].graph != "" {
		j.w.WriteString("}]")
	}
	_, err = j.w.WriteString("}")
	return err
}

func (j *Writer) edge(q quad.Quad) (e edge, err error) {
	if q.Label != nil {
		if e.graph, err = j.id(q.Label); err != nil {
			return e, err
		}
	}
	if e.predicate, err = j.id(q.Predicate); err != nil {
		return e, err
	}
	t, err := nquads.TermOf(q.Object)
	if err != nil {
		return e, err
	}
	id, typed := "", ""
	switch t.Kind {
	case nquads.IRI, nquads.Blank:
		if id, err = j.id(q.Object); q.Predicate == schema.Type {
			e.predicate, e.object = `"@type"`, id
		} else {
			e.object = `{"@id": ` + id + "}"
		}
		return e, err
	case nquads.Tagged:
		typed = `, "@language": ` + encode(string(t.Type))
	case nquads.Typed:
		datatype, err := j.id(quad.IRI(t.Type))
		if err != nil {
			return e, err
		}
		typed = `, "@type": ` + datatype
	}
	e.object = `{"@value": ` + encode(string(t.Text)) + typed + "}"
	return e, nil
}

// id spells an IRI or a blank node, shortened by the prefixes.
func (j *Writer) id(v quad.Value) (string, error) {
	iri, ok := v.(quad.IRI)
	if !ok {
		return encode(v.String()), nil
	}
	for _, p := range j.prefixes {
		if rest, ok := strings.CutPrefix(string(iri), p.IRI); ok && !strings.HasPrefix(rest, "//") {
			return encode(p.Name + ":" + rest), nil
		}
	}
	for _, p := range j.prefixes {
		if rest, ok := strings.CutPrefix(string(iri), p.Name+":"); ok && !strings.HasPrefix(rest, "//") {
			return "", fmt.Errorf("the IRI %s would be read as the short form of another", iri)
		}
	}
	return encode(string(iri)), nil
}

// encode returns the JSON of texts, which cannot fail. By default encoding/json escapes
// harmless characters, such as <.
func encode(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// offline loads nothing.
type offline struct{}

func (offline) LoadDocument(address string) (*ld.RemoteDocument, error) {
	return nil, &remoteError{address}
}

// remoteError is the error of a document that is not fetched.
type remoteError struct{ address string }

func (e *remoteError) Error() string {
	return fmt.Sprintf("%q is not fetched: kg asks the network for nothing", e.address)
}
