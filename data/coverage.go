package data

import (
	"unicode"

	"kg/internal/sentence"
	"kg/internal/table"
)

// Coverage is how much of a text has a claim or a reason to have none. A passage
// counts where it stands in this text, known by its SHA-256; one that stands
// nowhere, or at several places, covers nothing.
type Coverage struct {
	Open       []Stretch // sentences of which no passage has a letter or digit, with their words, which kg shows and never keeps
	Sentences  int       // of all paragraphs; titles and headings are in none
	Characters int       // of these sentences, without spaces
	Covered    int       // those of them that stand in a passage
	Lost       int       // passages that cover nothing
}

// Coverage holds the passages of v against the sentences of its text, which must
// be at hand.
func (v *Verified) Coverage() *Coverage {
	c := &Coverage{}
	text := v.Text.Text
	change := make([]int, text.Len()+1) // in how many passages a code point stands, less than the one before
	for i := range v.Results {
		if at, ok := v.Results[i].stands(); ok {
			change[at.Start]++
			change[at.End]--
		} else {
			c.Lost++
		}
	}
	paragraphs := text.parts(v.Locators, v.Body)
	at, depth := 0, 0
	header := v.Table != "" && v.Table != table.JSONLines // which says nothing
	for s := range text.Sentences(paragraphs) {
		for ; at < s.Start; at++ {
			depth += change[at]
		}
		if header && s.In(paragraphs) == 1 {
			continue
		}
		c.Sentences++
		claimed := false
		words := string(text.Slice(s.Start, s.End))
		for _, char := range words {
			depth += change[at]
			at++
			if unicode.IsSpace(char) {
				continue
			}
			c.Characters++
			if depth > 0 {
				c.Covered++
				claimed = claimed || sentence.LetterOrDigit(char)
			}
		}
		if !claimed {
			c.Open = append(c.Open, Stretch{Page: text.page(s.Start), Paragraph: s.In(paragraphs), Start: s.Start, End: s.End, Words: words})
		}
	}
	return c
}

// stands is where a passage stands in the text, if that is one place.
func (r *Result) stands() (Span, bool) {
	switch r.Verdict {
	case Match, WrongParagraph, WrongPage:
		return Span{r.Start, r.End}, true
	case Moved:
		return Span{r.Nearest.Start, r.Nearest.End}, true
	}
	return Span{}, false
}
