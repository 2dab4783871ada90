package propose

import (
	"strings"

	"kg/internal/sourcetext"
)

// shownText is a text as a model sees it: a space for each run of spaces and ends of lines.
// A model would not copy these as they are, and a person reads over them. All other
// characters are those of the text.
type shownText struct {
	*sourcetext.Text
	words      string
	paragraphs []sourcetext.Span
	at         []int // the code point of the text that each of its own is
}

func newShown(p *Proposal) *shownText {
	s := &shownText{}
	var b strings.Builder
	to := make([]int, 0, p.text.Len()+1) // of each code point of the text, the one shown
	after := false
	for _, r := range p.flat {
		to = append(to, len(s.at))
		if r == ' ' && after {
			to[len(to)-1]--
			continue
		}
		s.at = append(s.at, len(to)-1)
		b.WriteRune(r)
		after = r == ' '
	}
	to = append(to, len(s.at))
	for _, of := range p.paragraphs {
		s.paragraphs = append(s.paragraphs, sourcetext.Span{Start: to[of.Start], End: to[of.End]})
	}
	s.words = b.String()
	s.Text, _ = sourcetext.New([]byte(s.words)) // the text it is made of is one
	return s
}

// origin returns the span of the text that a span of the shown text came from.
func (s *shownText) origin(at sourcetext.Span) sourcetext.Span {
	return sourcetext.Span{Start: s.at[at.Start], End: s.at[at.End-1] + 1}
}

// spaced is a quote with spaces as in the text that is shown.
func spaced(quote string) string {
	return strings.Join(strings.FieldsFunc(quote, func(r rune) bool { return r == ' ' || r == '\n' || r == '\r' || r == '\t' }), " ")
}
