package session

import (
	"github.com/dop251/goja"

	"kg/graph/internal/rdf/nquads"
)

// maxCalls bounds how deep a script's functions may call each other, by way of
// built-ins as well, from which the way back takes the square of it.
const maxCalls = 500

// queryName is the file name of a query's program, to tell it from ours.
const queryName = "query"

// newRuntime makes the JavaScript the query runs in.
func (s *session) newRuntime(p *program) {
	s.vm.SetMaxCallStackSize(maxCalls)
	s.vm.SetFieldNameMapper(goja.UncapFieldNameMapper())
	if p.prelude {
		s.harden(p)
		s.fixed(drainName, s.callDrain)
		s.fixed(ownName, s.callOwn)
		s.fixed(sourceName, s.callSource)
	}
	if p.lim {
		s.fixed(limName, s.callLim)
		s.fixed(textName, func(c goja.FunctionCall) goja.Value { return c.Argument(0).ToString() })
	}
	if p.whole {
		s.fixed(wholeName, func(c goja.FunctionCall) goja.Value {
			return s.wholeValue(nquads.Term{Kind: nquads.Typed, Text: []byte(c.Argument(0).String()), Type: []byte(xsdInteger)})
		})
	}
	g := s.vm.NewDynamicObject(&object{s: s, kind: "graph"})
	s.global("graph", g)
	s.global("g", g)
	for name := range index[""] {
		if p.uses(name) {
			s.global(name, (&object{s: s}).Get(name))
		}
	}
	for name, v := range s.opts.Params {
		if v == nil {
			s.global(name, goja.Undefined())
		} else {
			s.global(name, s.param(v))
		}
	}
}

func (s *session) global(name string, v any) { must(s.vm.Set(name, v)) }

// fixed sets a global that a script cannot change.
func (s *session) fixed(name string, f func(goja.FunctionCall) goja.Value) {
	must(s.vm.GlobalObject().DefineDataProperty(name, s.vm.ToValue(f), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
}

// callLim checks a sum: a text that doubles is soon larger than any memory.
func (s *session) callLim(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	if t, ok := v.(goja.String); ok && t.Length() > maxString {
		s.tooLong()
	}
	return v
}

func (s *session) callDrain(c goja.FunctionCall) goja.Value {
	v, err := s.drain(goja.Undefined(), c.Argument(0))
	must(err)
	return v
}

// callOwn checks what is about to be listed by its properties in one step.
func (s *session) callOwn(c goja.FunctionCall) goja.Value {
	const most = 1 << 18
	n := int64(0)
	switch v := c.Argument(0).(type) {
	case goja.String:
		n = int64(v.Length())
	case *goja.Object:
		if length := v.Get("length"); length != nil && (v.ClassName() == "String" || v.ClassName() == "Array") {
			n = length.ToInteger()
		}
	}
	if n > most {
		s.rangeError("at most %d members can be listed at once", most)
	}
	return c.Argument(0)
}
