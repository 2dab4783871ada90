package session

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

// program is a query that is ready to run.
type program struct {
	code    *goja.Program
	text    string
	lim     bool            // it makes texts of texts
	whole   bool            // it has integers that JavaScript would round
	prelude bool            // it may reach what the prelude replaces
	dynamic bool            // it may use names that its text does not have
	groups  map[string]bool // of the prelude, that its names are of

	literals map[any]bool // the texts, numbers and booleans that its text has
}

// uses tells whether the query may use a name.
func (p *program) uses(name string) bool { return p.dynamic || strings.Contains(p.text, name) }

// compile makes a program of a text. An error is an *Error.
func compile(text string) (*program, error) {
	if p := programs.get(text); p != nil {
		return p, nil
	}
	if len(text) > maxText || strings.Count(text, "=>") > maxArrows || strings.Count(text, "(") > maxBrackets || strings.Count(text, "[") > maxBrackets {
		return nil, &Error{Message: "the query is too long: give it values as parameters"}
	}
	tree, err := parser.ParseFile(nil, queryName, text, 0, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, syntax(err)
	}
	r := rewriter{file: tree.File, groups: map[string]bool{}, literals: map[any]bool{}}
	r.walk(reflect.ValueOf(tree).Elem())
	if r.err != nil {
		return nil, r.err
	}
	p := &program{text: text, lim: r.lim, whole: r.whole, prelude: r.needsPrelude(), dynamic: r.dynamic, groups: r.groups, literals: r.literals}
	if p.code, err = goja.CompileAST(tree, false); err != nil {
		return nil, syntax(err)
	}
	programs.put(text, p)
	return p, nil
}
