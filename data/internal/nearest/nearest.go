// Package nearest finds the range of a text that is nearest to the words of a passage which
// the text no longer has, and what differs. It tells a reader where to look; no passage
// holds by it.
package nearest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/internal/sourcetext"
)

// token is a word or figure, a run of spaces, or any other character of a text.
type token struct {
	text  string
	start int // code point
	kind  tokenKind
}

type tokenKind int

const (
	word tokenKind = iota
	space
	punctuation
)

// tokens cuts a text. A comma or point between two digits belongs to the figure: 20,000.
func tokens(s string) (list []token) {
	point := 0
	for len(s) > 0 {
		c, n := utf8.DecodeRuneInString(s)
		kind := kindOf(c)
		for kind != punctuation && n < len(s) {
			next, size := utf8.DecodeRuneInString(s[n:])
			if kindOf(next) != kind && !(kind == word && inFigure(s[:n], next, s[n+size:])) {
				break
			}
			n += size
		}
		list = append(list, token{s[:n], point, kind})
		point += utf8.RuneCountInString(s[:n])
		s = s[n:]
	}
	return list
}

func kindOf(c rune) tokenKind {
	switch {
	case sourcetext.InWord(c):
		return word
	case unicode.IsSpace(c):
		return space
	}
	return punctuation
}

func inFigure(before string, c rune, after string) bool {
	if c != ',' && c != '.' || after == "" {
		return false
	}
	a, b := before[len(before)-1], after[0]
	return '0' <= a && a <= '9' && '0' <= b && b <= '9'
}

func (t token) end() int { return t.start + utf8.RuneCountInString(t.text) }

// weight is the cost of a token without a counterpart. A word weighs more.
func (t token) weight() int {
	if t.kind == word {
		return 16
	}
	return 4
}

// exchange is the cost of one token for another: a little less than that of leaving it out,
// so that a range does not lose its last word for another; less still for the same word in
// another case.
func exchange(a, b token) int {
	switch {
	case a.text == b.text:
		return 0
	case a.kind != b.kind:
		return a.weight() + b.weight()
	case strings.EqualFold(a.text, b.text):
		return a.weight() / 4
	}
	return a.weight() - 1
}

// Text is a text in tokens.
type Text struct {
	text    *sourcetext.Text
	tokens  []token
	indices map[string][]int // of a word in tokens, its case folded
}

// New returns a text in tokens.
func New(text *sourcetext.Text) *Text {
	t := &Text{text: text, tokens: tokens(string(text.Bytes())), indices: map[string][]int{}}
	for i, k := range t.tokens {
		if k.kind == word {
			folded := strings.ToLower(k.text)
			t.indices[folded] = append(t.indices[folded], i)
		}
	}
	return t
}

// Match is the range of a text that is nearest to a passage, in code points.
type Match struct {
	sourcetext.Span
	Differs []Difference

	kept, all int // words of the passage that the range has, and all
}

// Longest is how many bytes a passage may have for Find: aligning words takes memory by the
// square of their number.
const Longest = 20_000

// Find returns the range nearest to a passage, or nil if none has at least half of its words,
// or of a passage of at most three words half of the letters. within is where the passage
// stood, if that is known; start is where it began.
func (t *Text) Find(passage string, within sourcetext.Span, start int) *Match {
	was := tokens(passage)
	best := align(was, t.between(within)) // within may be too short
	if from, to, ok := t.window(was, start); ok {
		m := align(was, t.tokens[from:to])
		if m != nil && (best == nil || m.kept > best.kept || m.kept == best.kept && len(m.Differs) < len(best.Differs)) {
			best = m
		}
	}
	switch {
	case best == nil:
		return nil
	case best.kept > 0 && 2*best.kept >= best.all:
		return best
	case best.all <= 3 && 2*lettersKept([]rune(passage), []rune(string(t.text.Slice(best.Start, best.End)))) >= utf8.RuneCountInString(passage):
		return best
	}
	return nil
}

// between returns the tokens of a range.
func (t *Text) between(at sourcetext.Span) []token {
	find := func(point int) int {
		i, _ := slices.BinarySearchFunc(t.tokens, point, func(t token, point int) int { return t.start - point })
		return i
	}
	return t.tokens[find(at.Start):find(at.End)]
}

// bucket is how many tokens the distance of two words may grow by for them to be counted
// together.
const bucket = 32

// window returns the tokens among which most words of a passage stand in its order, a rare
// word counting for more; of several windows the one nearest to near, a code point.
func (t *Text) window(words []token, near int) (from, to int, ok bool) {
	votes := map[int]int{}
	for i, w := range words {
		at := t.indices[strings.ToLower(w.text)]
		if w.kind != word || len(at) == 0 {
			continue
		}
		const most = 256
		for _, p := range at[:min(len(at), most)] {
			b := (p - i + len(words)) / bucket // never below 0
			votes[b] += 1 + 1000/len(at)
			votes[b+1] += 1 + 1000/len(at)
		}
	}
	best := -1
	start := func(b int) int { return t.tokens[max(0, min(len(t.tokens)-1, b*bucket-len(words)))].start }
	for b, n := range votes {
		switch d := 0; {
		case best >= 0 && n < votes[best]:
			continue
		case best >= 0 && n == votes[best]:
			if d = apart(start(b), near) - apart(start(best), near); d > 0 || d == 0 && b > best {
				continue
			}
		}
		best = b
	}
	first := (best-1)*bucket - len(words)
	return max(0, first), min(len(t.tokens), first+2*bucket+2*len(words)+bucket), best >= 0
}

// align returns the range of some tokens that is nearest to a passage, or nil.
func align(was, is []token) *Match {
	steps := edits(was, is)
	m, first, last := &Match{}, -1, -1
	for _, s := range steps {
		if s.was >= 0 && was[s.was].kind == word {
			m.all++
			if s.is >= 0 && was[s.was].text == is[s.is].text {
				m.kept++
			}
		}
		if s.is >= 0 {
			if first < 0 {
				first = s.is
			}
			last = s.is
		}
	}
	if first < 0 {
		return nil
	}
	m.Span = sourcetext.Span{Start: is[first].start, End: is[last].end()}
	m.Differs = differences(was, is, steps)
	return m
}

// lettersKept is the length of the longest common subsequence.
func lettersKept(a, b []rune) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		corner := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = corner + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			corner = above
		}
	}
	return row[len(b)]
}

// step pairs a token of a passage with one of the text; -1 is none.
type step struct{ was, is int }

// edits pairs a passage with the range of a text that it takes the least change to turn it
// into: the edit distance between tokens, free before and behind the range (Sellers 1980).
func edits(was, is []token) []step {
	width := len(is) + 1
	cost := make([]int32, (len(was)+1)*width)
	for i := 1; i <= len(was); i++ {
		cost[i*width] = cost[(i-1)*width] + int32(was[i-1].weight())
		for j := 1; j <= len(is); j++ {
			cost[i*width+j] = min(
				cost[(i-1)*width+j-1]+int32(exchange(was[i-1], is[j-1])),
				cost[(i-1)*width+j]+int32(was[i-1].weight()),
				cost[i*width+j-1]+int32(is[j-1].weight()))
		}
	}
	end := 0
	for j := range width {
		if cost[len(was)*width+j] < cost[len(was)*width+end] {
			end = j
		}
	}
	var back []step
	for i, j := len(was), end; i > 0; {
		here := cost[i*width+j]
		switch {
		case j > 0 && here == cost[(i-1)*width+j-1]+int32(exchange(was[i-1], is[j-1])):
			i, j = i-1, j-1
			back = append(back, step{i, j})
		case here == cost[(i-1)*width+j]+int32(was[i-1].weight()):
			i--
			back = append(back, step{i, -1})
		default:
			j--
			back = append(back, step{-1, j})
		}
	}
	steps := make([]step, len(back))
	for i, s := range back {
		steps[len(back)-1-i] = s
	}
	return steps
}

func apart(a, b int) int { return max(a-b, b-a) }
