package cells

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
	"kg/schema"
	"kg/schema/edtf"
)

// Words returns the text of the cell for tables and pages: dates in words, the digits of
// amounts in groups ("since the second half of 2006", "45,000 USD"). Text has the exact
// form, for csv and scripts. For any other cell the two are equal.
func (c Cell) Words() string {
	if t, ok := c.Value.(quad.TypedString); ok {
		if d, is := edtf.OfLiteral(t); is {
			return d.Words()
		}
		return c.Text
	}
	if date := c.part(schema.EDTF); date != nil {
		if d, err := edtf.Parse(term.TextOf(date)); err == nil {
			return d.WordsWith(term.TextOf(c.part(schema.Printed)))
		}
	}
	if amounts := c.amounts(); len(amounts) > 0 {
		return groupDigits(c.Text, amounts)
	}
	return c.Text
}

// amounts returns the numbers of a quantity.
func (c Cell) amounts() (list []*big.Rat) {
	for _, predicate := range []quad.IRI{schema.Value, schema.MinValue, schema.MaxValue} {
		if n, ok := new(big.Rat).SetString(term.TextOf(c.part(predicate))); ok {
			list = append(list, n)
		}
	}
	return list
}

// numeral is a number as claims files write it.
var numeral = regexp.MustCompile(`[0-9]+(\.[0-9]+)?`)

// groupDigits groups the digits of some amounts in a text by three. Other numbers in the
// text, such as years, stay as they are.
func groupDigits(text string, amounts []*big.Rat) string {
	return numeral.ReplaceAllStringFunc(text, func(digits string) string {
		n, ok := new(big.Rat).SetString(digits)
		if !ok || !slices.ContainsFunc(amounts, func(f *big.Rat) bool { return new(big.Rat).Abs(f).Cmp(n) == 0 }) {
			return digits
		}
		whole, fraction, _ := strings.Cut(digits, ".")
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
		if fraction != "" {
			fraction = "." + fraction
		}
		return whole + fraction
	})
}
