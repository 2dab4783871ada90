package session

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"

	"kg/internal/rdf/nquads"
)

// native returns a term as a JSON value: texts, numbers, booleans and times are JSON's or
// JavaScript's, any other term is a string in N-Quads syntax, as is an integer that
// JavaScript would round.
func native(v quad.Value) any {
	v = exact(v)
	if t, ok := unsafe(v); ok {
		return fmt.Sprintf("%q^^<%s>", t.Text, t.Type)
	}
	out := v.Native()
	if nv, ok := out.(quad.Value); ok && nv == v || jsonLacks(out) {
		return quad.StringOf(v)
	}
	return out
}

// exact returns a term as the store's readers return it: a number that JSON lacks and a
// time that it cannot write are literals with their datatype.
func exact(v quad.Value) quad.Value {
	switch n := v.(type) {
	case quad.Float:
		if jsonLacks(float64(n)) {
			if t, err := nquads.TermOf(v); err == nil {
				return t.Value()
			}
		}
	case quad.Time:
		if t := time.Time(n); jsonLacks(t) {
			return quad.TypedString{Value: quad.String(t.UTC().Format(time.RFC3339Nano)), Type: xsdDateTime}
		}
	}
	return v
}

// jsonLacks reports whether a number is NaN or infinite, or a time of a year that
// RFC 3339 has no digits for.
func jsonLacks(v any) bool {
	switch v := v.(type) {
	case float64:
		return math.IsNaN(v) || math.IsInf(v, 0)
	case time.Time:
		return v.Year() < 0 || v.Year() > 9999
	}
	return false
}

// js returns a term as a script's value: that of native, except for texts that Gizmo
// would not read as texts, and integers that JavaScript would round.
func (s *session) js(v quad.Value) goja.Value {
	if t, ok := unsafe(v); ok {
		return s.wholeValue(t)
	}
	if t, ok := v.(quad.String); ok {
		return s.textValue(string(t))
	}
	out := native(v)
	if text, ok := out.(string); ok {
		if _, tagged := v.(quad.LangString); !tagged && quad.StringToValue(text) != v {
			return s.VM.ToValue(v) // its escapes would not be read back
		}
	}
	return s.VM.ToValue(out)
}

// rowObject is a row as a script sees it.
func (s *session) rowObject(row Row) goja.Value {
	obj := s.VM.NewObject()
	for name, v := range row.All() {
		if err := obj.Set(name, s.js(v)); err != nil {
			panic(err)
		}
	}
	return obj
}

// param is a parameter as a script sees it.
func (s *session) param(v quad.Value) goja.Value {
	switch v.(type) {
	case quad.Int, quad.Float, quad.Bool, quad.String:
		return s.js(v)
	}
	return s.VM.ToValue(v)
}

// Bounds of a value that a script gives out.
const (
	maxDepth = 64
	maxNodes = 1 << 20
)

// exporter makes plain Go of a script's value.
type exporter struct {
	s     *session
	nodes int
}

// export replaces values that have no JSON form by nil: paths, filters, functions,
// symbols.
func (e *exporter) export(v goja.Value, depth int) any {
	e.s.Check()
	if e.nodes++; e.nodes > maxNodes {
		panic(e.s.VM.NewTypeError("emit: the value has more than %d parts", maxNodes))
	}
	if depth > maxDepth {
		panic(e.s.VM.NewTypeError("emit: the value is nested more than %d deep, or contains itself", maxDepth))
	}
	obj, ok := v.(*goja.Object)
	if !ok {
		if v == nil || nothing(v) {
			return nil
		}
		if _, ok := v.(*goja.Symbol); ok {
			return nil
		}
		return v.Export()
	}
	switch t := goValue(obj).(type) {
	case quad.Value, time.Time:
		return t
	case *scriptObject:
		e.s.idle = e.s.idle || t.path != nil
		return nil
	case *nodeFilter:
		return nil
	}
	return e.object(obj, depth)
}

func (e *exporter) object(obj *goja.Object, depth int) any {
	switch obj.ClassName() {
	case "Function", "Symbol":
		return nil
	case "String":
		return quad.String(obj.String())
	case "Number", "Boolean", "Date":
		return obj.Export()
	case "Set", "Map":
		list := []any{}
		e.s.VM.ForOf(obj, func(v goja.Value) bool {
			list = append(list, e.export(v, depth+1))
			return true
		})
		return list
	case "Array":
		list := []any{}
		(&call{s: e.s}).list(obj, func(v goja.Value) { list = append(list, e.export(v, depth+1)) })
		return list
	}
	m := map[string]any{}
	for _, key := range obj.Keys() {
		m[key] = e.export(obj.Get(key), depth+1)
	}
	return m
}

// give sends a value that the script emits, or ends with.
func (s *session) give(kind itemKind, v goja.Value) {
	value := (&exporter{s: s}).export(v, 0)
	if value == nil {
		return
	}
	var row Row
	if err := s.prove(nil, s.opts.Evidence && !s.known.traceable(value), &row); err != nil {
		panic(s.VM.NewGoError(err))
	}
	if !s.flatten {
		s.send(item{kind: kind, value: value, row: row})
		return
	}
	s.flat(value, row)
}

// flat sends a value as rows: a list as one each, an object as one of its
// members, all else as one value.
func (s *session) flat(value any, row Row) {
	switch t := value.(type) {
	case []any:
		for _, v := range t {
			s.Check()
			s.flat(v, row)
		}
		return
	case map[string]any:
		for name := range t {
			row.names = append(row.names, name)
		}
		slices.Sort(row.names)
		row.values = make([]quad.Value, len(row.names))
		for i, name := range row.names {
			row.values[i] = termOf(t[name])
		}
	case nil:
		return
	default:
		row.names, row.values = []string{"value"}, []quad.Value{termOf(t)}
	}
	s.send(item{row: row})
}

// termOf is a value as a term. A string reads as Gizmo reads one if it is wholly
// an IRI or a blank node; lists and objects within an object are JSON.
func termOf(v any) quad.Value {
	switch t := v.(type) {
	case nil:
		return nil
	case quad.Value:
		return t
	case time.Time:
		return exact(quad.Time(t))
	case string:
		n := len(t)
		if n > 2 && t[0] == '<' && t[n-1] == '>' && !strings.ContainsAny(t[1:n-1], "<>\"{}|^`\\ \t\r\n") {
			return quad.IRI(t[1 : n-1])
		}
		if n > 2 && t[:2] == "_:" && !strings.ContainsAny(t, " \t\r\n") {
			return quad.BNode(t[2:])
		}
		return quad.String(t)
	case int64, float64, bool:
		if f, ok := t.(float64); ok {
			return exact(quad.Float(f))
		}
		qv, _ := plain(t)
		return qv
	}
	text, err := json.Marshal(jsonValue(v))
	must(err) // what it cannot write, jsonValue has made a text of
	return quad.String(text)
}

// jsonValue is an exported value for JSON: its terms are strings.
func jsonValue(v any) any {
	switch t := v.(type) {
	case quad.Value:
		return native(t)
	case float64:
		return native(quad.Float(t))
	case time.Time:
		return native(quad.Time(t))
	case []any:
		list := make([]any, len(t))
		for i, item := range t {
			list[i] = jsonValue(item)
		}
		return list
	case map[string]any:
		m := make(map[string]any, len(t))
		for key, item := range t {
			m[key] = jsonValue(item)
		}
		return m
	}
	return v
}
