// Package sourcetext is the texts of sources, addressed by code points: their paragraphs,
// pages, sentences and passages (Text), the files that they are in (Files), and passages of
// which only the SHA-256 is known (Finder). Texts stay with the user: kg keeps locators and
// digests, never words.
package sourcetext

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

	"kg/internal/table"
	"kg/schema"
)

// Text is the text of a source. New is its only constructor.
type Text struct {
	SHA256    string
	Name      string // of its file; empty if it is from none
	FromFile  string // the SHA-256 of the document, such as a PDF, that the text was extracted from; empty for a plain text
	Extractor string // what extracted it

	bytes []byte
	at    []int32 // the byte at which each code point begins, and the text's end
}

// New returns the text of the bytes of a text file, which must be UTF-8 and not empty. It
// keeps the bytes.
func New(b []byte) (*Text, error) {
	switch {
	case len(b) == 0:
		return nil, errors.New("the text is empty")
	case len(b) > math.MaxInt32:
		return nil, errors.New("the text is longer than 2 GB")
	case !utf8.Valid(b):
		return nil, errors.New("the text is not valid UTF-8")
	}
	t := &Text{SHA256: Digest(b), bytes: b, at: make([]int32, 0, utf8.RuneCount(b)+1)}
	for i, c := range b {
		if utf8.RuneStart(c) {
			t.at = append(t.at, int32(i))
		}
	}
	t.at = append(t.at, int32(len(b)))
	return t, nil
}

// Len returns the number of code points.
func (t *Text) Len() int { return len(t.at) - 1 }

// Bytes returns the whole text.
func (t *Text) Bytes() []byte { return t.bytes }

// Slice returns the text from start to end, which must be in it.
func (t *Text) Slice(start, end int) []byte { return t.bytes[t.at[start]:t.at[end]] }

// Byte returns the byte at which a code point begins.
func (t *Text) Byte(point int) int { return int(t.at[point]) }

// Point returns the code point that begins at a byte.
func (t *Text) Point(b int) int {
	return sort.Search(len(t.at), func(i int) bool { return int(t.at[i]) >= b })
}

// Within reports whether the text has a range.
func (t *Text) Within(start, end int) bool { return 0 <= start && start <= end && end <= t.Len() }

// Passage returns the words from start to end, and whether they still have
// the digest. Outside the text it returns false.
func (t *Text) Passage(start, end int, sha256 string) (string, bool) {
	if !t.Within(start, end) {
		return "", false
	}
	words := t.Slice(start, end)
	return string(words), Digest(words) == sha256
}

// Holds reports whether the passage of a locator stands where the locator says.
func (t *Text) Holds(l schema.Locator) bool {
	return t.Within(l.Start, l.End) && Digest(t.Slice(l.Start, l.End)) == l.SHA256
}

// Holding counts the locators that hold.
func (t *Text) Holding(list []schema.Locator) (n int) {
	for _, l := range list {
		if t.Holds(l) {
			n++
		}
	}
	return n
}

// Digest returns the SHA-256 of a text, in lower-case hexadecimal.
func Digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Span is a half-open range of code points.
type Span struct{ Start, End int }

// Paragraphs lists the paragraphs of the text from body on: runs of lines with an empty
// line between them, without those that begin as a heading does.
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

// ParagraphsOf returns the paragraphs of the text of a source, or the rows if it is a table:
// an empty line of a table is an empty row.
func (t *Text) ParagraphsOf(l *schema.Locators, body int) []Span {
	if l.Table == "" {
		return t.Paragraphs(body, l.Heading)
	}
	if !t.Within(body, t.Len()) {
		return nil
	}
	// A header is a row like the others here, and has any number of cells.
	in, err := table.NewReader(bytes.NewReader(t.Slice(body, t.Len())), table.Options{Form: l.Table, Body: body, Whole: true})
	if err != nil {
		return nil
	}
	var list []Span
	for {
		row, err := in.Next()
		if err != nil { // the end, or that of what is a table
			return list
		}
		for len(list) < row.Number-1 {
			list = append(list, Span{Start: row.Start, End: row.Start})
		}
		list = append(list, Span{Start: row.Start, End: row.End})
	}
}

// Cut cuts the text where passages begin and end, and yields each range with the indices of
// the passages that it lies in, the shortest first. Each passage lies within the text.
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

// LocatorOf returns the locator of the passage from start to end, its paragraph counted as a
// source says; false if it is empty or lies in no paragraph.
func (t *Text) LocatorOf(start, end, body int, heading string) (schema.Locator, bool) {
	if !t.Within(start, end) || start == end {
		return schema.Locator{}, false
	}
	l := t.LocatorIn(t.Paragraphs(body, heading), Span{start, end})
	return l, l.Paragraph > 0
}

// LocatorIn returns the locator of a span.
func (t *Text) LocatorIn(paragraphs []Span, at Span) schema.Locator {
	return schema.Locator{Page: t.Page(at.Start), Paragraph: at.In(paragraphs), Start: at.Start, End: at.End, SHA256: Digest(t.Slice(at.Start, at.End))}
}

// LocatorOfWords returns the locator of the one passage that has words as Occurrences finds
// them; false if there is none or more than one.
func (t *Text) LocatorOfWords(words string, body int, heading string) (schema.Locator, bool) {
	found := t.Occurrences(words, t.Paragraphs(body, heading))
	if len(found) != 1 {
		return schema.Locator{}, false
	}
	return t.LocatorOf(found[0].Start, found[0].End, body, heading)
}

// Occurrences lists the passages within one of some spans that have words; an ellipsis in
// these stands for anything.
func (t *Text) Occurrences(words string, within []Span) (found []Span) {
	first, last, shortened := strings.Cut(words, "…")
	first, last = strings.TrimSpace(first), strings.TrimSpace(last)
	for _, p := range within {
		s := string(t.Slice(p.Start, p.End))
		point, at := p.Start, 0 // of the last passage
		for from := 0; ; {
			i := strings.Index(s[from:], first)
			if i < 0 || first == "" {
				break
			}
			i += from
			end := i + len(first)
			if shortened {
				j := strings.Index(s[end:], last)
				if j < 0 || last == "" {
					break
				}
				end += j + len(last)
			}
			point, at = point+utf8.RuneCountInString(s[at:i]), i
			found = append(found, Span{point, point + utf8.RuneCountInString(s[i:end])})
			from = i + len(first)
		}
	}
	return found
}

// Has reports whether a paragraph has the words.
func (t *Text) Has(words string, paragraphs []Span) bool {
	return slices.ContainsFunc(paragraphs, func(p Span) bool { return bytes.Contains(t.Slice(p.Start, p.End), []byte(words)) })
}

// In returns the number, from 1, of the paragraph that a span lies in; 0 if it lies in none.
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

// HasPages reports whether the text is in pages, with form feeds between them. That of a PDF
// always is.
func (t *Text) HasPages() bool {
	return strings.HasPrefix(t.Extractor, "go-pdfium ") || bytes.IndexByte(t.bytes, '\f') >= 0
}

// Page returns the page of a code point, from 1; 0 in a text without pages.
func (t *Text) Page(at int) int {
	if !t.HasPages() || !t.Within(at, at) {
		return 0
	}
	return 1 + bytes.Count(t.bytes[:t.at[at]], []byte("\f"))
}

// Original returns the text with a digest, if it differs from t only in its line ends, its
// byte order mark or its last newlines; nil otherwise.
func (t *Text) Original(sha256 string) *Text {
	s := strings.ReplaceAll(string(t.bytes), "\r\n", "\n")
	s = strings.TrimRight(strings.TrimPrefix(s, "\ufeff"), "\n")
	for _, bom := range []string{"", "\ufeff"} {
		for _, end := range []string{"", "\n", "\n\n"} {
			for _, line := range []string{"\n", "\r\n"} {
				b := []byte(bom + strings.ReplaceAll(s+end, "\n", line))
				if Digest(b) == sha256 {
					if text, err := New(b); err == nil {
						return text
					}
				}
			}
		}
	}
	return nil
}
