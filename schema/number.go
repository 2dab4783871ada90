package schema

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema/strict"
)

// Bounds of the digits of a number that people write: what JSON and spreadsheets
// keep.
const (
	mostWhole    = 15
	mostFraction = 9
)

// numberPattern keeps out 12,000 and 1e3, which people read differently.
var numberPattern = regexp.MustCompile(`^-?([0-9]+)(\.[0-9]+)?$`)

// ParseNumber reads a number as people write it, such as 12000 or 2.5: a whole
// one is an xsd:integer, any other an xsd:double.
func ParseNumber(text string) (quad.Value, error) {
	m := numberPattern.FindStringSubmatch(text)
	switch {
	case m == nil:
		return nil, strict.Errorf("a number is written with digits alone, such as 12000 or 2.5, not %q", text)
	case len(m[1]) > 1 && m[1][0] == '0':
		return nil, strict.Errorf("a number is written without zeros before it, such as 7, not %q", text)
	case len(m[1]) > mostWhole:
		return nil, strict.Errorf("a number has at most %d digits before the point, and %q has %d", mostWhole, text, len(m[1]))
	case len(m[2])-1 > mostFraction:
		return nil, strict.Errorf("a number has at most %d digits behind the point, and %q has %d", mostFraction, text, len(m[2])-1)
	case strings.Contains(text, "."):
		f, err := strconv.ParseFloat(text, 64)
		return quad.Float(f), err
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return quad.Int(n), err
}
