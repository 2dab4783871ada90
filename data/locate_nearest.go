package data

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/data/internal/nearest"
	"kg/internal/sourcetext"
	"kg/internal/strict"
)

// insteadOf says what the text has instead of words that no paragraph has: where they stand
// outside of paragraphs, or on both sides of an ellipsis in several; or the nearest range, as
// Verify finds it, and the first character that differs. It is for people to read: no locator
// comes of it.
func (l *locator) insteadOf(words string, within []sourcetext.Span) string {
	first, last, shortened := strings.Cut(words, "…")
	sides := []string{strings.TrimSpace(first), strings.TrimSpace(last)}
	if !shortened {
		sides = sides[:1]
	}
	for _, side := range sides {
		if side != "" && !l.text.Has(side, within) {
			return l.nearestTo(side, within, shortened)
		}
	}
	if shortened && sides[0] != "" && sides[1] != "" {
		return "; each side of … is in the text, but no paragraph has one before the other: write a passage for each paragraph"
	}
	return ""
}

func (l *locator) nearestTo(words string, within []sourcetext.Span, side bool) string {
	if i := bytes.Index(l.text.Bytes(), []byte(words)); i >= 0 {
		start := l.text.Point(i)
		at := rangeOf(within, sourcetext.Span{Start: start, End: start + utf8.RuneCountInString(words)})
		return fmt.Sprintf("; they stand in %s: a passage is one of a paragraph, and headings and what is before the body are in none", at)
	}
	if len(words) > nearest.Longest {
		return "; they are too long to look for what is nearest"
	}
	if l.tokens == nil {
		l.tokens = nearest.New(l.text)
	}
	var of string
	if side {
		of = " to " + strict.Sprintf("%q", words)
	}
	n := l.tokens.Find(words, sourcetext.Span{}, 0)
	if n == nil {
		return "; nothing in it is near" + of
	}
	var differs []string
	for _, d := range n.Differs[:min(len(n.Differs), mostShown)] {
		differs = append(differs, d.String())
	}
	found := string(l.text.Slice(n.Start, n.End))
	start := n.Start + utf8.RuneCountInString(found) - utf8.RuneCountInString(strings.TrimLeftFunc(found, unicode.IsSpace))
	shown := strings.TrimSpace(found)
	at := rangeOf(within, sourcetext.Span{Start: start, End: start + utf8.RuneCountInString(shown)})
	return fmt.Sprintf("; nearest%s is %s: %s (%s); %s", of, at, strict.Sprintf("%q", shown), strings.Join(differs, "; "), l.firstDifferent(words, n))
}

// firstDifferent names the first character in which the text differs from words that begin, or
// else end, where n does, whichever has more characters in common.
func (l *locator) firstDifferent(words string, n *nearest.Match) string {
	was := []rune(words)
	start, same := n.Start, l.common(was, n.Start)
	if other := n.End - len(was); other >= 0 {
		if more := l.common(was, other); more > same {
			start, same = other, more
		}
	}
	at := start + same
	if at == l.text.Len() {
		return fmt.Sprintf("the text ends before %s at %d of the words", named(was[same]), same+1)
	}
	is, _ := utf8.DecodeRune(l.text.Slice(at, at+1))
	return fmt.Sprintf("the text has %s at %d, and the words %s at %d", named(is), at, named(was[same]), same+1)
}

// common counts the characters that words have in common with the text from start on. The text
// does not have all of them.
func (l *locator) common(words []rune, start int) (n int) {
	for ; start+n < l.text.Len(); n++ {
		if c, _ := utf8.DecodeRune(l.text.Slice(start+n, start+n+1)); c != words[n] {
			break
		}
	}
	return n
}

// named returns the code point of a character, and the character if it can be seen.
func named(c rune) string {
	if unicode.IsGraphic(c) && !unicode.IsSpace(c) && !unicode.IsMark(c) {
		return fmt.Sprintf("%U (%c)", c, c)
	}
	return fmt.Sprintf("%U", c)
}
