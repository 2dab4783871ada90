// Package sentence finds where the sentences of a paragraph end. The boundaries are those
// of Unicode (UAX #29), with three rules for cases that standard leaves open:
//
//   - The end of a line is a space, since paragraphs may be wrapped.
//   - No sentence ends with a title (Mr., Gen.), with a short word before its number
//     (No. 5, Nov. 3), or with an initial or dotted letters (J., U.S.), unless a word
//     follows that often begins a sentence.
//   - A sentence may begin with a figure, though its next letter is in lower case.
package sentence

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"

	"kg/internal/strict"
)

// figureBegins is the end of a sentence before one that begins with a figure.
var figureBegins = strict.Pattern(`\pL{2}\.["'”’)\]]*\s+(\pN)`)

// Ends are the bytes of a paragraph at which its sentences after the first begin.
func Ends(paragraph string) (list []int) {
	flat := strings.NewReplacer("\n", " ", "\r", " ").Replace(paragraph)
	for it := sentences.FromString(flat); it.Next(); {
		list = append(list, it.End())
	}
	for _, m := range figureBegins().FindAllStringSubmatchIndex(flat, -1) {
		list = append(list, m[2])
	}
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(at int) bool {
		return at == len(flat) || goesOn(strings.TrimSpace(flat[:at]), flat[at:])
	})
}

var (
	letters    = strict.Pattern(`^\pL(\.\pL)*\.$`)
	titles     = strings.Fields("mr mrs ms mx messrs dr prof gen col maj capt lt sgt cmdr adm sen rep gov rev hon st mme mlle vs cf")
	numbered   = strings.Fields("no nos nr pp vol art sec sect fig ch par abs approx ca est jan feb mar apr jun jul aug sep sept oct nov dec")
	beginnings = strings.Fields("the a an it he she they we you i in on at but and or this that these those there then when after before if as for with its his her their however so no yes what who")
)

// goesOn reports whether a sentence does not end with a word that has a full stop.
func goesOn(before, after string) bool {
	word := before[len(strings.TrimRightFunc(before, func(c rune) bool { return unicode.IsLetter(c) || c == '.' })):]
	if len(word) < 2 || !strings.HasSuffix(word, ".") {
		return false
	}
	next := strings.TrimLeftFunc(after, func(c rune) bool { return !LetterOrDigit(c) })
	if letters().MatchString(word) {
		i := strings.IndexFunc(next, func(c rune) bool { return !LetterOrDigit(c) })
		if i < 0 {
			i = len(next)
		}
		return !slices.Contains(beginnings, strings.ToLower(next[:i]))
	}
	word = strings.ToLower(strings.TrimSuffix(word, "."))
	first, _ := utf8.DecodeRuneInString(next)
	return IsTitle(word) || unicode.IsDigit(first) && slices.Contains(numbered, word)
}

// LetterOrDigit reports whether a character is a letter or a digit: a text without any is
// no sentence.
func LetterOrDigit(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// IsTitle reports whether a word, small and without its full stop, is a title such as
// mr, which stands before a name.
func IsTitle(word string) bool { return slices.Contains(titles, word) }
