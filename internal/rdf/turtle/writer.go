package turtle

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/lex"
	"kg/internal/rdf/nquads"
	"kg/schema"
)

// Form selects the output of a Writer.
type Form uint8

const (
	// Plain is RDF 1.1 Turtle. It has no labels: which claim asserts which triple is
	// lost.
	Plain Form = iota
	// Reified is RDF 1.2 Turtle, in which a triple labelled by a claim is written as
	// reified by the claim: << s p o ~ claim >>. Only the claim asserts it. Other labels
	// are lost.
	Reified
	// Graphs is RDF 1.1 TriG: each label is a named graph.
	Graphs
)

// Writer writes Turtle or TriG, subject by subject.
type Writer struct {
	// Claim reports whether a label is a claim, for Reified.
	Claim func(label quad.Value) (bool, error)

	w        *bufio.Writer
	form     Form
	prefixes []lex.Prefix // the longest first
	used     map[string]bool
	lists    []spelledTriple
}

// NewWriter gives a Writer to w that has declared the prefixes. It buffers: call Flush
// at the end.
func NewWriter(w io.Writer, form Form, prefixes map[string]string) *Writer {
	t := newWriter(w, form, prefixes)
	if form == Plain {
		t.w.WriteString(notice)
	}
	for _, name := range slices.Sorted(maps.Keys(prefixes)) {
		fmt.Fprintf(t.w, "@prefix %s: <%s> .\n", name, prefixes[name])
	}
	return t
}

func newWriter(w io.Writer, form Form, prefixes map[string]string) *Writer {
	return &Writer{w: bufio.NewWriter(w), form: form, prefixes: lex.Prefixes(prefixes), used: map[string]bool{}}
}

// Flush writes what is buffered.
func (t *Writer) Flush() error {
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("writing Turtle: %w", err)
	}
	return nil
}

const notice = "# Turtle has no labels: which claim asserts which triple is lost here. N-Quads, TriG and JSON-LD keep it.\n"

// Write writes the triples of quads in RDF 1.1 Turtle, sorted, each once. It
// declares those of the prefixes that it uses. A term that no RDF file can hold
// is an error, and then nothing is written.
func Write(w io.Writer, quads []quad.Quad, prefixes map[string]string) error {
	var body strings.Builder
	t := newWriter(&body, Plain, prefixes)
	bySubject := map[string][]quad.Quad{}
	for _, q := range quads {
		key, err := nquads.AppendTerm(nil, q.Subject)
		if err != nil {
			return fmt.Errorf("writing Turtle: %w", err)
		}
		bySubject[string(key)] = append(bySubject[string(key)], q)
	}
	keys := make([]string, 0, len(bySubject))
	for key := range bySubject {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		if err := t.Subject(bySubject[key]); err != nil {
			return err
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	b.WriteString(notice)
	for _, name := range slices.Sorted(maps.Keys(prefixes)) {
		if t.used[name] {
			fmt.Fprintf(b, "@prefix %s: <%s> .\n", name, prefixes[name])
		}
	}
	b.WriteString(body.String())
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing Turtle: %w", err)
	}
	return nil
}

// spelledTriple is one in the notation of Turtle, with its label.
type spelledTriple struct{ g, s, p, o string }

// Subject writes all quads of one subject, sorted, each triple once, or once in each
// graph.
func (t *Writer) Subject(quads []quad.Quad) error {
	list, reified := t.lists[:0], []spelledTriple(nil)
	for _, q := range quads {
		one, err := t.triple(q)
		if err != nil {
			return fmt.Errorf("writing Turtle: %w", err)
		}
		claim := false
		if t.form == Reified && q.Label != nil {
			if claim, err = t.Claim(q.Label); err != nil {
				return err
			}
		}
		if claim {
			reified = append(reified, one)
			continue
		}
		if t.form != Graphs {
			one.g = ""
		}
		list = append(list, one)
	}
	t.write(list)
	slices.SortFunc(reified, compare)
	for i, one := range slices.Compact(reified) {
		if i == 0 {
			t.w.WriteByte('\n')
		}
		fmt.Fprintf(t.w, "<< %s %s %s ~ %s >> .\n", one.s, one.p, one.o, one.g)
	}
	t.lists = list
	return nil
}

func compare(a, b spelledTriple) int {
	return cmp.Or(strings.Compare(a.g, b.g), strings.Compare(a.s, b.s), strings.Compare(a.p, b.p), strings.Compare(a.o, b.o))
}

// write writes the triples of a subject, graph by graph.
func (t *Writer) write(list []spelledTriple) {
	slices.SortFunc(list, compare)
	last := spelledTriple{}
	for i, one := range slices.Compact(list) {
		switch {
		case i == 0 || one.g != last.g:
			if i > 0 {
				t.end(last)
			}
			t.w.WriteByte('\n')
			if one.g != "" {
				t.w.WriteString(one.g + " {\n")
			}
			t.w.WriteString(one.s + "\n\t" + one.p + " " + one.o)
		case one.p != last.p:
			t.w.WriteString(" ;\n\t" + one.p + " " + one.o)
		default:
			t.w.WriteString(" , " + one.o)
		}
		last = one
	}
	if len(list) > 0 {
		t.end(last)
	}
}

// end ends a subject in a graph.
func (t *Writer) end(last spelledTriple) {
	t.w.WriteString(" .\n")
	if last.g != "" {
		t.w.WriteString("}\n")
	}
}

// triple spells a quad. Its terms are checked by position: no literal is a subject.
func (t *Writer) triple(q quad.Quad) (one spelledTriple, err error) {
	if _, err := nquads.AppendQuad(nil, q); err != nil {
		return one, err
	}
	for _, part := range []struct {
		to    *string
		value quad.Value
	}{{&one.s, q.Subject}, {&one.p, q.Predicate}, {&one.o, q.Object}, {&one.g, q.Label}} {
		switch {
		case part.value == nil:
		case part.to == &one.p && q.Predicate == schema.Type:
			one.p = "a"
		default:
			if *part.to, err = t.term(part.value); err != nil {
				return one, err
			}
		}
	}
	return one, nil
}

func (t *Writer) term(value quad.Value) (string, error) {
	b, err := nquads.AppendTerm(nil, value)
	if err != nil {
		return "", err
	}
	text := string(b)
	if _, ok := value.(quad.IRI); ok {
		return t.short(text), nil
	}
	// A literal of N-Quads is one of Turtle; only its datatype can be shorter.
	if i := strings.LastIndex(text, `"^^<`); i >= 0 && strings.HasSuffix(text, ">") {
		return text[:i+3] + t.short(text[i+3:]), nil
	}
	return text, nil
}

// short turns <iri> into a prefixed name where that needs no escapes.
func (t *Writer) short(iri string) string {
	for _, p := range t.prefixes {
		if rest, ok := strings.CutPrefix(iri[1:len(iri)-1], p.IRI); ok && lex.IsPlainName(rest) {
			t.used[p.Name] = true
			return p.Name + ":" + rest
		}
	}
	return iri
}
