package session

import (
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"

	"kg/graph/internal/store/term"
	"kg/internal/js"
	"kg/internal/rdf/nquads"
)

// mostSafe is the greatest integer up to which JavaScript's numbers are exact
// (ECMAScript, Number.MAX_SAFE_INTEGER).
const (
	mostSafe   = 1<<53 - 1
	safeDigits = "9007199254740991"
	xsdInteger = "http://www.w3.org/2001/XMLSchema#integer"

	xsdDateTime = "http://www.w3.org/2001/XMLSchema#dateTime"
)

// unsafe reports whether a term is an integer that JavaScript's numbers cannot
// hold, and gives its text and datatype.
func unsafe(v quad.Value) (t nquads.Term, ok bool) {
	switch n := v.(type) {
	case quad.Int:
		if -mostSafe <= n && n <= mostSafe {
			return t, false
		}
	case quad.TypedString:
		if len(n.Value) < len(safeDigits) {
			return t, false
		}
	default:
		return t, false
	}
	t, err := nquads.TermOf(v)
	if err != nil || !term.IsInteger(&t) {
		return t, false
	}
	digits := strings.TrimLeft(strings.TrimLeft(string(t.Text), "+-"), "0")
	return t, len(digits) > len(safeDigits) || len(digits) == len(safeDigits) && digits > safeDigits
}

// bigInteger is such an integer as a script's value: its text, '^' and its datatype. Two
// are equal (===) if they are one term. It converts to its text, is a term for every
// method, and refuses to be a number.
type bigInteger string

func (w bigInteger) term() quad.Value {
	text, datatype, _ := strings.Cut(string(w), "^")
	t := nquads.Term{Kind: nquads.Typed, Text: []byte(text), Type: []byte(datatype)}
	return t.Value()
}

// wholeValue makes the object of an integer.
func (s *session) wholeValue(t nquads.Term) goja.Value {
	obj := s.VM.ToValue(bigInteger(string(t.Text) + "^" + string(t.Type))).(*goja.Object)
	if s.wholes == nil {
		s.wholes = s.wholePrototype()
	}
	must(obj.SetPrototype(s.wholes))
	return obj
}

func (s *session) wholePrototype() *goja.Object {
	text := func(v goja.Value) string {
		if obj, ok := v.(*goja.Object); ok {
			if t, ok := goValue(obj).(quad.Value); ok {
				return wording(t)
			}
		}
		panic(s.VM.NewTypeError("expected an integer of the graph, found %s", describe(v)))
	}
	show := func(c goja.FunctionCall) goja.Value { return s.VM.ToValue(text(c.This)) }
	p := s.VM.NewObject()
	must(p.Set("toString", show))
	must(p.Set("toJSON", show))
	must(p.SetSymbol(goja.SymToPrimitive, func(c goja.FunctionCall) goja.Value {
		digits := text(c.This)
		if c.Argument(0).String() != "string" {
			panic(s.VM.NewTypeError("%s is beyond the integers that JavaScript computes with exactly: "+
				"compare it in a path (lt, gt), take its digits with String(x), or the nearest number with Number(String(x))", js.Shorten(digits)))
		}
		return s.VM.ToValue(digits)
	}))
	return p
}
