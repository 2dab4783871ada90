package js

import (
	"fmt"
	"math/big"
	"reflect"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// Names of the functions that rewritten code calls. No script can write them,
// and as properties of the global object they cannot be changed.
const (
	limName    = "\x00lim"    // checks the length of a text just made
	textName   = "\x00text"   // makes a text, as a template does
	drainName  = "\x00drain"  // makes a list of a spread value
	ownName    = "\x00own"    // checks the size of an object whose properties are listed
	sourceName = "\x00source" // gives an expression the source it was written with
	wholeName  = "\x00whole"  // makes an integer that JavaScript would round
)

// maxNesting bounds how deep a query's text is nested; compilation takes quadratic time
// in it.
const maxNesting = 3000

// rewriter walks a query's syntax tree. It adds checks where an operator of the language
// may take long in one step: concatenations, templates, spreads and listings. It notes
// whether the query can reach a built-in that needs the prelude, and refuses what cannot
// be bounded.
type rewriter struct {
	depth    int
	lim      bool // sums of texts are checked
	whole    bool // integers beyond JavaScript's numbers are made
	prelude  bool
	arrays   bool // lists are made
	sums     bool // values may become texts
	loops    bool // names both of a path's methods and of a list's
	dynamic  bool // a property's name is computed
	drained  map[*ast.ArrayPattern]bool
	groups   map[string]bool // of the prelude
	harmless map[string]bool // names of the host's
	literals map[any]bool
	err      *Error
	file     *file.File
}

func (r *rewriter) refuse(n ast.Node, format string, args ...any) {
	if r.err == nil {
		p := r.file.Position(int(n.Idx0()) - r.file.Base())
		r.err = &Error{Line: p.Line, Column: p.Column, Message: fmt.Sprintf(format, args...)}
	}
}

// walk visits v and replaces expressions in it by rewritten ones.
func (r *rewriter) walk(v reflect.Value) {
	if r.err != nil {
		return
	}
	switch v.Kind() {
	case reflect.Interface:
		r.slot(v)
	case reflect.Pointer:
		if !v.IsNil() && v.Type() != fileType {
			r.pointer(v)
		}
	case reflect.Slice:
		for i := range v.Len() {
			r.walk(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			// The declarations of a function are those of its body, again.
			if v.Type().Field(i).Name != "DeclarationList" {
				r.walk(v.Field(i))
			}
		}
	}
}

var (
	fileType       = reflect.TypeFor[*file.File]()
	expressionType = reflect.TypeFor[ast.Expression]()
)

func (r *rewriter) slot(v reflect.Value) {
	if v.IsNil() {
		return
	}
	r.walk(v.Elem())
	if v.Type() == expressionType && r.err == nil {
		if e := r.rewritten(v.Interface().(ast.Expression)); e != nil {
			v.Set(reflect.ValueOf(e))
		}
	}
}

func (r *rewriter) pointer(v reflect.Value) {
	n, ok := v.Interface().(ast.Node)
	if ok {
		r.refuseWhat(n)
		r.bound(n)
		r.reach(n)
	}
	if r.depth++; r.depth > maxNesting && ok {
		r.refuse(n, "the query is nested more than %d deep", maxNesting)
	}
	r.walk(v.Elem())
	r.depth--
}

// rewritten returns the replacement of an expression, nil if it stays.
func (r *rewriter) rewritten(e ast.Expression) ast.Expression {
	switch e := e.(type) {
	case *ast.BinaryExpression:
		if e.Operator == token.PLUS && !small(e.Left) && !small(e.Right) {
			r.lim = true
			return call1(limName, e)
		}
	case *ast.AssignExpression:
		if e.Operator == token.PLUS && !small(e.Right) {
			r.lim = true
			return call1(limName, e)
		}
	case *ast.TemplateLiteral:
		if e.Tag == nil && len(e.Expressions) > 0 {
			r.lim = true
			return template(e)
		}
	case *ast.SpreadElement:
		e.Expression = call1(drainName, e.Expression)
	case *ast.RegExpLiteral:
		return r.expression(e)
	case *ast.NumberLiteral:
		if digits, ok := wholeLiteral(e); ok {
			return r.wholeCall(e.Idx, digits)
		}
	case *ast.UnaryExpression:
		if digits, ok := negated(e); ok {
			return r.wholeCall(e.Idx, digits)
		}
	}
	return nil
}

// expression has the classes of Unicode in a regular expression written out.
func (r *rewriter) expression(e *ast.RegExpLiteral) ast.Expression {
	source := e.Pattern
	written, err := classes(source, e.Flags)
	if err != nil {
		r.refuse(e, "Invalid regular expression: %v", err)
	}
	if written == source {
		return nil
	}
	e.Pattern = written
	call := call1(sourceName, e)
	call.ArgumentList = append(call.ArgumentList, &ast.StringLiteral{Idx: e.Idx, Value: unistring.NewFromString(source)})
	return call
}

// small reports whether an expression is too short to make a long text.
func small(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.NumberLiteral, *ast.BooleanLiteral, *ast.NullLiteral:
		return true
	case *ast.StringLiteral:
		return len(e.Value) <= 64
	}
	return false
}

func call1(name string, arg ast.Expression) *ast.CallExpression {
	at := arg.Idx0()
	return &ast.CallExpression{
		Callee:       &ast.Identifier{Name: unistring.String(name), Idx: at},
		ArgumentList: []ast.Expression{arg}, LeftParenthesis: at, RightParenthesis: at,
	}
}

// template makes the sum of a template's parts.
func template(t *ast.TemplateLiteral) ast.Expression {
	literal := func(i int) ast.Expression {
		return &ast.StringLiteral{Idx: t.OpenQuote, Value: t.Elements[i].Parsed}
	}
	sum := literal(0)
	for i, e := range t.Expressions {
		sum = &ast.BinaryExpression{Operator: token.PLUS, Left: sum, Right: call1(textName, e)}
		sum = call1(limName, &ast.BinaryExpression{Operator: token.PLUS, Left: sum, Right: literal(i + 1)})
	}
	return sum
}

// bound adds checks to a statement or a literal that may take long in one step.
func (r *rewriter) bound(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignExpression:
		r.rest(n.Left, &n.Right)
	case *ast.VariableStatement:
		r.bindings(n.List)
	case *ast.LexicalDeclaration:
		r.bindings(n.List)
	case *ast.ForInStatement:
		n.Source = call1(ownName, n.Source)
	case *ast.PropertyKeyed:
		wholeKey(&n.Key, n.Computed)
	case *ast.MethodDefinition:
		wholeKey(&n.Key, n.Computed)
	case *ast.FieldDefinition:
		wholeKey(&n.Key, n.Computed)
	case *ast.ObjectLiteral:
		for _, p := range n.Value {
			if spread, ok := p.(*ast.SpreadElement); ok {
				spread.Expression = call1(ownName, spread.Expression)
			}
		}
	}
}

// rest makes a value that is destructured with a rest element a list first: the
// interpreter reads the rest in one step.
func (r *rewriter) rest(target ast.Node, value *ast.Expression) {
	p, ok := target.(*ast.ArrayPattern)
	if !ok || p.Rest == nil || *value == nil {
		return
	}
	if r.drained == nil {
		r.drained = map[*ast.ArrayPattern]bool{}
	}
	r.drained[p] = true
	*value = call1(drainName, *value)
}

func (r *rewriter) bindings(list []*ast.Binding) {
	for _, b := range list {
		r.rest(b.Target, &b.Initializer)
	}
}

// refuseWhat refuses constructs that have no bound.
func (r *rewriter) refuseWhat(n ast.Node) {
	const async = "there are no async functions in a query: it has nothing to wait for"
	switch n := n.(type) {
	case *ast.NumberLiteral:
		if _, ok := n.Value.(*big.Int); ok {
			r.refuse(n, "there are no BigInts in a query: one operation on them has no bound")
		}
	case *ast.FunctionLiteral:
		if n.Async {
			r.refuse(n, async)
		}
		if n.Generator {
			r.refuse(n, "there are no generators in a query: those that call each other have no bound")
		}
	case *ast.ArrowFunctionLiteral:
		if n.Async {
			r.refuse(n, async)
		}
	case *ast.ArrayPattern:
		if n.Rest != nil && !r.drained[n] {
			r.refuse(n, "a list is only taken apart with ... in a declaration or an assignment of its own")
		}
	}
}
