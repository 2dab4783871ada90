package session

import (
	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"

	"kg/internal/rdf/nquads"
)

// wording is the text of a literal, and any other term as N-Quads write it.
func wording(v quad.Value) string {
	switch v.(type) {
	case quad.IRI, quad.BNode:
		return v.String()
	}
	t, err := nquads.TermOf(v)
	if err != nil {
		return quad.StringOf(v)
	}
	return string(t.Text)
}

// textValue is a text as a script sees it: a string of JavaScript's own, or a
// String object where Gizmo would read such a string as another term.
func (s *session) textValue(text string) goja.Value {
	v := s.VM.ToValue(text)
	if read, _ := plain(text); read != quad.String(text) {
		return v.ToObject(s.VM)
	}
	return v
}
