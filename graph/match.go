package graph

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kg/schema"
)

// fit is how well words match a name: that of the word that matches worst. The
// first are the best.
type fit uint8

const (
	asWritten  fit = iota // the name, by schema.FoldName
	exactly               // the name but for accents, the order of its words, and what is between them
	nameStarts            // the words that the name begins with
	wholeWords            // words of the name
	wordStarts            // beginnings of words
	byKind                // what kind of thing it is
	wordParts             // parts of words, or words written as one
	nameSlip              // the whole name but for a slip in a word
	wholeSlip             // a word but for a slip
	startSlip             // the beginning of one but for a slip
	kindSlip              // what kind of thing it is but for a slip
	noFit
)

// words are what somebody looks for.
type words struct {
	fold  string // schema.FoldName
	key   string // schema.FoldWords
	list  []string
	slips bool        // one slip in each word is forgiven
	kinds [][]kindFit // by the number of a kind, for each word: which of those above it the word names
}

func newWords(text string) *words {
	w := &words{fold: schema.FoldName(text), key: schema.FoldWords(text)}
	for word := range strings.FieldsSeq(w.key) {
		if !slices.Contains(w.list, word) {
			w.list = append(w.list, word)
		}
	}
	return w
}

// match tells how well the words, in any order, match a name of a node or, those
// that are not in it, what kind of thing the node is.
func (w *words) match(name called, kinds []*kind) fit {
	if name.key == w.key {
		if schema.FoldName(name.text) == w.fold {
			return asWritten
		}
		return exactly
	}
	worst := nameStarts
	for i, word := range w.list {
		f := w.word(name.key, word)
		if f > byKind {
			f = min(f, w.ofKind(kinds, i).fit)
		}
		if worst = max(worst, f); worst == noFit {
			return noFit
		}
	}
	whole := strings.Count(name.key, " ")+1 == len(w.list)
	switch {
	case whole && worst == wholeWords:
		return exactly
	case whole && (worst == wholeSlip || worst == startSlip):
		return nameSlip
	case worst == wholeWords && strings.HasPrefix(name.key, w.key+" "):
		return nameStarts
	}
	return worst
}

// word tells how well a word matches a name.
func (w *words) word(name, word string) fit {
	best := noFit
	for at := 0; ; {
		i := strings.Index(name[at:], word)
		if i < 0 {
			break
		}
		start, end := at+i, at+i+len(word)
		switch {
		case start > 0 && name[start-1] != ' ':
			best = min(best, wordParts)
		case end < len(name) && name[end] != ' ':
			best = min(best, wordStarts)
		default:
			return wholeWords
		}
		_, size := utf8.DecodeRuneInString(name[start:])
		at = start + size
	}
	if best < noFit {
		return best
	}
	forgiven := w.slips && utf8.RuneCountInString(word) >= fewestLetters
	for rest, more := name, true; more; {
		if joined(rest, word) {
			return wordParts
		}
		var one string
		if one, rest, more = strings.Cut(rest, " "); forgiven {
			best = min(best, slipped(one, word))
		}
	}
	return best
}

// joined reports whether a name begins with a word but for the spaces in it.
func joined(name, word string) bool {
	i := 0
	for i < len(word) && name != "" {
		if name[0] != ' ' {
			if name[0] != word[i] {
				return false
			}
			i++
		}
		name = name[1:]
	}
	return i == len(word)
}

// kindFit is a kind that a word names, and how well.
type kindFit struct {
	kind *kind
	fit  fit
}

// ofKind is the kind that word i names, of some and those above them: one that has
// a word which begins so.
func (w *words) ofKind(kinds []*kind, i int) kindFit {
	best := kindFit{fit: noFit}
	for _, k := range kinds {
		for len(w.kinds) <= k.number {
			w.kinds = append(w.kinds, nil)
		}
		if w.kinds[k.number] == nil {
			for _, word := range w.list {
				w.kinds[k.number] = append(w.kinds[k.number], w.kindOf(k, word))
			}
		}
		if named := w.kinds[k.number][i]; named.fit < best.fit {
			best = named
		}
	}
	return best
}

func (w *words) kindOf(k *kind, word string) kindFit {
	best := kindFit{fit: noFit}
	for _, k := range k.above {
		f := noFit
		switch w.word(k.key, word) {
		case wholeWords, wordStarts:
			f = byKind
		case wholeSlip:
			f = kindSlip
		}
		if f < best.fit {
			best = kindFit{k, f}
		}
	}
	return best
}

// kindsNamed are the names of the kinds that the words name.
func (w *words) kindsNamed(kinds []*kind) string {
	var names []string
	for i := range w.list {
		if k := w.ofKind(kinds, i).kind; k != nil && !slices.Contains(names, k.name) {
			names = append(names, k.name)
		}
	}
	return strings.Join(names, ", ")
}

// fewestLetters is the length of the words in which a slip is forgiven: most
// shorter ones are a slip away from many others.
const fewestLetters = 4

// slipped tells how well a word matches one of a name but for one slip.
func slipped(name, word string) fit {
	if slip(name, word) {
		return wholeSlip
	}
	length := utf8.RuneCountInString(word)
	count := 0
	for i := range name {
		if count >= length-1 && slip(name[:i], word) {
			return startSlip
		}
		if count++; count > length+1 {
			break
		}
	}
	return noFit
}

// slip reports whether one letter more, one less, another one, or two that are
// swapped make one word of the other: their Damerau-Levenshtein distance is at
// most 1.
func slip(a, b string) bool {
	if len(a)-len(b) > utf8.UTFMax || len(b)-len(a) > utf8.UTFMax {
		return false
	}
	for a != "" && b != "" {
		r, n := utf8.DecodeRuneInString(a)
		s, m := utf8.DecodeRuneInString(b)
		if r != s {
			break
		}
		a, b = a[n:], b[m:]
	}
	for a != "" && b != "" {
		r, n := utf8.DecodeLastRuneInString(a)
		s, m := utf8.DecodeLastRuneInString(b)
		if r != s {
			break
		}
		a, b = a[:len(a)-n], b[:len(b)-m]
	}
	x, y := []rune(a), []rune(b)
	return len(x) <= 1 && len(y) <= 1 || len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
}
