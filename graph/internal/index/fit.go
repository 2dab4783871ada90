package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kg/internal/fold"
)

// Fit is how well words match a name: that of the word that matches worst. The
// first are the best.
type Fit uint8

const (
	AsWritten  Fit = iota // the name, by fold.Name
	Exactly               // the name except for accents, the order of its words, and the characters between them
	NameStarts            // the words that the name begins with
	WholeWords            // words of the name
	WordStarts            // beginnings of words
	ByKind                // its kind
	WordParts             // parts of words, or words written as one
	NameSlip              // the whole name but for a slip in a word
	WholeSlip             // a word but for a slip
	StartSlip             // the beginning of one but for a slip
	KindSlip              // its kind, with one typing error
	NoFit
)

// Words are the words of a search.
type Words struct {
	Fold  string // fold.Name
	Key   string // fold.Words
	List  []string
	Slips bool        // one slip in each word is forgiven
	Kinds [][]kindFit // by the number of a kind, for each word: which of those above it the word names
}

func NewWords(text string) *Words {
	w := &Words{Fold: fold.Name(text), Key: fold.Words(text)}
	for word := range strings.FieldsSeq(w.Key) {
		if !slices.Contains(w.List, word) {
			w.List = append(w.List, word)
		}
	}
	return w
}

// Match returns how well the words, in any order, match a name of a node or, those that
// are not in it, the node's kind.
func (w *Words) Match(name Name, kinds []*KindEntry) Fit {
	if name.Key == w.Key {
		if fold.Name(name.Text) == w.Fold {
			return AsWritten
		}
		return Exactly
	}
	worst := NameStarts
	for i, word := range w.List {
		f := w.word(name.Key, word)
		if f > ByKind {
			f = min(f, w.OfKind(kinds, i).Fit)
		}
		if worst = max(worst, f); worst == NoFit {
			return NoFit
		}
	}
	whole := strings.Count(name.Key, " ")+1 == len(w.List)
	switch {
	case whole && worst == WholeWords:
		return Exactly
	case whole && (worst == WholeSlip || worst == StartSlip):
		return NameSlip
	case worst == WholeWords && strings.HasPrefix(name.Key, w.Key+" "):
		return NameStarts
	}
	return worst
}

// word returns how well a word matches a name.
func (w *Words) word(name, word string) Fit {
	best := NoFit
	for at := 0; ; {
		i := strings.Index(name[at:], word)
		if i < 0 {
			break
		}
		start, end := at+i, at+i+len(word)
		switch {
		case start > 0 && name[start-1] != ' ':
			best = min(best, WordParts)
		case end < len(name) && name[end] != ' ':
			best = min(best, WordStarts)
		default:
			return WholeWords
		}
		_, size := utf8.DecodeRuneInString(name[start:])
		at = start + size
	}
	if best < NoFit {
		return best
	}
	forgiven := w.Slips && utf8.RuneCountInString(word) >= FewestLetters
	for rest, more := name, true; more; {
		if joined(rest, word) {
			return WordParts
		}
		var one string
		if one, rest, more = strings.Cut(rest, " "); forgiven {
			best = min(best, Slipped(one, word))
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
	kind *KindEntry
	Fit  Fit
}

// OfKind is the kind that word i names, of some and those above them: one that has
// a word which begins so.
func (w *Words) OfKind(kinds []*KindEntry, i int) kindFit {
	best := kindFit{Fit: NoFit}
	for _, k := range kinds {
		for len(w.Kinds) <= k.Number {
			w.Kinds = append(w.Kinds, nil)
		}
		if w.Kinds[k.Number] == nil {
			for _, word := range w.List {
				w.Kinds[k.Number] = append(w.Kinds[k.Number], w.kindOf(k, word))
			}
		}
		if named := w.Kinds[k.Number][i]; named.Fit < best.Fit {
			best = named
		}
	}
	return best
}

func (w *Words) kindOf(k *KindEntry, word string) kindFit {
	best := kindFit{Fit: NoFit}
	for _, k := range k.Above {
		f := NoFit
		switch w.word(k.Key, word) {
		case WholeWords, WordStarts:
			f = ByKind
		case WholeSlip:
			f = KindSlip
		}
		if f < best.Fit {
			best = kindFit{k, f}
		}
	}
	return best
}

// KindsNamed are the names of the kinds that the words name.
func (w *Words) KindsNamed(kinds []*KindEntry) string {
	var names []string
	for i := range w.List {
		if k := w.OfKind(kinds, i).kind; k != nil && !slices.Contains(names, k.Name) {
			names = append(names, k.Name)
		}
	}
	return strings.Join(names, ", ")
}

// FewestLetters is the length of the words in which a slip is forgiven: most
// shorter ones are a slip away from many others.
const FewestLetters = 4

// Slipped returns how well a word matches a name's word with one typing error.
func Slipped(name, word string) Fit {
	if slip(name, word) {
		return WholeSlip
	}
	length := utf8.RuneCountInString(word)
	count := 0
	for i := range name {
		if count >= length-1 && slip(name[:i], word) {
			return StartSlip
		}
		if count++; count > length+1 {
			break
		}
	}
	return NoFit
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
