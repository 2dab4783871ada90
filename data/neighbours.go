package data

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"kg/data/internal/nearest"
	"kg/internal/sourcetext"
	"kg/schema"
)

// The range that a passage which is in no text has become. A locator has no words, so the
// search depends on what else is known.
//
//   - The words are known: from a former text or a draft (Texts.Formerly), or because the
//     text differs from the source's only in line ends, byte order mark or last newlines,
//     which its digest proves. Then package nearest finds the range: the former one, as below,
//     unless another is nearer.
//   - A draft has the beginning and the end of the words and an ellipsis between them. If
//     both are in the text, no further apart than mostLength, the passage is altered:
//     the difference lies between them.
//   - Only the locator is known. The range lies between the passages before and after
//     it, wherever these are now; the first passage begins after the beginning of the
//     text, and the last ends before its end. If that range is not empty and no longer
//     than mostLength, the passage is altered. If the range has the passage's digest with
//     other quotes, dashes or spaces, these are what differs (nearest.Respelled); otherwise
//     that cannot be said. If the neighbours have closed up, or lie far apart, the passage
//     is missing.
//
// These ranges are proposals for a reader. None of them makes a passage match.

// Range is a range of a text, half-open in code points: a passage or what is nearest to it,
// or a sentence.
type Range struct {
	Source    quad.IRI             `json:"source,omitempty"` // whose text it is in, if it is another's
	Page      int                  `json:"page,omitempty"`   // in a text with pages
	Paragraph int                  `json:"paragraph"`        // 0 if it is in none
	Row       int                  `json:"row,omitempty"`    // of a table, which has no paragraphs
	Start     int                  `json:"start"`
	End       int                  `json:"end"`
	Others    []Range              `json:"others,omitempty"`  // of an ambiguous passage
	Words     string               `json:"words,omitempty"`   // of an altered passage, or a sentence
	Differs   []nearest.Difference `json:"differs,omitempty"` // from the passage; empty if its words are not known
}

// where returns the position of the range as people read it.
func (p *Range) where() string {
	if p.Row > 0 {
		return fmt.Sprintf("row %d, %d to %d", p.Row, p.Start, p.End)
	}
	if p.Paragraph == 0 {
		return fmt.Sprintf("no paragraph, %d to %d", p.Start, p.End)
	}
	return fmt.Sprintf("%s, %d to %d", schema.Locator{Page: p.Page, Paragraph: p.Paragraph}.ParagraphText(), p.Start, p.End)
}

// inRows makes the numbers of paragraphs numbers of rows, if the text is a table.
func (n *Range) inRows(table string) {
	if n == nil || table == "" {
		return
	}
	n.Row, n.Paragraph = n.Paragraph, 0
	for i := range n.Others {
		n.Others[i].Row, n.Others[i].Paragraph = n.Others[i].Paragraph, 0
	}
}

// inRows is Range.inRows for all results.
func (v *Verified) inRows() {
	for i := range v.Results {
		if v.Results[i].Verdict != Misattributed { // attribute did
			v.Results[i].Nearest.inRows(v.Table)
		}
	}
}

func rangeOf(paragraphs []sourcetext.Span, at sourcetext.Span) *Range {
	return &Range{Paragraph: at.In(paragraphs), Start: at.Start, End: at.End}
}

// rangeOf returns the range of a span of the source's own text.
func (c *check) rangeOf(at sourcetext.Span) *Range {
	n := rangeOf(c.paragraphs, at)
	if n.Paragraph > 0 {
		n.Page = c.Text.Page(at.Start)
	}
	return n
}

// mostShown is how many positions of an ambiguous passage String has.
const mostShown = 3

// String returns the range as people read it, but for the source.
func (n *Range) String() string {
	if n == nil {
		return ""
	}
	s := n.where()
	for i := range n.Others[:min(len(n.Others), mostShown-1)] {
		s += "; " + n.Others[i].where()
	}
	switch all := len(n.Others) + 1; {
	case all > sourcetext.MostSpans:
		s += fmt.Sprintf("; more than %d in all", sourcetext.MostSpans)
	case all > mostShown:
		s += fmt.Sprintf("; %d in all", all)
	}
	if n.Words != "" {
		s += ": " + n.Words
	}
	var differs []string
	for _, d := range n.Differs {
		differs = append(differs, d.String())
	}
	if len(differs) > 0 {
		s += " (" + strings.Join(differs, "; ") + ")"
	}
	return s
}

// rangeWithWords is rangeOf with the words.
func (c *check) rangeWithWords(start, end int) *Range {
	n := c.rangeOf(sourcetext.Span{Start: start, End: end})
	n.Words = string(c.Text.Slice(start, end))
	return n
}

// mostLength is how long the range can be that a passage became.
func mostLength(l schema.Locator) int { return 2*(l.End-l.Start) + 40 }

// nearest returns what a passage whose words are known became, or nil.
func (c *check) nearest(passage string, l schema.Locator) *Range {
	if c.tokens == nil {
		c.tokens = nearest.New(c.Text.Text)
	}
	m := c.tokens.Find(passage, c.neighbourhood(l), l.Start)
	if m == nil {
		return nil
	}
	n := c.rangeWithWords(m.Start, m.End)
	n.Differs = m.Differs
	return n
}

// between returns what a passage whose words are not known became, or nil.
func (c *check) between(l schema.Locator) *Range {
	at := c.neighbourhood(l)
	if at.Start == at.End {
		return nil
	}
	words := string(c.Text.Slice(at.Start, at.End))
	if was := nearest.Respelled(words, l.SHA256); was != nil && len(was) <= nearest.Longest {
		return c.nearest(string(was), l)
	}
	start := at.Start + utf8.RuneCountInString(words) - utf8.RuneCountInString(strings.TrimLeftFunc(words, unicode.IsSpace))
	if words = strings.TrimSpace(words); words == "" {
		return nil
	}
	return c.rangeWithWords(start, start+utf8.RuneCountInString(words))
}

// neighbourhood returns the range between the neighbours of a passage; it is empty if there is
// none. Between two neighbours whose shifts differ, a passage grew or shrank by the
// difference. If several are altered there, it is not known which, and the range is the
// longer one.
func (c *check) neighbourhood(l schema.Locator) sourcetext.Span {
	if l.Start < 0 || l.Start >= l.End {
		return sourcetext.Span{}
	}
	if c.neighbours == nil {
		c.neighbours = c.findNeighbours()
	}
	n := c.neighbours
	before, behind := n.around(l, c.Characters, c.Text.Len())
	start, end := l.Start+before.shift, l.End+behind.shift
	if i, _ := slices.BinarySearch(n.lost, before.at); i < len(n.lost) && n.lost[i] < l.Start {
		start = min(start, l.Start+behind.shift)
	}
	if i, _ := slices.BinarySearch(n.lost, l.End); i < len(n.lost) && n.lost[i] < behind.at {
		end = max(end, l.End+before.shift)
	}
	start, end = c.inParagraph(max(start, before.at+before.shift), min(end, behind.at+behind.shift))
	if start >= end || end-start > mostLength(l) || !c.Text.Within(start, end) {
		return sourcetext.Span{}
	}
	return sourcetext.Span{Start: start, End: end}
}

// inParagraph cuts a range to the paragraph that most of it lies in, for a passage lies in
// one; of a table it returns the whole row. It is empty if no paragraph has any of it.
func (c *check) inParagraph(start, end int) (int, int) {
	best, most := sourcetext.Span{}, 0
	i := sort.Search(len(c.paragraphs), func(i int) bool { return c.paragraphs[i].End > start })
	for ; i < len(c.paragraphs) && c.paragraphs[i].Start < end; i++ {
		if cut := (sourcetext.Span{Start: max(start, c.paragraphs[i].Start), End: min(end, c.paragraphs[i].End)}); cut.End-cut.Start > most {
			if best, most = cut, cut.End-cut.Start; c.Table != "" {
				best = c.paragraphs[i]
			}
		}
	}
	return best.Start, best.End
}

// neighbours holds where passages began and ended that stand at one position now, in order,
// and where those began that stand at none.
type neighbours struct {
	starts, ends []moved
	lost         []int
}

// moved is where a passage began or ended, and how far it moved.
type moved struct{ at, shift int }

func (c *check) findNeighbours() *neighbours {
	n := &neighbours{}
	for i := range c.Results {
		r := &c.Results[i]
		if shift, ok := c.moved(r); ok {
			n.starts, n.ends = append(n.starts, moved{r.Start, shift}), append(n.ends, moved{r.End, shift})
		} else {
			n.lost = append(n.lost, r.Start)
		}
	}
	for _, list := range [][]moved{n.starts, n.ends} {
		slices.SortFunc(list, func(a, b moved) int { return cmp.Or(a.at-b.at, a.shift-b.shift) })
	}
	slices.Sort(n.lost)
	return n
}

// around returns the end of the passage before one, and the beginning of that behind it; or
// those of the text. was is how long that was, 0 if not known, and is how long it is.
func (n *neighbours) around(l schema.Locator, was, is int) (before, behind moved) {
	if behind = (moved{was, is - was}); was < l.End {
		behind = moved{is, 0}
	}
	if i := sort.Search(len(n.ends), func(i int) bool { return n.ends[i].at > l.Start }); i > 0 {
		before = n.ends[i-1]
	}
	if i := sort.Search(len(n.starts), func(i int) bool { return n.starts[i].at >= l.End }); i < len(n.starts) {
		behind = n.starts[i]
	}
	return before, behind
}

// betweenEnds returns the range from the beginning to the end of a passage, which a draft has
// on both sides of an ellipsis; of several ranges the nearest to the passage's position.
func (c *check) betweenEnds(l schema.Locator) *Range {
	first, last, ok := c.former.endsOf(l.Claim)
	if !ok {
		return nil
	}
	best := sourcetext.Span{Start: -1, End: -1}
	for _, at := range c.finder.Spans([]byte(first)) {
		behind := string(c.Text.Slice(at.End, max(at.End, min(c.Text.Len(), at.Start+mostLength(l)))))
		i := strings.Index(behind, last)
		if i < 0 {
			continue
		}
		end := at.End + utf8.RuneCountInString(behind[:i+len(last)])
		if best.Start < 0 || apart(at.Start, l.Start) < apart(best.Start, l.Start) {
			best = sourcetext.Span{Start: at.Start, End: end}
		}
	}
	if best.Start < 0 {
		return nil
	}
	return c.rangeWithWords(best.Start, best.End)
}

func apart(a, b int) int { return max(a-b, b-a) }
