package data

import (
	"errors"

	"kg/schema"
	"kg/schema/strict"
)

// Finder finds words in the paragraphs of a text, as Locate does.
type Finder struct{ l locator }

// Finder looks in paragraphs, which are spans of the text.
func (t *Text) Finder(paragraphs []Span) *Finder {
	return &Finder{locator{text: t, paragraphs: paragraphs}}
}

// Find is the one place of words, in all paragraphs or in the one of a number from 1;
// why says that there is none, or more than one. With near, it says what is nearest,
// too: that is looked for through the whole of the text.
func (f *Finder) Find(words string, paragraph int, near bool) (at Span, why string) {
	within := f.l.paragraphs
	if paragraph > 0 {
		within = within[paragraph-1 : paragraph]
	}
	f.l.r, f.l.unlike = strict.NewReport("", ""), !near
	if at, ok := f.l.find(schema.Word{Text: words}, within); ok {
		return at, ""
	}
	var e *strict.Error
	errors.As(f.l.r.Err(), &e)
	return Span{}, e.Problems[0].Msg
}

// Has reports whether a paragraph has words as they are.
func (f *Finder) Has(words string) bool { return f.l.inOne(words, f.l.paragraphs) }
