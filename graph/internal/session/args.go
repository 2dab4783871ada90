package session

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"kg/internal/js"

	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"
)

// fail throws a TypeError that names the method.
func (c *call) fail(format string, args ...any) {
	panic(c.s.VM.NewTypeError("%s", c.method.Name+": "+fmt.Sprintf(format, args...)))
}

// wrong throws a TypeError about argument i, from 0.
func (c *call) wrong(i int, expected string) {
	c.fail("argument %d: expected %s, found %s", i+1, expected, describe(c.arg(i)))
}

func (c *call) arg(i int) goja.Value {
	if i < len(c.args) {
		return c.args[i]
	}
	return goja.Undefined()
}

// none reports whether argument i was left out, or is null.
func (c *call) none(i int) bool { return nothing(c.arg(i)) }

func nothing(v goja.Value) bool { return goja.IsUndefined(v) || goja.IsNull(v) }

// most refuses more than n arguments: one too many is one misunderstood.
func (c *call) most(n int) {
	if len(c.args) > n {
		c.fail("expected at most %s, found %d", count(n, "argument"), len(c.args))
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// describe describes a script's value, for an error.
func describe(v goja.Value) string {
	if nothing(v) {
		return "nothing"
	}
	obj, ok := v.(*goja.Object)
	if !ok {
		switch v.ExportType().Kind() {
		case reflect.String:
			return "the string " + strconv.Quote(js.Shorten(v.String()))
		case reflect.Bool, reflect.Int64, reflect.Float64:
			return v.String()
		}
		return "a symbol"
	}
	switch e := goValue(obj).(type) {
	case *scriptObject:
		if e.kind == "graph" {
			return "the graph object"
		}
		return "a path"
	case *nodeFilter:
		return "a filter"
	case quad.Value:
		return js.Shorten(e.String())
	case time.Time:
		return "a date"
	}
	switch obj.ClassName() {
	case "Array":
		return "a list"
	case "Function":
		return "a function"
	case "String":
		return "the string " + strconv.Quote(js.Shorten(obj.String()))
	}
	return "object"
}

// goValue is the Go value in an object, if it is one of those that stand for
// themselves; it never reads the properties of a script's own object.
func goValue(obj *goja.Object) any {
	switch t := obj.ExportType(); {
	case t == nil:
	case t == wholeType:
		return obj.Export().(bigInteger).term()
	case t == objectType, t == filterType, t == timeType, t.Implements(valueType):
		return obj.Export()
	}
	return nil
}

var (
	objectType = reflect.TypeFor[*scriptObject]()
	filterType = reflect.TypeFor[*nodeFilter]()
	timeType   = reflect.TypeFor[time.Time]()
	valueType  = reflect.TypeFor[quad.Value]()
	wholeType  = reflect.TypeFor[bigInteger]()
)

// value reads a term: Gizmo's strings are IRIs in angle brackets, blank nodes that begin
// with _:, quoted literals, or else plain texts; a String object is always a text
// (textValue).
func value(v goja.Value) (quad.Value, bool) {
	if nothing(v) {
		return nil, false
	}
	if obj, ok := v.(*goja.Object); ok {
		switch e := goValue(obj).(type) {
		case quad.Value:
			return e, true
		case time.Time:
			return quad.Time(e), true
		}
		switch obj.ClassName() {
		case "String":
			return quad.String(obj.String()), true
		case "Number", "Boolean":
			return plain(obj.Export())
		}
		return nil, false
	}
	if _, ok := v.(*goja.Symbol); ok {
		return nil, false
	}
	return plain(v.Export())
}

// plain makes a term of a value of JavaScript's own.
func plain(v any) (quad.Value, bool) {
	switch t := v.(type) {
	case string:
		if t == "" {
			return quad.String(""), true
		}
		return quad.StringToValue(t), true
	case bool:
		return quad.Bool(t), true
	case int64:
		return quad.Int(t), true
	case float64:
		if float64(int64(t)) == t {
			return quad.Int(int64(t)), true
		}
		return exact(quad.Float(t)), true
	}
	return nil, false
}

// list ranges over the members of an array; it is false if v is none.
func (c *call) list(v goja.Value, f func(goja.Value)) bool {
	obj, ok := v.(*goja.Object)
	if !ok || goValue(obj) != nil || obj.ClassName() != "Array" {
		return false
	}
	n := obj.Get("length").ToInteger()
	for i := int64(0); i < n; i++ {
		c.s.Check()
		item := obj.Get(strconv.FormatInt(i, 10))
		if item == nil {
			item = goja.Undefined()
		}
		f(item)
	}
	return true
}

// named is a term that a path names: the short form of an IRI is written out, and
// it is noted where the script has the term from.
func (c *call) named(v quad.Value) quad.Value {
	written := v
	if iri, ok := v.(quad.IRI); ok {
		v = c.s.expand(iri)
	}
	// A row may have had the IRI that the text is the short form of.
	c.stray = c.stray || c.s.known.stray(v) && !c.s.known.fixed[shown(written)]
	return v
}

// values reads terms from argument i on, and from the lists among them.
func (c *call) values(from int) []quad.Value {
	var out []quad.Value
	for i := from; i < len(c.args); i++ {
		add := func(v goja.Value) {
			qv, ok := value(v)
			if !ok {
				c.wrong(i, "an IRI or another value, or a list of them")
			}
			out = append(out, c.named(qv))
		}
		if !c.list(c.args[i], add) {
			add(c.args[i])
		}
	}
	return out
}

// via reads a set of nodes: nothing is all.
func (c *call) via(i int) via {
	var out via
	if c.none(i) {
		return out
	}
	add := func(v goja.Value) {
		if obj, ok := v.(*goja.Object); ok {
			if o, ok := goValue(obj).(*scriptObject); ok && o.path != nil {
				out.paths = append(out.paths, o.path)
				return
			}
		}
		qv, ok := value(v)
		if !ok {
			c.wrong(i, "an IRI, a path or nothing")
		}
		out.values = append(out.values, c.named(qv))
	}
	if !c.list(c.args[i], add) {
		add(c.args[i])
	}
	return out
}

// tags reads names from argument i on, and from the lists among them.
func (c *call) tags(from int) []string {
	var out []string
	for i := from; i < len(c.args); i++ {
		if c.none(i) {
			continue
		}
		add := func(v goja.Value) { out = append(out, c.name(i, v)) }
		if !c.list(c.args[i], add) {
			add(c.args[i])
		}
	}
	return out
}

// kept refuses a tag that a row does not show: a value saved beside a path under the name
// of the path's own end is lost there.
func (c *call) kept(tags ...string) {
	if slices.Contains(tags, idTag) {
		c.fail("the tag %q is that of the path's own end, which a row shows in its place: take another name", idTag)
	}
}

// tag reads one name; it must be there.
func (c *call) tag(i int) string {
	if c.none(i) {
		c.wrong(i, "the name of a tag")
	}
	return c.name(i, c.args[i])
}

func (c *call) name(i int, v goja.Value) string {
	name, ok := "", false
	switch t, _ := value(v); t := t.(type) {
	case quad.Int, quad.Float, quad.Bool:
		name, ok = v.String(), true
	case nil:
	default:
		if _, isObject := v.(*goja.Object); isObject {
			name, ok = wording(t), true
		} else {
			name, ok = v.String(), true
		}
	}
	if !ok {
		c.wrong(i, "the name of a tag")
	}
	if isReserved(name) {
		c.fail("argument %d: the name of a tag cannot begin with a zero byte", i+1)
	}
	return name
}

func isReserved(tag string) bool { return strings.HasPrefix(tag, reserved) }

// pathArg reads a path; it must be there.
func (c *call) pathArg(i int) *path {
	if obj, ok := c.arg(i).(*goja.Object); ok {
		if o, ok := goValue(obj).(*scriptObject); ok && o.path != nil {
			return o.path
		}
	}
	c.wrong(i, "a path")
	return nil
}

// int reads a whole number.
func (c *call) int(i int) int64 {
	v := c.arg(i)
	if obj, ok := v.(*goja.Object); ok {
		if n, ok := goValue(obj).(quad.Int); ok {
			return int64(n)
		}
	}
	switch n := v.Export().(type) {
	case int64:
		return n
	case float64:
		if n == float64(int64(n)) {
			return int64(n)
		}
	}
	c.wrong(i, "a whole number")
	return 0
}

// text reads a string: a literal is its text, any other term is as N-Quads
// write it.
func (c *call) text(i int) string {
	v := c.arg(i)
	if obj, ok := v.(*goja.Object); ok {
		if qv, ok := goValue(obj).(quad.Value); ok {
			return wording(qv)
		}
		if obj.ClassName() == "String" {
			return obj.String()
		}
	} else if s, ok := v.Export().(string); ok {
		return s
	}
	c.wrong(i, "a string")
	return ""
}
