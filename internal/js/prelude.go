package js

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
)

//go:embed prelude.js
var preludeText string

var prelude = sync.OnceValue(func() *goja.Program { return goja.MustCompile("prelude.js", preludeText, true) })

// Bounds of a single step of a script.
const (
	maxString  = 1 << 20 // characters of a text that is made
	maxPattern = 1 << 12 // characters of a regular expression
	maxStates  = 1 << 18 // of a path's pattern: its length times the largest count in it
	maxWork    = 1 << 23 // length of a text times that of the text or pattern searched for in it
	maxNest    = 500     // brackets within brackets in JSON
)

func init() {
	// The engine for expressions that need to go back and try again. Without a
	// time it may try for years; the interpreter has no way to set one.
	regexp2.DefaultMatchTimeout = matchTime
}

// harden replaces the interpreter's built-ins that the query can name by the prelude's.
func (r *Runtime) harden(p *Program) {
	helpers := map[string]func(goja.FunctionCall) goja.Value{
		"show":    func(c goja.FunctionCall) goja.Value { return r.VM.ToValue(r.Host.Describe(c.Argument(0))) },
		"size":    r.helpSize,
		"sort":    r.helpSort,
		"room":    r.helpRoom,
		"glue":    r.helpGlue,
		"repeat":  r.helpRepeat,
		"work":    r.helpWork,
		"pattern": r.helpPattern,
		"source":  r.callSource,
		"exec":    r.helpExec,
		"nested":  r.helpNested,
		"own":     r.callOwn,
		"opaque": func(c goja.FunctionCall) goja.Value {
			return r.VM.ToValue(r.Host.Opaque(c.Argument(0).(*goja.Object)))
		},
	}
	obj := r.VM.NewObject()
	for name, f := range helpers {
		must(obj.Set(name, f))
	}
	for group := range preludeGroups {
		must(obj.Set(group, p.dynamic || p.groups[group]))
	}
	v, err := r.VM.RunProgram(prelude())
	must(err)
	install, _ := goja.AssertFunction(v)
	_, err = install(goja.Undefined(), obj)
	must(err)
	r.drain, _ = goja.AssertFunction(obj.Get("drain"))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func (r *Runtime) rangeError(format string, args ...any) { r.throw("RangeError", format, args...) }

func (r *Runtime) throw(kind, format string, args ...any) {
	e, err := r.VM.New(r.VM.Get(kind), r.VM.ToValue(fmt.Sprintf(format, args...)))
	must(err)
	panic(e)
}

// tooLong ends the query: a text this long is one that doubles.
func (r *Runtime) tooLong() {
	r.Stop.Set(longText)
	r.Check()
}

// helpRoom checks the length of a text that is about to be made.
func (r *Runtime) helpRoom(c goja.FunctionCall) goja.Value {
	r.Check()
	if c.Argument(0).ToFloat() > maxString {
		r.tooLong()
	}
	return goja.Undefined()
}

// helpSize checks the length of a list that is about to be made at once.
func (r *Runtime) helpSize(c goja.FunctionCall) goja.Value {
	if c.Argument(0).ToFloat() > 1<<32-1 {
		r.rangeError("Invalid array length")
	}
	return c.Argument(0)
}

func (r *Runtime) helpWork(c goja.FunctionCall) goja.Value {
	r.Check()
	if c.Argument(0).ToFloat()*c.Argument(1).ToFloat() > maxWork {
		r.rangeError("to search a text of %d characters for one of %d takes too long", c.Argument(0).ToInteger(), c.Argument(1).ToInteger())
	}
	return goja.Undefined()
}

// helpPattern checks an expression that a script makes from a text, and returns the
// expression for the interpreter.
func (r *Runtime) helpPattern(c goja.FunctionCall) goja.Value {
	pattern, flags := c.Argument(0).String(), ""
	if len(pattern) > maxPattern {
		r.rangeError("a regular expression has at most %d characters", maxPattern)
	}
	if f := c.Argument(1); !goja.IsUndefined(f) {
		flags = f.String()
	}
	written, err := classes(pattern, flags)
	if err != nil {
		r.throw("SyntaxError", "Invalid regular expression: %v", err)
	}
	if written == pattern {
		return c.Argument(0) // which may be no Unicode
	}
	return r.VM.ToValue(written)
}

// callSource gives an expression the source it was written with.
func (r *Runtime) callSource(c goja.FunctionCall) goja.Value {
	re := c.Argument(0).(*goja.Object)
	must(re.DefineDataProperty("source", c.Argument(1), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	return re
}

func (r *Runtime) helpNested(c goja.FunctionCall) goja.Value {
	depth := 0
	for _, ch := range c.Argument(0).String() {
		switch ch {
		case '[', '{':
			if depth++; depth > maxNest {
				r.rangeError("JSON is nested at most %d deep", maxNest)
			}
		case ']', '}':
			depth--
		}
	}
	return goja.Undefined()
}

// helpRepeat repeats a text; its length was checked.
func (r *Runtime) helpRepeat(c goja.FunctionCall) goja.Value {
	n, piece := int(c.Argument(1).ToInteger()), text(c.Argument(0))
	if n < 1 || piece.Length() == 0 {
		return r.VM.ToValue("")
	}
	// By halves: a text of one character is not to be written a million times.
	var b goja.StringBuilder
	for ; n > 0; n /= 2 {
		if n%2 == 1 {
			b.WriteString(piece)
		}
		if n > 1 {
			piece = piece.Concat(piece)
		}
	}
	return b.String()
}

// helpGlue joins texts; their length was checked.
func (r *Runtime) helpGlue(c goja.FunctionCall) goja.Value {
	return r.glue(r.items(c.Argument(0)), c.Argument(1).String())
}

// text is a value's text.
func text(v goja.Value) goja.String {
	if t, ok := v.(goja.String); ok {
		return t
	}
	var b goja.StringBuilder
	b.WriteUTF8String(v.String())
	return b.String()
}

// glue keeps UTF-16 that is no Unicode as it is.
func (r *Runtime) glue(parts []goja.Value, sep string) goja.Value {
	var b goja.StringBuilder
	for i, p := range parts {
		if i > 0 && sep != "" {
			b.WriteUTF8String(sep)
		}
		b.WriteString(text(p))
	}
	return b.String()
}

// items are the members of a list that the prelude made.
func (r *Runtime) items(v goja.Value) []goja.Value {
	obj := v.(*goja.Object)
	n := int(obj.Get("length").ToInteger())
	list := make([]goja.Value, n)
	for i := range list {
		if list[i] = obj.Get(strconv.Itoa(i)); list[i] == nil {
			list[i] = goja.Undefined()
		}
	}
	return list
}

// helpSort sorts a list that the prelude made, undefined last.
func (r *Runtime) helpSort(c goja.FunctionCall) goja.Value {
	list := r.items(c.Argument(0))
	less, custom := goja.AssertFunction(c.Argument(1))
	compare := func(a, b goja.Value) int {
		r.Check()
		switch ua, ub := goja.IsUndefined(a), goja.IsUndefined(b); {
		case ua && ub:
			return 0
		case ua:
			return 1
		case ub:
			return -1
		case !custom:
			return text(a).CompareTo(text(b))
		}
		v, err := less(goja.Undefined(), a, b)
		must(err)
		switch f := v.ToFloat(); {
		case f < 0:
			return -1
		case f > 0:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, compare)
	obj := c.Argument(0).(*goja.Object)
	for i, v := range list {
		must(obj.Set(strconv.Itoa(i), v))
	}
	return goja.Undefined()
}

// helpExec matches an expression, and reports when the engine gave up, which the
// interpreter takes for no match.
func (r *Runtime) helpExec(c goja.FunctionCall) goja.Value {
	r.Check()
	subject := c.Argument(1)
	length := text(subject).Length()
	if re, ok := c.Argument(0).(*goja.Object); ok && re.ClassName() == "RegExp" {
		if source := re.Get("source").String(); length*patternSize(source) > maxWork {
			r.rangeError("to match a text of %d characters with this regular expression takes too long", length)
		}
	}
	exec, _ := goja.AssertFunction(c.Argument(2))
	began := time.Now()
	v, err := exec(c.Argument(0), subject)
	must(err)
	if goja.IsNull(v) && time.Since(began) >= matchTime {
		r.Stop.Set(slowRegexp)
		r.Check()
	}
	return v
}

// CheckPattern refuses a pattern that is compiled, in one step of the script, into
// more than it may have.
func CheckPattern(pattern string) error {
	switch {
	case len(pattern) > maxPattern:
		return fmt.Errorf("a pattern has at most %d characters", maxPattern)
	case patternSize(pattern) > maxStates:
		return errors.New("the pattern repeats too much")
	}
	return nil
}

// patternSize guesses how many states an expression has: its length, times the
// largest count in it.
func patternSize(source string) int {
	most := 1
	for i := 0; i < len(source); i++ {
		if (source[i] == '{' || source[i] == ',') && !strings.HasSuffix(source[:i], `\u`) { // \u{41} is a character
			end := i + 1
			for end < len(source) && source[end] >= '0' && source[end] <= '9' {
				end++
			}
			if n, err := strconv.Atoi(source[i+1 : end]); err == nil && strings.ContainsAny(source[end:min(end+1, len(source))], ",}") {
				most = max(most, n)
			}
		}
	}
	return (len(source) + 1) * most
}
