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

	"kg/schema"
)

// What is nearest to a passage that stands in no text.
//
// A locator has no words, so this depends on what else is at hand.
//
//   - The words are known: from an older text or a draft (Words), or because the
//     text differs from the source's only in line ends, a mark of byte order or
//     its last newlines, which its digest proves. Then the passage is altered if
//     at least half of its words stand in one stretch of the text, in their
//     order, and that stretch is the nearest, with what differs: the one where
//     the passage stood, as below, unless another is nearer to it. A
//     passage of at most three words is altered, too, if what stands in its
//     place has half of its letters. Otherwise the passage is missing.
//   - A draft has the beginning and the end of the words and an ellipsis between
//     them. If both stand in the text, no further apart than twice the passage's
//     length, it is altered: what differs lies between them.
//   - Nothing is known but the place. What stands there now is what lies between
//     the passages before and behind it, wherever these are now; before all
//     passages stands the beginning of the text, behind them its end. If there
//     is such a stretch, and it is at most twice as long as the passage and 40
//     code points, the passage is altered, and the stretch shown. If it has the
//     passage's digest with other quotes, dashes or spaces, that is what differs
//     (see respelled); otherwise what differs cannot be said. If the neighbours
//     have closed up, or lie far apart, the passage is missing.
//
// All of this tells a reader where to look. None of it makes a passage hold.

// Stretch is a stretch of a text, half-open in code points: where a passage, or what is
// nearest to it, stands now, or a sentence.
type Stretch struct {
	Source    quad.IRI     `json:"source,omitempty"` // in whose text, if it is another's
	Page      int          `json:"page,omitempty"`   // of a text in pages
	Paragraph int          `json:"paragraph"`        // 0 if it lies in none
	Row       int          `json:"row,omitempty"`    // of a table, which has no paragraphs
	Start     int          `json:"start"`
	End       int          `json:"end"`
	Others    []Stretch    `json:"others,omitempty"`  // of an ambiguous passage
	Words     string       `json:"words,omitempty"`   // what stands there, of an altered one or of a sentence
	Differs   []Difference `json:"differs,omitempty"` // from the passage; empty if its words are not known
}

// where is the place of the stretch, for people.
func (p *Stretch) where() string {
	if p.Row > 0 {
		return fmt.Sprintf("row %d, %d to %d", p.Row, p.Start, p.End)
	}
	if p.Paragraph == 0 {
		return fmt.Sprintf("no paragraph, %d to %d", p.Start, p.End)
	}
	return fmt.Sprintf("%s, %d to %d", schema.Locator{Page: p.Page, Paragraph: p.Paragraph}.Spot(), p.Start, p.End)
}

func nearestAt(paragraphs []Span, at Span) *Stretch {
	return &Stretch{Paragraph: at.In(paragraphs), Start: at.Start, End: at.End}
}

// nearestAt is a span of the source's own text.
func (c *check) nearestAt(at Span) *Stretch {
	n := nearestAt(c.paragraphs, at)
	if n.Paragraph > 0 {
		n.Page = c.Text.page(at.Start)
	}
	return n
}

// mostShown is how many places of an ambiguous passage people are shown.
const mostShown = 3

// String is what people read. The source of another text is for the caller to name.
func (n *Stretch) String() string {
	if n == nil {
		return ""
	}
	s := n.where()
	for i := range n.Others[:min(len(n.Others), mostShown-1)] {
		s += "; " + n.Others[i].where()
	}
	switch all := len(n.Others) + 1; {
	case all > mostPlaces:
		s += fmt.Sprintf("; more than %d in all", mostPlaces)
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

// at is a stretch of the text as the nearest to a passage.
func (c *check) at(start, end int) *Stretch {
	n := c.nearestAt(Span{start, end})
	n.Words = string(c.Text.Slice(start, end))
	return n
}

// stretch is how long what became of a passage can be.
func stretch(l schema.Locator) int { return 2*(l.End-l.Start) + 40 }

// between is what stands in the place of a passage whose words are not known.
func (c *check) between(l schema.Locator) *Stretch {
	at := c.place(l)
	if at.Start == at.End {
		return nil
	}
	words := string(c.Text.Slice(at.Start, at.End))
	if was := respelled(words, l); was != nil && len(was) <= longestAligned {
		return c.nearest(string(was), l)
	}
	start := at.Start + utf8.RuneCountInString(words) - utf8.RuneCountInString(strings.TrimLeftFunc(words, unicode.IsSpace))
	if words = strings.TrimSpace(words); words == "" {
		return nil
	}
	return c.at(start, start+utf8.RuneCountInString(words))
}

// place is the stretch between the neighbours of a passage; it is empty if there is
// none. Between two that moved by different lengths, a passage grew or shrank by the
// difference; which one, if several are altered there, is not known, and then the
// longer stretch is taken.
func (c *check) place(l schema.Locator) Span {
	if l.Start < 0 || l.Start >= l.End {
		return Span{}
	}
	if c.neighbours == nil {
		c.neighbours = c.found()
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
	if start >= end || end-start > stretch(l) || !c.Text.has(start, end) {
		return Span{}
	}
	return Span{start, end}
}

// inParagraph cuts a stretch to the paragraph that most of it lies in: a passage
// lies in one. It is empty if no paragraph has any of it.
func (c *check) inParagraph(start, end int) (int, int) {
	best, most := Span{}, 0 // of a table the whole row
	i := sort.Search(len(c.paragraphs), func(i int) bool { return c.paragraphs[i].End > start })
	for ; i < len(c.paragraphs) && c.paragraphs[i].Start < end; i++ {
		if cut := (Span{max(start, c.paragraphs[i].Start), min(end, c.paragraphs[i].End)}); cut.End-cut.Start > most {
			if best, most = cut, cut.End-cut.Start; c.Table != "" {
				best = c.paragraphs[i]
			}
		}
	}
	return best.Start, best.End
}

// neighbours are the beginnings and ends of passages that stand at one place, as
// they were, in order, and how far each moved; and the beginnings of those that
// stand at none.
type neighbours struct {
	starts, ends []moved
	lost         []int
}

type moved struct{ at, shift int }

func (c *check) found() *neighbours {
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

// around are the end of the passage before one, and the beginning of that behind
// it; or those of the text, which was and is so long. How long it was may be unknown.
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

// drafted is what stands between the words that a draft has on both sides of an
// ellipsis: of several such stretches the one nearest to the place.
func (c *check) drafted(l schema.Locator) *Stretch {
	first, last, ok := c.was.ends(l.Claim)
	if !ok {
		return nil
	}
	best := Span{-1, -1}
	for _, at := range c.finder.places([]byte(first)) {
		behind := string(c.Text.Slice(at.End, max(at.End, min(c.Text.Len(), at.Start+stretch(l)))))
		i := strings.Index(behind, last)
		if i < 0 {
			continue
		}
		end := at.End + utf8.RuneCountInString(behind[:i+len(last)])
		if best.Start < 0 || apart(at.Start, l.Start) < apart(best.Start, l.Start) {
			best = Span{at.Start, end}
		}
	}
	if best.Start < 0 {
		return nil
	}
	return c.at(best.Start, best.End)
}

func apart(a, b int) int { return max(a-b, b-a) }
