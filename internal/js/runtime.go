package js

import (
	"context"

	"github.com/dop251/goja"
)

// maxCalls bounds how deep a script's functions may call each other, through built-ins as
// well, from which returning takes quadratic time.
const maxCalls = 500

// queryName is the file name of a query's program, to tell it from ours.
const queryName = "query"

// Host provides the values that scripts get from the caller.
type Host interface {
	// Describe names a value, for an error.
	Describe(goja.Value) string
	// Opaque reports whether an object stands for a value of the host's, and is not
	// to be taken apart.
	Opaque(*goja.Object) bool
	// Whole returns the value for an integer that JavaScript would round.
	Whole(digits Whole) goja.Value
}

// Runtime runs one script within bounds, once: no state of a script can reach another.
type Runtime struct {
	VM      *goja.Runtime
	Context context.Context // with the deadline, from Begin on
	Stop    Stopper
	Host    Host

	drain goja.Callable // of the prelude
}

// Load prepares the parts of the prelude and of the rewriting that a program needs.
func (r *Runtime) Load(p *Program) {
	r.VM.SetMaxCallStackSize(maxCalls)
	r.VM.SetFieldNameMapper(goja.UncapFieldNameMapper())
	if p.prelude {
		r.harden(p)
		r.fixed(drainName, r.callDrain)
		r.fixed(ownName, r.callOwn)
		r.fixed(sourceName, r.callSource)
	}
	if p.lim {
		r.fixed(limName, r.callLim)
		r.fixed(textName, func(c goja.FunctionCall) goja.Value { return c.Argument(0).ToString() })
	}
	if p.whole {
		r.fixed(wholeName, func(c goja.FunctionCall) goja.Value { return r.Host.Whole(Whole(c.Argument(0).String())) })
	}
}

// Run runs a program that was loaded, and returns its completion value.
func (r *Runtime) Run(p *Program) (goja.Value, error) { return r.VM.RunProgram(p.code) }

// Global sets a global variable.
func (r *Runtime) Global(name string, v any) { must(r.VM.Set(name, v)) }

// fixed sets a global that a script cannot change.
func (r *Runtime) fixed(name string, f func(goja.FunctionCall) goja.Value) {
	must(r.VM.GlobalObject().DefineDataProperty(name, r.VM.ToValue(f), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
}

// callLim checks a sum: a text that doubles is soon larger than any memory.
func (r *Runtime) callLim(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	if t, ok := v.(goja.String); ok && t.Length() > maxString {
		r.tooLong()
	}
	return v
}

func (r *Runtime) callDrain(c goja.FunctionCall) goja.Value {
	v, err := r.drain(goja.Undefined(), c.Argument(0))
	must(err)
	return v
}

// callOwn checks an object whose properties are about to be listed in one step.
func (r *Runtime) callOwn(c goja.FunctionCall) goja.Value {
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
		r.rangeError("at most %d members can be listed at once", most)
	}
	return c.Argument(0)
}
