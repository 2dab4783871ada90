package graph

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
	"kg/schema/edtf"
)

// Words are what people read for the cell in tables and on pages: dates in
// words, the digits of amounts in groups ("since the second half of 2006",
// "45,000 USD"). Text keeps the exact forms for csv and scripts. For any other
// cell they are Text.
func (c Cell) Words() string {
	if t, ok := c.Value.(quad.TypedString); ok {
		if d, is := edtf.OfLiteral(t); is {
			return d.Words()
		}
		return c.Text
	}
	if date := c.part(schema.EDTF); date != nil {
		if d, err := edtf.Parse(Text(date)); err == nil {
			return d.WordsWith(Text(c.part(schema.Printed)))
		}
	}
	if figures := c.figures(); len(figures) > 0 {
		return grouped(c.Text, figures)
	}
	return c.Text
}

// figures are the numbers of a quantity.
func (c Cell) figures() (list []*big.Rat) {
	for _, predicate := range []quad.IRI{schema.Value, schema.MinValue, schema.MaxValue} {
		if n, ok := new(big.Rat).SetString(Text(c.part(predicate))); ok {
			list = append(list, n)
		}
	}
	return list
}

// numeral is a number as claims files write it.
var numeral = regexp.MustCompile(`[0-9]+(\.[0-9]+)?`)

// grouped groups the digits of some figures in a text by three. Other numbers of
// it, such as years, stay as they are.
func grouped(text string, figures []*big.Rat) string {
	return numeral.ReplaceAllStringFunc(text, func(digits string) string {
		n, ok := new(big.Rat).SetString(digits)
		if !ok || !slices.ContainsFunc(figures, func(f *big.Rat) bool { return new(big.Rat).Abs(f).Cmp(n) == 0 }) {
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
