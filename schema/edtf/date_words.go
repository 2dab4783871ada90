package edtf

import (
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
)

// Words returns the date in English words: "12 March 2008", "the second half of
// 2006", "the 1990s", "since 2006" for an interval with an open end. The marks
// ~ and ? are read "about" and "perhaps". Three intervals of a decade, both ends
// about, are what people call a part of it: 1990~/1993~ is "early 1990s",
// 1994~/1996~ is "mid-1990s", 1997~/1999~ is "late 1990s".
func (d Date) Words() string {
	first, second, interval := strings.Cut(d.text, "/")
	switch {
	case !interval:
		return pointWords(d.text)
	case first == "..":
		return "until " + pointWords(second)
	case first == "":
		return "until " + pointWords(second) + ", its beginning unknown"
	case second == "..":
		return "since " + pointWords(first)
	case second == "":
		return "from " + pointWords(first) + ", its end unknown"
	}
	if part := partOfDecade(first, second); part != "" {
		return part
	}
	return pointWords(first) + " to " + pointWords(second)
}

// WordsWith returns the date in words, with the printed words behind it if they
// say more, such as the day of the week.
func (d Date) WordsWith(printed string) string {
	words := d.Words()
	known := dateTokens(words)
	for token := range dateTokens(printed) {
		if !known[token] {
			return words + " (" + printed + ")"
		}
	}
	return words
}

// The types of the literals that dates are.
const (
	DayType quad.IRI = "http://www.w3.org/2001/XMLSchema#date"
	Type    quad.IRI = "http://id.loc.gov/datatypes/edtf/EDTF"
)

// Literal is the date as a literal, of type edtf:EDTF.
func (d Date) Literal() quad.TypedString {
	return quad.TypedString{Value: quad.String(d.String()), Type: Type}
}

// OfLiteral returns the date that a literal of type xsd:date or edtf:EDTF is, and
// false for any other.
func OfLiteral(literal quad.TypedString) (Date, bool) {
	if literal.Type != DayType && literal.Type != Type {
		return Date{}, false
	}
	d, err := Parse(string(literal.Value))
	return d, err == nil
}

var dateMarks = map[byte]string{'~': "about ", '?': "perhaps ", '%': "perhaps about "}

// pointWords are the words of one date, which Parse has read.
func pointWords(s string) string {
	before := ""
	if mark := dateMarks[s[len(s)-1]]; mark != "" {
		before, s = mark, s[:len(s)-1]
	}
	year := s[:min(len(s), 4)]
	switch dateShape(s) {
	case "0000-00-00":
		return before + strconv.Itoa(dateNumber(s[8:])) + " " + time.Month(dateNumber(s[5:7])).String() + " " + year
	case "0000-00":
		return before + monthsWords(dateNumber(s[5:])) + " " + year
	case "000X":
		return before + "the " + year[:3] + "0s"
	case "00XX":
		return before + "the years " + year[:2] + "00 to " + year[:2] + "99"
	}
	return before + year
}

// monthsWords names a month, or a grouping of months that EDTF numbers above
// them.
func monthsWords(code int) string {
	ordinal := [...]string{"first", "second", "third", "fourth"}
	switch {
	case code >= 40:
		return "the " + ordinal[code-40] + " half of"
	case code >= 37:
		return "the " + ordinal[code-37] + " third of"
	case code >= 33:
		return "the " + ordinal[code-33] + " quarter of"
	}
	return time.Month(code).String()
}

// partOfDecade names the interval between two years of one decade, both about.
func partOfDecade(first, second string) string {
	if dateShape(first) != "0000~" || dateShape(second) != "0000~" || first[:3] != second[:3] {
		return ""
	}
	decade := first[:3] + "0s"
	switch first[3:4] + second[3:4] {
	case "03":
		return "early " + decade
	case "46":
		return "mid-" + decade
	case "79":
		return "late " + decade
	}
	return ""
}

// dateTokens are the words of a printed date that bear on its meaning.
func dateTokens(s string) map[string]bool {
	tokens := map[string]bool{}
	for _, word := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" ,.()", r) }) {
		switch word {
		case "the", "of", "in", "on":
		case "latter":
			tokens["second"] = true
		default:
			tokens[word] = true
		}
	}
	return tokens
}
