package nearest

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Difference is one difference between a passage and the range nearest to it.
type Difference struct {
	Kind string `json:"kind"` // word, figure, quote mark, dash, space, punctuation, case, composition
	Was  string `json:"was"`  // what the passage has; empty for an addition
	Is   string `json:"is"`   // what the text has; empty for an omission
}

func (d Difference) String() string {
	was, is := d.Was, d.Is
	if d.Kind != "space" { // the space beside a word that is left out goes without saying
		was, is = strings.TrimSpace(was), strings.TrimSpace(is)
	}
	switch {
	case was == "":
		return fmt.Sprintf("%s %s added", d.Kind, shown(is))
	case is == "":
		return fmt.Sprintf("%s %s left out", d.Kind, shown(was))
	}
	return fmt.Sprintf("%s %s became %s", d.Kind, shown(was), shown(is))
}

// shown returns punctuation as it is, and anything else in quotes, with escapes for characters
// that cannot be seen, such as kinds of spaces.
func shown(s string) string {
	if c, n := utf8.DecodeRuneInString(s); n == len(s) && unicode.IsPrint(c) && kindOf(c) == punctuation {
		return s
	}
	return strconv.Quote(s)
}

// differences lists the runs of tokens that differ. Two runs with only a space between them
// are one.
func differences(was, is []token, steps []step) (list []Difference) {
	same := func(s step) bool { return s.was >= 0 && s.is >= 0 && was[s.was].text == is[s.is].text }
	for i := 0; i < len(steps); i++ {
		if same(steps[i]) {
			continue
		}
		var a, b strings.Builder
		for ; i < len(steps); i++ {
			s := steps[i]
			if same(s) && !(was[s.was].kind == space && i+1 < len(steps) && !same(steps[i+1])) {
				break
			}
			if s.was >= 0 {
				a.WriteString(was[s.was].text)
			}
			if s.is >= 0 {
				b.WriteString(is[s.is].text)
			}
		}
		list = append(list, Difference{kindOfDifference(a.String(), b.String()), a.String(), b.String()})
	}
	return list
}

// kindOfDifference returns the least kind that explains a difference.
func kindOfDifference(was, is string) string {
	only := func(of func(rune) bool) bool {
		return !strings.ContainsFunc(was+is, func(c rune) bool { return !of(c) })
	}
	without := func(of func(rune) bool) bool {
		drop := func(c rune) rune {
			if of(c) {
				return -1
			}
			return c
		}
		return strings.Map(drop, was) == strings.Map(drop, is)
	}
	isPunctuation := func(c rune) bool { return kindOf(c) == punctuation }
	for _, k := range []struct {
		kind string
		of   func(rune) bool
	}{{"space", unicode.IsSpace}, {"quote mark", isQuote}, {"dash", isDash}, {"punctuation", isPunctuation}} {
		if only(k.of) || without(k.of) {
			return k.kind
		}
	}
	switch {
	case norm.NFC.String(was) == norm.NFC.String(is):
		return "composition"
	case strings.EqualFold(was, is):
		return "case"
	case strings.ContainsFunc(was+is, unicode.IsDigit):
		return "figure"
	}
	return "word"
}

func isQuote(c rune) bool {
	return c == '"' || c == '\'' || c == '`' || c == '´' || unicode.In(c, unicode.Pi, unicode.Pf, unicode.Quotation_Mark)
}

func isDash(c rune) bool { return unicode.In(c, unicode.Pd, unicode.Hyphen) || c == '−' }
