package sourcetext

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/internal/sentence"
)

// Sentences cuts paragraphs of the text into sentences, in code points, as package
// sentence does; what has neither a letter nor a digit is none.
func (t *Text) Sentences(paragraphs []Span) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		for _, p := range paragraphs {
			words := string(t.Slice(p.Start, p.End))
			from, at := 0, p.Start
			for _, end := range append(sentence.Ends(words), len(words)) {
				s := words[from:end]
				start := at + utf8.RuneCountInString(s) - utf8.RuneCountInString(strings.TrimLeftFunc(s, unicode.IsSpace))
				from, at = end, at+utf8.RuneCountInString(s)
				s = strings.TrimSpace(s)
				if strings.ContainsFunc(s, sentence.LetterOrDigit) && !yield(Span{start, start + utf8.RuneCountInString(s)}) {
					return
				}
			}
		}
	}
}
