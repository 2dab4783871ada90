package sourcetext

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

// Finder finds passages in a text. A passage whose words are known is found by a suffix
// array. If only its digest is known, every window of its length must be hashed: SHA-256
// cannot be rolled from one window to the next. One hit gives the words.
type Finder struct {
	text   *Text
	edges  func() []bool // see Text.edges
	suffix func() *suffixarray.Index
}

// NewFinder returns the finder of a text. It makes its indexes when they are needed.
func NewFinder(t *Text) *Finder {
	return &Finder{text: t, edges: sync.OnceValue(t.edges), suffix: sync.OnceValue(func() *suffixarray.Index { return suffixarray.New(t.bytes) })}
}

// edges reports of each code point, and of the end, whether a word begins or ends there.
// Characters that are no letters or digits, and those of scripts without spaces between
// words, are words by themselves.
func (t *Text) edges() []bool {
	edges := make([]bool, t.Len()+1)
	was := false
	for i := range t.Len() {
		c, _ := utf8.DecodeRune(t.bytes[t.at[i]:])
		is := InWord(c)
		edges[i] = !is || !was
		was = is
	}
	edges[t.Len()] = true
	return edges
}

// InWord reports whether a character continues a word.
func InWord(c rune) bool {
	if c < utf8.RuneSelf {
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
	}
	return unicode.In(c, unicode.Letter, unicode.Mark, unicode.Digit) && !unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// MostSpans bounds the spans that Spans lists.
const MostSpans = 100

// Spans lists the spans that have words, in order: all of them, or if there are more than
// MostSpans, one more than that.
func (f *Finder) Spans(words []byte) []Span {
	var list []Span
	length := utf8.RuneCount(words)
	for _, b := range f.suffix().Lookup(words, MostSpans+1) {
		start := f.text.Point(b)
		list = append(list, Span{start, start + length})
	}
	slices.SortFunc(list, func(a, b Span) int { return a.Start - b.Start })
	return list
}

// Key is what a locator knows of the words of a passage.
type Key struct {
	Length int // in code points; 0 if there can be no such passage
	sum    [32]byte
}

// KeyOf returns the key of a locator.
func KeyOf(l schema.Locator) Key {
	k := Key{Length: max(0, l.End-l.Start)}
	sum, err := hex.DecodeString(l.SHA256)
	if err != nil || len(sum) != len(k.sum) || hex.EncodeToString(sum) != l.SHA256 {
		return Key{}
	}
	copy(k.sum[:], sum)
	return k
}

// windows is a choice of the windows of a text.
type windows int

const (
	wordWindows  windows = iota // that begin and end where a word does
	otherWindows                // all others
)

// around is how far from where it should be Near looks for a passage, in code points.
const around = 1000

// Near returns the start of a passage that should begin at start: it looks for the passage
// as far away as others moved, the latest shift first, and then around the first of these.
func (f *Finder) Near(start int, k Key, shifts []int) (at int, ok bool) {
	use := func(from int, sum [32]byte) bool {
		if sum == k.sum {
			at, ok = from, true
		}
		return !ok
	}
	for _, shift := range shifts {
		p := start + shift
		if !f.hash(p, p, k.Length, wordWindows, use) || !f.hash(p, p, k.Length, otherWindows, use) {
			return at, ok
		}
	}
	p := start + shifts[0]
	f.hash(p-around, p+around, k.Length, wordWindows, use)
	return at, ok
}

// hash hashes windows that begin from one code point to another, until use returns false.
// It reports whether use never did.
func (f *Finder) hash(from, to, length int, which windows, use func(start int, sum [32]byte) bool) bool {
	if length == 0 {
		return true
	}
	edges := f.edges()
	for start := max(0, from); start <= min(to, f.text.Len()-length); start++ {
		if (edges[start] && edges[start+length]) != (which == wordWindows) {
			continue
		}
		if !use(start, sha256.Sum256(f.text.Slice(start, start+length))) {
			return false
		}
	}
	return true
}

// Search returns the start of each passage that the text has. It looks at the windows of
// whole words first: few passages begin or end within a word.
func (f *Finder) Search(ctx context.Context, list []Key) (map[Key]int, error) {
	byLength := map[int]map[[32]byte]bool{}
	for _, k := range list {
		if byLength[k.Length] == nil {
			byLength[k.Length] = map[[32]byte]bool{}
		}
		byLength[k.Length][k.sum] = true
	}
	lengths := slices.Sorted(maps.Keys(byLength))
	found, mu, next := map[Key]int{}, sync.Mutex{}, make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for length := range next {
				left := byLength[length]
				use := func(start int, sum [32]byte) bool {
					if left[sum] {
						delete(left, sum)
						mu.Lock()
						found[Key{length, sum}] = start
						mu.Unlock()
					}
					return len(left) > 0 && (start%1024 != 0 || ctx.Err() == nil)
				}
				if f.hash(0, f.text.Len(), length, wordWindows, use) {
					f.hash(0, f.text.Len(), length, otherWindows, use)
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
