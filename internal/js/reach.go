package js

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// reach notes which of the interpreter's built-ins a query can reach by the
// names and the operators in it.
func (r *rewriter) reach(n ast.Node) {
	switch n := n.(type) {
	case *ast.Identifier:
		if isGlobal()[string(n.Name)] {
			r.name(string(n.Name))
		}
	case *ast.StringLiteral:
		r.literals[string(n.Value)] = true
	case *ast.NumberLiteral:
		r.literals[n.Value] = true
	case *ast.BooleanLiteral:
		r.literals[n.Value] = true
	case *ast.DotExpression:
		r.name(string(n.Identifier.Name))
	case *ast.BracketExpression:
		r.key(n.Member)
	case *ast.PropertyShort: // of a pattern, perhaps
		r.name(string(n.Name.Name))
	case *ast.PropertyKeyed:
		r.key(n.Key)
	case *ast.ArrayLiteral:
		r.arrays = true
	case *ast.UnaryExpression:
		r.sums = r.sums || n.Operator != token.NOT && n.Operator != token.TYPEOF
	case *ast.AssignExpression:
		r.sums = r.sums || n.Operator != token.ASSIGN
	case *ast.BinaryExpression:
		switch n.Operator {
		case token.STRICT_EQUAL, token.STRICT_NOT_EQUAL, token.LOGICAL_AND, token.LOGICAL_OR, token.COALESCE:
		case token.IN, token.INSTANCEOF:
			r.prelude = true
		default:
			r.sums = true
		}
	case *ast.RegExpLiteral:
		r.prelude, r.groups["regexps"] = true, true
	case *ast.ObjectLiteral:
		for _, p := range n.Value {
			_, spread := p.(*ast.SpreadElement)
			r.prelude = r.prelude || spread
		}
	case *ast.WithStatement, *ast.ThisExpression, *ast.MetaProperty:
		r.prelude, r.dynamic = true, true
	case *ast.TemplateLiteral, *ast.SpreadElement, *ast.ArrayPattern, *ast.ObjectPattern, *ast.ForInStatement, *ast.ForOfStatement,
		*ast.ClassLiteral, *ast.OptionalChain:
		r.prelude = true
	}
}

// key checks the name of a property, which the script may compute.
func (r *rewriter) key(e ast.Expression) {
	switch k := e.(type) {
	case *ast.NumberLiteral:
	case *ast.StringLiteral:
		r.name(string(k.Value))
	default:
		r.dynamic = true
	}
}

// name checks a name in the query.
func (r *rewriter) name(name string) {
	for _, group := range groupsOf()[name] {
		r.groups[group] = true
	}
	switch {
	case computing[name]:
		r.prelude, r.dynamic = true, true
	case loopNames[name]:
		r.loops = true
	case name == "toArray" || name == "tagArray" || name == "ToArray" || name == "TagArray":
		r.arrays = true
	case short[name]:
		r.sums = true
	case builtins()[name] && !r.harmless[name] && !harmless[name]:
		r.prelude = true
	}
}

// needsPrelude sums up: without lists, a path's own forEach, map and filter are
// all that these names can mean, and nothing turns a list of lists into a text.
func (r *rewriter) needsPrelude() bool {
	return r.prelude || r.dynamic || r.arrays && (r.loops || r.sums)
}
