package gizmo

import (
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
)

// program is a query that is ready to run.
type program struct {
	code *goja.Program
	text string
}

// uses tells whether a name may occur in the query, if only made from parts.
func (p *program) uses(name string) bool { return strings.Contains(p.text, name) }

func compile(text string) (*program, error) {
	tree, err := parser.ParseFile(nil, queryName, text, 0, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, syntax(err)
	}
	code, err := goja.CompileAST(tree, false)
	if err != nil {
		return nil, syntax(err)
	}
	return &program{code: code, text: text}, nil
}
