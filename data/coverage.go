package data

import (
	"unicode"

	"kg/internal/sentence"
	"kg/internal/sourcetext"
	"kg/internal/table"
)

// Coverage is how much of a text has a claim or a reason to have none. A passage counts where
// it stands in this text, by its SHA-256; one that stands nowhere, or at several positions,
// covers nothing.
type Coverage struct {
	Open       []Range // sentences of which no passage has a letter or digit, with their words
	Sentences  int     // of all paragraphs; without titles and headings
	Characters int     // of these sentences, without spaces
	Covered    int     // those of them that stand in a passage
	Lost       int     // passages that cover nothing
}

// Coverage compares the passages of v with the sentences of its text, which must not be nil.
func (v *Verified) Coverage() *Coverage {
	c := &Coverage{}
	text := v.Text.Text
	change := make([]int, text.Len()+1) // of the number of passages at each code point, to that before
	for i := range v.Results {
		if at, ok := v.Results[i].stands(); ok {
			change[at.Start]++
			change[at.End]--
		} else {
			c.Lost++
		}
	}
	paragraphs := text.ParagraphsOf(v.Locators, v.Body)
	at, depth := 0, 0
	header := v.Table != "" && v.Table != table.JSONLines
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
			c.Open = append(c.Open, Range{Page: text.Page(s.Start), Paragraph: s.In(paragraphs), Start: s.Start, End: s.End, Words: words})
		}
	}
	return c
}

// stands returns where a passage stands in the text, if that is one position.
func (r *Result) stands() (sourcetext.Span, bool) {
	switch r.Verdict {
	case Match, WrongParagraph, WrongPage:
		return sourcetext.Span{Start: r.Start, End: r.End}, true
	case Moved:
		return sourcetext.Span{Start: r.Nearest.Start, End: r.Nearest.End}, true
	}
	return sourcetext.Span{}, false
}
