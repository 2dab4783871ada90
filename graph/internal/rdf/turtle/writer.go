package turtle

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/rdf/nquads"
	"kg/schema"
)

const notice = "# Turtle has no labels: which claim asserts which triple is lost here. N-Quads and JSON-LD keep it.\n"

// Write writes the triples of quads in RDF 1.1 Turtle, sorted, each once. It
// declares those of the prefixes that it uses. A term that no RDF file can hold
// is an error, and then nothing is written.
func Write(w io.Writer, quads []quad.Quad, prefixes []schema.Prefix) error {
	t := &writer{prefixes: slices.Clone(prefixes), used: map[string]bool{}}
	slices.SortFunc(t.prefixes, func(a, b schema.Prefix) int { // the longest fits best
		return cmp.Or(len(b.IRI)-len(a.IRI), strings.Compare(a.Name, b.Name))
	})
	body, err := t.body(quads)
	if err != nil {
		return fmt.Errorf("writing Turtle: %w", err)
	}
	b := bufio.NewWriter(w)
	b.WriteString(notice)
	slices.SortFunc(t.prefixes, func(a, b schema.Prefix) int { return strings.Compare(a.Name, b.Name) })
	for _, p := range t.prefixes {
		if t.used[p.Name] {
			fmt.Fprintf(b, "@prefix %s: <%s> .\n", p.Name, p.IRI)
		}
	}
	b.WriteString(body)
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing Turtle: %w", err)
	}
	return nil
}

type writer struct {
	prefixes []schema.Prefix
	used     map[string]bool
}

// triple is one in the notation of Turtle.
type triple struct{ s, p, o string }

func (t *writer) body(quads []quad.Quad) (string, error) {
	var list []triple
	for _, q := range quads {
		// The terms are checked in their places: no literal is a subject.
		if _, err := nquads.AppendQuad(nil, q); err != nil {
			return "", err
		}
		one := triple{}
		for _, part := range []struct {
			to    *string
			value quad.Value
		}{{&one.s, q.Subject}, {&one.p, q.Predicate}, {&one.o, q.Object}} {
			if part.to == &one.p && q.Predicate == schema.Type {
				one.p = "a"
				continue
			}
			var err error
			if *part.to, err = t.term(part.value); err != nil {
				return "", err
			}
		}
		list = append(list, one)
	}
	slices.SortFunc(list, func(a, b triple) int {
		return cmp.Or(strings.Compare(a.s, b.s), strings.Compare(a.p, b.p), strings.Compare(a.o, b.o))
	})
	var b strings.Builder
	last := triple{}
	for _, one := range slices.Compact(list) {
		switch {
		case one.s != last.s:
			b.WriteString(end(last) + "\n" + one.s + "\n\t" + one.p + " " + one.o)
		case one.p != last.p:
			b.WriteString(" ;\n\t" + one.p + " " + one.o)
		default:
			b.WriteString(" , " + one.o)
		}
		last = one
	}
	b.WriteString(end(last))
	return b.String(), nil
}

func end(last triple) string {
	if last.s == "" {
		return ""
	}
	return " .\n"
}

// local are the local names that need no escape in Turtle; all else is written
// as a whole IRI.
var local = regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?$`)

func (t *writer) term(value quad.Value) (string, error) {
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
func (t *writer) short(iri string) string {
	for _, p := range t.prefixes {
		if rest, ok := strings.CutPrefix(iri[1:len(iri)-1], p.IRI); ok && local.MatchString(rest) {
			t.used[p.Name] = true
			return p.Name + ":" + rest
		}
	}
	return iri
}
