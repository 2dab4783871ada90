package schema

import (
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/internal/strict"
)

// Bounds of the digits of a number that people write: what JSON and spreadsheets
// keep.
const (
	mostWhole    = 15
	mostFraction = 9
)

// cutNumber takes a number apart: its digits before the point and those behind it, as
// ^-?([0-9]+)(?:\.([0-9]+))?$ does, which takes ten times as long. It keeps out 12,000 and
// 1e3, which people read differently.
func cutNumber(text string) (whole, fraction string, ok bool) {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	return whole, fraction, isDigits(whole) && (!point || isDigits(fraction))
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// ParseNumber reads a number as people write it, such as 12000 or 2.5: a whole
// one is an xsd:integer, any other an xsd:double.
func ParseNumber(text string) (quad.Value, error) {
	whole, fraction, ok := cutNumber(text)
	switch {
	case !ok:
		return nil, strict.Errorf("a number is written with digits alone, such as 12000 or 2.5, not %q", text)
	case len(whole) > 1 && whole[0] == '0':
		return nil, strict.Errorf("a number is written without zeros before it, such as 7, not %q", text)
	case len(whole) > mostWhole:
		return nil, strict.Errorf("a number has at most %d digits before the point, and %q has %d", mostWhole, text, len(whole))
	case len(fraction) > mostFraction:
		return nil, strict.Errorf("a number has at most %d digits behind the point, and %q has %d", mostFraction, text, len(fraction))
	case fraction != "":
		f, err := strconv.ParseFloat(text, 64)
		return quad.Float(f), err
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return quad.Int(n), err
}
