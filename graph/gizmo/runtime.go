package gizmo

import "github.com/dop251/goja"

// maxCalls bounds how deep a script's functions may call each other.
const maxCalls = 2000

// queryName is the file name of a query's program, to tell it from ours.
const queryName = "query"

// newRuntime makes the JavaScript the query runs in.
func (s *session) newRuntime(p *program) {
	s.vm.SetMaxCallStackSize(maxCalls)
	s.vm.SetFieldNameMapper(goja.UncapFieldNameMapper())
	g := s.vm.NewDynamicObject(&object{s: s, kind: "graph"})
	s.global("graph", g)
	s.global("g", g)
	for name := range index[""] {
		if p.uses(name) {
			s.global(name, (&object{s: s}).Get(name))
		}
	}
	for name, v := range s.opts.Params {
		if v != nil {
			s.global(name, s.param(v))
		}
	}
}

func (s *session) global(name string, v any) {
	if err := s.vm.Set(name, v); err != nil {
		panic(err)
	}
}
