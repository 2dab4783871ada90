package js

import (
	"math/big"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// mostSafe is the greatest integer up to which JavaScript's numbers are exact
// (ECMAScript, Number.MAX_SAFE_INTEGER), and safeDigits its text.
const (
	mostSafe   = 1<<53 - 1
	safeDigits = "9007199254740991"
)

// wholeLiteral gives the digits of a number in a query's text that is such an
// integer.
func wholeLiteral(n *ast.NumberLiteral) (digits string, ok bool) {
	if len(n.Literal) < len(safeDigits) && len(n.Literal) < len("0x20000000000000") {
		return "", false
	}
	i, ok := new(big.Int).SetString(n.Literal, 0)
	if !ok || i.CmpAbs(big.NewInt(mostSafe)) <= 0 {
		return "", false
	}
	return i.String(), true
}

// wholeCall makes the integer where the query runs.
func (r *rewriter) wholeCall(idx file.Idx, digits string) ast.Expression {
	r.whole = true
	r.literals[Whole(digits)] = true
	return call1(wholeName, &ast.StringLiteral{Idx: idx, Literal: digits, Value: unistring.String(digits)})
}

// negated is -n of such an integer n, which was rewritten before.
func negated(e *ast.UnaryExpression) (digits string, ok bool) {
	call, ok := e.Operand.(*ast.CallExpression)
	if !ok || e.Operator != token.MINUS {
		return "", false
	}
	if callee, ok := call.Callee.(*ast.Identifier); !ok || callee.Name != wholeName {
		return "", false
	}
	return "-" + string(call.ArgumentList[0].(*ast.StringLiteral).Value), true
}

// wholeKey is the name of a property that such an integer stands for, as it
// would be if the script computed it.
func wholeKey(key *ast.Expression, computed bool) {
	n, ok := (*key).(*ast.NumberLiteral)
	if !ok || computed {
		return
	}
	if digits, ok := wholeLiteral(n); ok {
		*key = &ast.StringLiteral{Idx: n.Idx, Literal: digits, Value: unistring.String(digits)}
	}
}
