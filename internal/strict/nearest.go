package strict

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Nearest returns the known word closest to word in edits, letter case aside, or "" when
// none is close enough to be a typing error: one edit in a word of three letters, two
// (such as two letters swapped) from four on, and more in long words.
func Nearest(word string, known []string) string {
	const longest = 200 // letters of a typed word
	length := utf8.RuneCountInString(word)
	if length > longest {
		return ""
	}
	best, least := "", max(min(length/2, 2), length/3)+1
	edits := newEdits(word)
	for _, k := range known {
		if apart := utf8.RuneCountInString(k) - length; apart > least || -apart > least {
			continue // as many edits at least
		}
		d := edits.to(k, least)
		if d < least || (d == least && best != "" && k < best) {
			best, least = k, d
		}
	}
	return best
}

// edits counts the edits from a word to others (Levenshtein, ignoring letter case). The
// computation for a common beginning is reused for the next word: known words are in
// order, and there may be a million.
type edits struct {
	word []rune
	last []rune  // the beginning of a word that was counted
	next []rune  // the word that is counted
	rows [][]int // the edits from each beginning of word to each of last
	min  []int   // the least of each row
}

func newEdits(word string) *edits {
	e := &edits{word: []rune(strings.ToLower(word))}
	e.row(0)
	for j := range e.rows[0] {
		e.rows[0][j] = j
	}
	return e
}

// row is the row of a beginning of so many letters.
func (e *edits) row(letters int) []int {
	if letters == len(e.rows) {
		e.rows, e.min = append(e.rows, make([]int, len(e.word)+1)), append(e.min, 0)
	}
	return e.rows[letters]
}

// to is how many edits lead to k, or some number above most if there are more.
func (e *edits) to(k string, most int) int {
	e.next = e.next[:0]
	for _, c := range strings.ToLower(k) {
		e.next = append(e.next, c)
	}
	same := 0
	for same < len(e.last) && same < len(e.next) && e.last[same] == e.next[same] {
		same++
	}
	if e.min[same] > most {
		return e.min[same]
	}
	for e.last = e.last[:same]; len(e.last) < len(e.next); {
		e.letter(e.next[len(e.last)])
		if least := e.min[len(e.last)]; least > most {
			return least
		}
	}
	return e.rows[len(e.next)][len(e.word)]
}

// letter counts for the beginning that is one letter longer.
func (e *edits) letter(c rune) {
	e.last = append(e.last, c)
	above, row := e.rows[len(e.last)-1], e.row(len(e.last))
	row[0] = len(e.last)
	least := row[0]
	for j, w := range e.word {
		d := above[j]
		if w != c {
			d = min(d, above[j+1], row[j]) + 1
		}
		row[j+1] = d
		least = min(least, d)
	}
	e.min[len(e.last)] = least
}

// DidYouMean is the end of an error about an unknown word: ` (did you mean
// "Embassy"?)`, or "" when nothing is near.
func DidYouMean(word string, known []string) string {
	if n := Nearest(word, known); n != "" {
		return fmt.Sprintf(" (did you mean %q?)", n)
	}
	return ""
}
