package data

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/schema"
)

// token is a word or figure, a run of spaces, or any other character of a text.
type token struct {
	text  string
	start int // code point
	kind  tokenKind
}

type tokenKind int

const (
	aWord tokenKind = iota
	aSpace
	aMark
)

// tokens cuts a text. A mark between two digits belongs to the figure: 20,000.
func tokens(s string) (list []token) {
	point := 0
	for len(s) > 0 {
		c, n := utf8.DecodeRuneInString(s)
		kind := kindOf(c)
		for kind != aMark && n < len(s) {
			next, size := utf8.DecodeRuneInString(s[n:])
			if kindOf(next) != kind && !(kind == aWord && inFigure(s[:n], next, s[n+size:])) {
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
	case inWord(c):
		return aWord
	case unicode.IsSpace(c):
		return aSpace
	}
	return aMark
}

func inFigure(before string, c rune, after string) bool {
	if c != ',' && c != '.' || after == "" {
		return false
	}
	a, b := before[len(before)-1], after[0]
	return '0' <= a && a <= '9' && '0' <= b && b <= '9'
}

func (t token) end() int { return t.start + utf8.RuneCountInString(t.text) }

// weight is what a token costs that has no counterpart: words tell more.
func (t token) weight() int {
	if t.kind == aWord {
		return 16
	}
	return 4
}

// exchange is what it costs to put another token in place of one: a little less
// than to leave it out, so that a stretch does not lose its last word for another;
// less still for the same word in another case.
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

// alike finds in a text what is nearest to words.
type alike struct {
	tokens []token
	at     map[string][]int // the places of a word, its case folded, in tokens
}

func newAlike(t *Text) *alike {
	a := &alike{tokens: tokens(string(t.bytes)), at: map[string][]int{}}
	for i, t := range a.tokens {
		if t.kind == aWord {
			a.at[strings.ToLower(t.text)] = append(a.at[strings.ToLower(t.text)], i)
		}
	}
	return a
}

// bucket is how many tokens further two words of a passage may lie apart than they
// did, and still be counted together.
const bucket = 32

// window is where most words of a passage stand in its order, a rare one counting
// for more than a common one; of several places that nearest to near, a code point.
func (a *alike) window(words []token, near int) (from, to int, ok bool) {
	votes := map[int]int{}
	for i, w := range words {
		at := a.at[strings.ToLower(w.text)]
		if w.kind != aWord || len(at) == 0 {
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
	start := func(b int) int { return a.tokens[max(0, min(len(a.tokens)-1, b*bucket-len(words)))].start }
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
	return max(0, first), min(len(a.tokens), first+2*bucket+2*len(words)+bucket), best >= 0
}

// longestAligned is how many bytes a passage may have to be compared word by word:
// that takes memory by the square of its words.
const longestAligned = 20_000

// nearest is what became of a passage whose words are known, with what differs; nil
// if nothing is like it.
func (c *check) nearest(passage string, l schema.Locator) *Stretch {
	if c.alike == nil {
		c.alike = newAlike(c.Text.Text)
	}
	was := tokens(passage)
	best := c.fit(was, c.alike.within(c.place(l))) // the place may be cut too short
	if from, to, ok := c.alike.window(was, l.Start); ok {
		f := c.fit(was, c.alike.tokens[from:to])
		if f.kept > best.kept || f.kept == best.kept && f.Stretch != nil && (best.Stretch == nil || len(f.Differs) < len(best.Differs)) {
			best = f
		}
	}
	switch {
	case best.Stretch == nil:
		return nil
	case best.kept > 0 && 2*best.kept >= best.all:
		return best.Stretch
	case best.all <= 3 && 2*lettersKept([]rune(passage), []rune(best.Words)) >= utf8.RuneCountInString(passage):
		return best.Stretch
	}
	return nil
}

// within are the tokens of a stretch.
func (a *alike) within(at Span) []token {
	find := func(point int) int {
		i, _ := slices.BinarySearchFunc(a.tokens, point, func(t token, point int) int { return t.start - point })
		return i
	}
	return a.tokens[find(at.Start):find(at.End)]
}

// fit is the stretch of a text that a passage is nearest to, and how many of its
// words that has, of how many.
type fit struct {
	*Stretch
	kept, all int
}

func (c *check) fit(was, is []token) fit {
	steps := align(was, is)
	f, first, last := fit{}, -1, -1
	for _, s := range steps {
		if s.was >= 0 && was[s.was].kind == aWord {
			f.all++
			if s.is >= 0 && was[s.was].text == is[s.is].text {
				f.kept++
			}
		}
		if s.is >= 0 {
			if first < 0 {
				first = s.is
			}
			last = s.is
		}
	}
	if first >= 0 {
		f.Stretch = c.at(is[first].start, is[last].end())
		f.Differs = differences(was, is, steps)
	}
	return f
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

// align pairs a passage with the stretch of a text that it takes the least change
// to turn it into: the edit distance between tokens, free before and behind the
// stretch (Sellers 1980).
func align(was, is []token) []step {
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
