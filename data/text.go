package data

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"iter"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"kg/internal/strict"
	"kg/schema"
)

// Text is the text of a source, addressed by code points. It stays with the
// user: kg keeps places and digests, never words.
type Text struct {
	SHA256 string
	Name   string // of its file, if it was found
	// Of a text that was taken out of a document, such as a PDF: the document's
	// SHA-256, and what took it out. They are empty of a plain text.
	FromFile, Extractor string

	bytes []byte
	at    []int32 // the byte at which each code point begins, and the text's end
}

// NewText takes the bytes of a text file, which must be UTF-8 and not empty. The
// bytes are the text's own from then on.
func NewText(b []byte) (*Text, error) {
	switch {
	case len(b) == 0:
		return nil, errors.New("the text is empty")
	case len(b) > math.MaxInt32:
		return nil, errors.New("the text is longer than 2 GB")
	case !utf8.Valid(b):
		return nil, errors.New("the text is not valid UTF-8")
	}
	t := &Text{SHA256: digest(b), bytes: b, at: make([]int32, 0, utf8.RuneCount(b)+1)}
	for i, c := range b {
		if utf8.RuneStart(c) {
			t.at = append(t.at, int32(i))
		}
	}
	t.at = append(t.at, int32(len(b)))
	return t, nil
}

// Len is the number of code points.
func (t *Text) Len() int { return len(t.at) - 1 }

// Slice is the text from start to end, which must be in it.
func (t *Text) Slice(start, end int) []byte { return t.bytes[t.at[start]:t.at[end]] }

// Byte is the byte at which a code point begins.
func (t *Text) Byte(point int) int { return int(t.at[point]) }

// Point is the code point that begins at a byte.
func (t *Text) Point(b int) int {
	return sort.Search(len(t.at), func(i int) bool { return int(t.at[i]) >= b })
}

// has tells whether a span is one of the text.
func (t *Text) has(start, end int) bool { return 0 <= start && start <= end && end <= t.Len() }

// Passage returns the words from start to end, and whether they still have
// the digest. Outside the text it returns false.
func (t *Text) Passage(start, end int, sha256 string) (string, bool) {
	if !t.has(start, end) {
		return "", false
	}
	words := t.Slice(start, end)
	return string(words), digest(words) == sha256
}

// Holds reports whether the text has at a place what was there.
func (t *Text) Holds(l schema.Locator) bool {
	return t.has(l.Start, l.End) && digest(t.Slice(l.Start, l.End)) == l.SHA256
}

// Holding counts the places at which the text has what they were taken from.
func (t *Text) Holding(places []schema.Locator) (n int) {
	for _, l := range places {
		if t.Holds(l) {
			n++
		}
	}
	return n
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Span is a half-open range of code points.
type Span struct{ Start, End int }

// Paragraphs lists the paragraphs of the text from body on: runs of lines
// with an empty line between them, headings left out.
func (t *Text) Paragraphs(body int, heading string) []Span {
	var list []Span
	open := false
	for at := max(0, body); at < t.Len(); {
		end := at
		for end < t.Len() && t.bytes[t.at[end]] != '\n' {
			end++
		}
		line := strings.TrimSpace(string(t.Slice(at, end)))
		switch {
		case line == "" || heading != "" && strings.HasPrefix(line, heading):
			open = false
		case open:
			list[len(list)-1].End = end
		default:
			list = append(list, Span{at, end})
			open = true
		}
		at = end + 1
	}
	return list
}

// Cut cuts the text where passages begin and end, and gives each stretch with those that
// it lies in, by index, the shortest first. Each passage lies within the text.
func (t *Text) Cut(passages []schema.Locator) iter.Seq2[Span, []int] {
	cuts := []int{0, t.Len()}
	order := make([]int, len(passages))
	for i, p := range passages {
		order[i] = i
		cuts = append(cuts, p.Start, p.End)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	slices.SortStableFunc(order, func(a, b int) int {
		return passages[a].End - passages[a].Start - (passages[b].End - passages[b].Start)
	})
	return func(yield func(Span, []int) bool) {
		for i := 1; i < len(cuts); i++ {
			var in []int
			for _, j := range order {
				if passages[j].Start <= cuts[i-1] && cuts[i] <= passages[j].End {
					in = append(in, j)
				}
			}
			if !yield(Span{cuts[i-1], cuts[i]}, in) {
				return
			}
		}
	}
}

// PlaceOf is the passage from start to end as claims have it, its paragraph counted
// as a source says; false for one that is in no paragraph, or empty.
func (t *Text) PlaceOf(start, end, body int, heading string) (schema.Locator, bool) {
	if !t.has(start, end) || start == end {
		return schema.Locator{}, false
	}
	p := t.PlaceIn(t.Paragraphs(body, heading), Span{start, end})
	return p, p.Paragraph > 0
}

// PlaceIn is a span of the text as claims have it.
func (t *Text) PlaceIn(paragraphs []Span, at Span) schema.Locator {
	return schema.Locator{Page: t.page(at.Start), Paragraph: at.In(paragraphs), Start: at.Start, End: at.End, SHA256: digest(t.Slice(at.Start, at.End))}
}

// PlaceOfWords is the one passage of the text with those words, as Locate finds it;
// false if there is none or more than one.
func (t *Text) PlaceOfWords(words string, body int, heading string) (schema.Locator, bool) {
	at, why := t.Find(t.Paragraphs(body, heading))(words, 0, false)
	if why != "" {
		return schema.Locator{}, false
	}
	return t.PlaceOf(at.Start, at.End, body, heading)
}

// Find returns a function that finds words in paragraphs, which are spans of the text, as
// Locate does: the one place of words, in all paragraphs or in the one of a number from
// 1; why says that there is none, or more than one. With near, it says what is nearest,
// too: that is looked for through the whole of the text.
func (t *Text) Find(paragraphs []Span) func(words string, paragraph int, near bool) (at Span, why string) {
	l := locator{text: t, paragraphs: paragraphs}
	return func(words string, paragraph int, near bool) (Span, string) {
		within := paragraphs
		if paragraph > 0 {
			within = within[paragraph-1 : paragraph]
		}
		l.r, l.unlike = strict.NewReport("", ""), !near
		if at, ok := l.find(strict.Word{Text: words}, within); ok {
			return at, ""
		}
		var e *strict.Error
		errors.As(l.r.Err(), &e)
		return Span{}, e.Problems[0].Msg
	}
}

// Has reports whether one of some paragraphs has words as they are.
func (t *Text) Has(words string, paragraphs []Span) bool {
	return slices.ContainsFunc(paragraphs, func(p Span) bool { return bytes.Contains(t.Slice(p.Start, p.End), []byte(words)) })
}

// In is the number of the paragraph that a span lies in, from 1; 0 if it lies in none.
// The paragraphs are in the order of the text.
func (at Span) In(paragraphs []Span) int {
	i, begins := slices.BinarySearchFunc(paragraphs, at.Start, func(s Span, start int) int { return s.Start - start })
	if !begins {
		i--
	}
	if i < 0 || at.End > paragraphs[i].End {
		return 0
	}
	return i + 1
}

// HasPages reports whether the text is in pages: form feeds stand between them, and a
// PDF has one at least.
func (t *Text) HasPages() bool {
	return strings.HasPrefix(t.Extractor, "go-pdfium ") || bytes.IndexByte(t.bytes, '\f') >= 0
}

// page is the page that a code point stands on, 0 in a text without pages.
func (t *Text) page(at int) int {
	if !t.HasPages() || !t.has(at, at) {
		return 0
	}
	return 1 + bytes.Count(t.bytes[:t.at[at]], []byte("\f"))
}
