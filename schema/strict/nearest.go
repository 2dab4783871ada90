package strict

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the known word closest to word in edits, letter case aside,
// or "" when none is close enough to be a slip of the finger: one edit in a
// word of three letters, two (such as two letters swapped) from four on, and
// more in long words.
func Nearest(word string, known []string) string {
	const longest = 200 // letters that somebody types
	length := utf8.RuneCountInString(word)
	if length > longest {
		return ""
	}
	best, least := "", max(min(length/2, 2), length/3)+1
	for _, k := range known {
		if apart := utf8.RuneCountInString(k) - length; apart > least || -apart > least {
			continue // as many edits at least
		}
		d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k))
		if d < least || (d == least && best != "" && k < best) {
			best, least = k, d
		}
	}
	return best
}

// DidYouMean is the end of an error about an unknown word: ` (did you mean
// "Embassy"?)`, or "" when nothing is near.
func DidYouMean(word string, known []string) string {
	if n := Nearest(word, known); n != "" {
		return fmt.Sprintf(" (did you mean %q?)", n)
	}
	return ""
}
