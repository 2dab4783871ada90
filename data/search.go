package data

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"index/suffixarray"
	"maps"
	"runtime"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"kg/schema"
)

// finder looks for passages in a text. Of a passage whose words are known, every
// place is found by an index. Of one of which the digest alone is known, every
// window of its length must be hashed: SHA-256 cannot be rolled from one window
// to the next. One hit tells the words, and the index the rest.
type finder struct {
	text   *Text
	edges  func() []bool // whether a word begins or ends at a code point
	suffix func() *suffixarray.Index
}

func newFinder(t *Text) *finder {
	return &finder{text: t, edges: sync.OnceValue(t.edges), suffix: sync.OnceValue(func() *suffixarray.Index { return suffixarray.New(t.bytes) })}
}

// edges tells of each code point, and of the end, whether a word begins or ends
// there. What is neither letter nor digit stands by itself, and so does each
// character of a script that puts no spaces between words.
func (t *Text) edges() []bool {
	edges := make([]bool, t.Len()+1)
	was := false
	for i := range t.Len() {
		c, _ := utf8.DecodeRune(t.bytes[t.at[i]:])
		is := inWord(c)
		edges[i] = !is || !was
		was = is
	}
	edges[t.Len()] = true
	return edges
}

func inWord(c rune) bool {
	if c < utf8.RuneSelf {
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
	}
	return unicode.In(c, unicode.Letter, unicode.Mark, unicode.Digit) && !unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// mostPlaces is how many places of a passage are listed.
const mostPlaces = 100

// places lists where words stand, in order: all places, or if there are more than
// mostPlaces, one more than that.
func (f *finder) places(words []byte) []Span {
	var list []Span
	length := utf8.RuneCount(words)
	for _, b := range f.suffix().Lookup(words, mostPlaces+1) {
		start := f.text.Point(b)
		list = append(list, Span{start, start + length})
	}
	slices.SortFunc(list, func(a, b Span) int { return a.Start - b.Start })
	return list
}

// wanted is a passage of which the digest alone is known.
type wanted struct {
	length int // in code points; 0 if there can be no such passage
	sum    [32]byte
}

func newWanted(l schema.Locator) wanted {
	w := wanted{length: max(0, l.End-l.Start)}
	sum, err := hex.DecodeString(l.SHA256)
	if err != nil || len(sum) != len(w.sum) || hex.EncodeToString(sum) != l.SHA256 {
		return wanted{}
	}
	copy(w.sum[:], sum)
	return w
}

// which windows of a text to hash.
type which int

const (
	words  which = iota // that begin and end where a word does
	others              // all others
)

// windows hashes windows of a length until use returns false, which it reports.
func (f *finder) windows(length int, which which, use func(start int, sum [32]byte) bool) bool {
	return f.near(0, f.text.Len(), length, which, use)
}

// near is windows that begin between two code points.
func (f *finder) near(from, to, length int, which which, use func(start int, sum [32]byte) bool) bool {
	if length == 0 {
		return true
	}
	edges := f.edges()
	for start := max(0, from); start <= min(to, f.text.Len()-length); start++ {
		if (edges[start] && edges[start+length]) != (which == words) {
			continue
		}
		if !use(start, sha256.Sum256(f.text.Slice(start, start+length))) {
			return false
		}
	}
	return true
}

// search returns a place of each passage that stands in the text, in any window:
// first those of words, for few passages begin or end within one.
func (f *finder) search(ctx context.Context, list []wanted) (map[wanted]int, error) {
	byLength := map[int]map[[32]byte]bool{}
	for _, w := range list {
		if byLength[w.length] == nil {
			byLength[w.length] = map[[32]byte]bool{}
		}
		byLength[w.length][w.sum] = true
	}
	lengths := slices.Sorted(maps.Keys(byLength))
	found, mu, next := map[wanted]int{}, sync.Mutex{}, make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for length := range next {
				left := byLength[length]
				use := func(start int, sum [32]byte) bool {
					if left[sum] {
						delete(left, sum)
						mu.Lock()
						found[wanted{length, sum}] = start
						mu.Unlock()
					}
					return len(left) > 0 && (start%1024 != 0 || ctx.Err() == nil)
				}
				if f.windows(length, words, use) {
					f.windows(length, others, use)
				}
			}
		})
	}
	for _, length := range lengths {
		next <- length
	}
	close(next)
	workers.Wait()
	return found, ctx.Err()
}
