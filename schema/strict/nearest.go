package strict

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the known word closest to word in edits, letter case aside,
// or "" when none is close enough to be a slip of the finger: one edit in a
// word of three letters, two (such as two letters swapped) from four on, and
// more in long words.
func Nearest(word string, known []string) string {
	best, least := "", max(min(len([]rune(word))/2, 2), len([]rune(word))/3)+1
	for _, k := range known {
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
