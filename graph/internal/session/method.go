package session

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// Method is something a query can call. The table of them is the one source of
// the bindings, of help and of completion.
type Method struct {
	Object    string // "graph" or "path"; "" for a function such as iri
	Name      string // as the documentation writes it
	Signature string // its arguments, with the parentheses
	Doc       string // a sentence or two
	Aliases   []string
	// Extension reports that Cayley's own Gizmo does not have it.
	Extension bool

	run  func(*call) goja.Value
	asks bool // it runs a path, or adds to the result
}

// Methods lists all there are, by object and name.
func Methods() []Method {
	var list []Method
	for _, group := range groups {
		list = append(list, group...)
	}
	slices.SortStableFunc(list, func(a, b Method) int {
		return strings.Compare(a.Object+"\x00"+strings.ToLower(a.Name), b.Object+"\x00"+strings.ToLower(b.Name))
	})
	return list
}

// groups are the tables of methods, one a file.
var groups [][]Method

// index finds a method by object and by any of its names.
var index, names = map[string]map[string]*Method{}, map[string][]string{}

func init() {
	groups = [][]Method{graphMethods, walkMethods, setMethods, saveMethods, finalMethods, valueMethods}
	for i := range finalMethods {
		finalMethods[i].asks = true
	}
	for _, group := range groups {
		for i := range group {
			enter(&group[i])
		}
	}
	for object, byName := range index {
		for name := range byName {
			names[object] = append(names[object], name)
		}
		slices.Sort(names[object])
	}
}

// enter indexes m by its names, and those of a path or graph capitalised, too:
// Gizmo was written so before.
func enter(m *Method) {
	if index[m.Object] == nil {
		index[m.Object] = map[string]*Method{}
	}
	for _, name := range append([]string{m.Name}, m.Aliases...) {
		index[m.Object][name] = m
		if m.Object != "" {
			r, n := utf8.DecodeRuneInString(name)
			index[m.Object][string(unicode.ToUpper(r))+name[n:]] = m
		}
	}
}

// scriptObject is a graph or a path as a script's object: methods by name.
type scriptObject struct {
	s    *session
	kind string
	path *path // of a path
}

var _ goja.DynamicObject = (*scriptObject)(nil)

// Get gives the method bound to the object, as Cayley's are: a script may put
// it into a variable.
func (o *scriptObject) Get(name string) goja.Value {
	m := index[o.kind][name]
	if m == nil {
		return nil
	}
	return o.s.VM.ToValue(func(fc goja.FunctionCall) goja.Value {
		return o.s.call(&call{s: o.s, method: m, path: o.path, this: fc.This, args: fc.Arguments})
	})
}

func (o *scriptObject) Set(string, goja.Value) bool { return false }
func (o *scriptObject) Has(name string) bool        { return index[o.kind][name] != nil }
func (o *scriptObject) Delete(string) bool          { return false }
func (o *scriptObject) Keys() []string              { return names[o.kind] }

// call is one call of a method.
type call struct {
	s      *session
	method *Method
	path   *path
	this   goja.Value
	args   []goja.Value
	stray  bool // an argument is a value of a row that the script no longer holds
}

// call runs a method. A panic of the store or Cayley is an error in the script; a query
// that must end ends here.
func (s *session) call(c *call) goja.Value {
	s.Check()
	s.asked = s.asked || c.method.asks
	return c.method.run(c)
}

// as makes the path object of p.
func (c *call) as(p *path) goja.Value {
	if p.size > maxSteps {
		c.fail("a path may have %d steps, those of the paths within it included", maxSteps)
	}
	if p.shape > maxShape {
		c.fail("a path may become %d hops; each both() doubles those before it", maxShape)
	}
	if c.stray && !p.untraced {
		lost := *p
		lost.untraced = true
		p = &lost
	}
	return c.s.VM.NewDynamicObject(&scriptObject{s: c.s, kind: "path", path: p})
}
