package js

import (
	"reflect"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
)

// Bounds of a query's text, whose parsing and compiling nothing interrupts.
const (
	maxText     = 128 << 10 // bytes
	maxArrows   = 2000
	maxBrackets = 5000
)

// Program is a script that is ready to run. It holds no state: any number of
// runtimes can run it.
type Program struct {
	code    *goja.Program
	text    string
	lim     bool            // it makes texts of texts
	whole   bool            // it has integers that JavaScript would round
	prelude bool            // whether it may reach a built-in that the prelude replaces
	dynamic bool            // it may use names that its text does not have
	groups  map[string]bool // of the prelude, that its names are of

	// Literals are the texts, numbers and booleans that the text has, and a Whole
	// for each integer that JavaScript would round.
	Literals map[any]bool
}

// Whole are the digits of an integer that JavaScript would round.
type Whole string

// Uses reports whether the script may use a name.
func (p *Program) Uses(name string) bool { return p.dynamic || strings.Contains(p.text, name) }

// Compiler makes programs, and keeps those made last.
type Compiler struct {
	// Harmless are the names of the host's own methods, none of which makes
	// anything of the lists and objects that it is given.
	Harmless map[string]bool
	made     cache
}

// Compile makes a program of a text. An error is an *Error.
func (c *Compiler) Compile(text string) (*Program, error) {
	if p := c.made.get(text); p != nil {
		return p, nil
	}
	if len(text) > maxText || strings.Count(text, "=>") > maxArrows || strings.Count(text, "(") > maxBrackets || strings.Count(text, "[") > maxBrackets {
		return nil, &Error{Message: "the query is too long: give it values as parameters"}
	}
	tree, err := parser.ParseFile(nil, queryName, text, 0, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, syntax(err)
	}
	r := rewriter{file: tree.File, harmless: c.Harmless, groups: map[string]bool{}, literals: map[any]bool{}}
	r.walk(reflect.ValueOf(tree).Elem())
	if r.err != nil {
		return nil, r.err
	}
	p := &Program{text: text, lim: r.lim, whole: r.whole, prelude: r.needsPrelude(), dynamic: r.dynamic, groups: r.groups, Literals: r.literals}
	if p.code, err = goja.CompileAST(tree, false); err != nil {
		return nil, syntax(err)
	}
	c.made.put(text, p)
	return p, nil
}
