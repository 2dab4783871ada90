package data

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/internal/strict"
	"kg/schema"
)

// insteadOf tells, of words that no paragraph has, what the text has in their
// stead: where they stand outside of paragraphs, or on both sides of an ellipsis in
// several; or the nearest passage, as verify finds it, and the first character that
// differs. It is for people to read: no place is taken from it.
func (l *locator) insteadOf(words string, within []Span) string {
	if l.unlike {
		return ""
	}
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

func (l *locator) nearestTo(words string, within []Span, side bool) string {
	if i := bytes.Index(l.text.bytes, []byte(words)); i >= 0 {
		start := l.text.Point(i)
		at := nearestAt(within, Span{start, start + utf8.RuneCountInString(words)})
		return fmt.Sprintf("; they stand in %s: a passage is one of a paragraph, and headings and what is before the body are in none", at)
	}
	if len(words) > longestAligned {
		return "; they are too long to look for what is nearest"
	}
	if l.like == nil {
		l.like = &check{Verified: &Verified{Locators: &schema.Locators{}, Text: &Found{Text: l.text}}, paragraphs: within}
	}
	var of string
	if side {
		of = " to " + strict.Sprintf("%q", words)
	}
	n := l.like.nearest(words, schema.Locator{})
	if n == nil {
		return "; nothing in it is near" + of
	}
	var differs []string
	for _, d := range n.Differs[:min(len(n.Differs), mostShown)] {
		differs = append(differs, d.String())
	}
	start := n.Start + utf8.RuneCountInString(n.Words) - utf8.RuneCountInString(strings.TrimLeftFunc(n.Words, unicode.IsSpace))
	shown := strings.TrimSpace(n.Words)
	at := nearestAt(within, Span{start, start + utf8.RuneCountInString(shown)})
	return fmt.Sprintf("; nearest%s is %s: %s (%s); %s", of, at, strict.Sprintf("%q", shown), strings.Join(differs, "; "), l.firstDifferent(words, n))
}

// firstDifferent names the first character in which the text differs from words
// that begin where n does; or, if n has not their first word, where they begin if
// they end where n does.
func (l *locator) firstDifferent(words string, n *Stretch) string {
	was := []rune(words)
	start, same := n.Start, l.alike(was, n.Start)
	if other := n.End - len(was); other >= 0 {
		if more := l.alike(was, other); more > same {
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

// alike counts the characters that words have as the text has from start on. The
// text is known not to have all of them.
func (l *locator) alike(words []rune, start int) (n int) {
	for ; start+n < l.text.Len(); n++ {
		if c, _ := utf8.DecodeRune(l.text.Slice(start+n, start+n+1)); c != words[n] {
			break
		}
	}
	return n
}

// named is the code point of a character, and the character if it can be seen.
func named(c rune) string {
	if unicode.IsGraphic(c) && !unicode.IsSpace(c) && !unicode.IsMark(c) {
		return fmt.Sprintf("%U (%c)", c, c)
	}
	return fmt.Sprintf("%U", c)
}
