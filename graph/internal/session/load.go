package session

import (
	"sync"

	"github.com/dop251/goja"

	"kg/internal/js"
	"kg/internal/rdf/nquads"
)

// scripts makes the programs of all sessions.
var scripts = sync.OnceValue(func() *js.Compiler {
	own := map[string]bool{}
	for _, byName := range index {
		for name := range byName {
			own[name] = true
		}
	}
	return &js.Compiler{Harmless: own}
})

// begin begins the bounds of the query; the function it returns ends them.
func (s *session) begin() func() {
	return s.Begin(s.parent, js.Bounds{Timeout: s.opts.Timeout, Memory: s.opts.MaxMemory, Yields: s.opts.Yields})
}

// load defines the names that the query can use in its JavaScript.
func (s *session) load(p *js.Program) {
	s.Load(p)
	g := s.VM.NewDynamicObject(&scriptObject{s: s, kind: "graph"})
	s.Global("graph", g)
	s.Global("g", g)
	for name := range index[""] {
		if p.Uses(name) {
			s.Global(name, (&scriptObject{s: s}).Get(name))
		}
	}
	for name, v := range s.opts.Params {
		if v == nil {
			s.Global(name, goja.Undefined())
		} else {
			s.Global(name, s.param(v))
		}
	}
}

// Describe describes a script's value, for an error.
func (s *session) Describe(v goja.Value) string { return describe(v) }

// Opaque reports whether an object stands for a term, a path or a filter.
func (s *session) Opaque(obj *goja.Object) bool { return goValue(obj) != nil }

// Whole makes the term of an integer that JavaScript would round.
func (s *session) Whole(digits js.Whole) goja.Value {
	return s.wholeValue(nquads.Term{Kind: nquads.Typed, Text: []byte(digits), Type: []byte(xsdInteger)})
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
