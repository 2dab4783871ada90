package session

import (
	"regexp"

	"kg/internal/js"

	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"
)

// valueMethods are functions of their own: they make values and filters.
var valueMethods = []Method{
	{Name: "iri", Signature: "(text)", Doc: "An IRI, as it is.", run: iriMethod},
	{Name: "bnode", Signature: "(text)", Doc: "A blank node.", run: oneText(func(s string) quad.Value { return quad.BNode(s) })},
	{Name: "str", Signature: "(text)", Doc: "A text, even if it looks like an IRI.", run: strMethod},
	{Name: "raw", Signature: "(text)", Doc: "A value as N-Quads write it.", run: oneText(rawValue)},
	{Name: "lang", Signature: "(text, language)", Doc: "A text in a language.", run: langMethod},
	{Name: "typed", Signature: "(text, datatype)", Doc: "A literal of a datatype.", run: typedMethod},
	{Name: "lt", Signature: "(value)", Doc: "A filter: what is less than the value and of its sort: numbers by value, whatever their datatypes, times by instant, texts and all else each with their like.", run: compare},
	{Name: "lte", Signature: "(value)", Doc: "A filter: what is less than the value, or equal to it; otherwise as lt.", run: compare},
	{Name: "gt", Signature: "(value)", Doc: "A filter: what is greater than the value; otherwise as lt.", run: compare},
	{Name: "gte", Signature: "(value)", Doc: "A filter: what is greater than the value, or equal to it; otherwise as lt.", run: compare},
	{Name: "regex", Signature: "(expression, [includeIRIs])", run: regexFilter,
		Doc: "A filter: texts that an expression matches (RE2 syntax); with true, IRIs and blank nodes, too."},
	{Name: "like", Signature: "(pattern)", run: like,
		Doc: "A filter: texts, IRIs and blank nodes of a pattern in which % is any text and ? any character."},
}

// nodeFilter is a condition on nodes, as a script's object.
type nodeFilter struct{ f shape.ValueFilter }

// rawValue reads a value as N-Quads write it.
func rawValue(s string) quad.Value {
	if n := len(s); n >= 2 && s[0] == '"' && s[n-1] == '"' {
		return quad.String(s[1 : n-1])
	}
	v, _ := plain(s)
	return v
}

func oneText(f func(string) quad.Value) func(*call) goja.Value {
	return func(c *call) goja.Value {
		c.most(1)
		return c.made(f(c.text(0)), c.text(0))
	}
}

// made is a value that the script makes of some texts.
func (c *call) made(v quad.Value, texts ...string) goja.Value {
	c.s.known.make(v, texts...)
	return c.s.VM.ToValue(v)
}

func strMethod(c *call) goja.Value {
	c.most(1)
	return c.s.textValue(c.text(0))
}

func iriMethod(c *call) goja.Value {
	c.most(1)
	return c.made(quad.IRI(c.iriText(0)), c.iriText(0))
}

func langMethod(c *call) goja.Value {
	c.most(2)
	return c.made(quad.LangString{Value: quad.String(c.text(0)), Lang: c.text(1)}, c.text(0), c.text(1))
}

func typedMethod(c *call) goja.Value {
	c.most(2)
	written := c.iriText(1)
	typ := written
	if n := len(typ); n > 2 && typ[0] == '<' && typ[n-1] == '>' {
		typ = typ[1 : n-1]
	}
	return c.made(quad.TypedString{Value: quad.String(c.text(0)), Type: quad.IRI(typ)}, c.text(0), written)
}

func compare(c *call) goja.Value {
	c.most(1)
	v, ok := value(c.arg(0))
	if !ok {
		c.wrong(0, "a value to compare with")
	}
	return c.filter(shape.Comparison{Op: comparisons[c.method.Name], Val: v})
}

func (c *call) filter(f shape.ValueFilter) goja.Value { return c.s.VM.ToValue(&nodeFilter{f}) }

func like(c *call) goja.Value {
	c.most(1)
	pattern := ""
	if obj, ok := c.arg(0).(*goja.Object); ok {
		switch ref := goValue(obj).(type) {
		case quad.IRI, quad.BNode:
			pattern = trimRef(ref.(quad.Value))
		}
	}
	if pattern == "" {
		pattern = c.text(0)
	}
	c.bounded(pattern)
	return c.filter(shape.Wildcard{Pattern: pattern})
}

func regexFilter(c *call) goja.Value {
	c.most(2)
	refs := false
	if !c.none(1) {
		b, ok := c.arg(1).Export().(bool)
		if !ok {
			c.wrong(1, "true or false")
		}
		refs = b
	}
	expr := c.text(0)
	switch v, _ := value(c.arg(0)); v := v.(type) {
	case quad.IRI, quad.BNode:
		if !refs {
			c.fail("argument 1: an expression matches texts only, unless argument 2 is true")
		}
		expr = trimRef(v)
	}
	c.bounded(expr)
	re, err := regexp.Compile(expr)
	if err != nil {
		c.fail("argument 1: %s", js.ExpressionError(err.Error()))
	}
	return c.filter(shape.Regexp{Re: re, Refs: refs})
}

// bounded refuses a pattern that is compiled, in one step of the script, into
// more than it may have.
func (c *call) bounded(pattern string) {
	if err := js.CheckPattern(pattern); err != nil {
		c.fail("argument 1: %v", err)
	}
}

// trimRef is the text of an IRI or a blank node.
func trimRef(v quad.Value) string {
	if iri, ok := v.(quad.IRI); ok {
		return string(iri)
	}
	return string(v.(quad.BNode))
}
