package share

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/internal/fold"
)

// name is one to take out of texts, in all its forms.
type name struct {
	forms  [][]string // in folded words
	parts  map[string]bool
	others [][]string // names of others that have a word of this one
}

// form adds a form of the name; with parts its words are traces of it.
func (n *name) form(name string, parts bool) {
	words := strings.Fields(fold.Words(name))
	if len(words) == 0 || slices.ContainsFunc(n.forms, func(f []string) bool { return slices.Equal(f, words) }) {
		return
	}
	n.forms = append(n.forms, words)
	for _, w := range words {
		if parts && utf8.RuneCountInString(w) > 1 {
			n.parts[w] = true
		}
	}
}

// other notes a name that has a word of the one to redact, and is not that name.
func (n *name) other(name string) {
	words := strings.Fields(fold.Words(name))
	if slices.ContainsFunc(words, func(w string) bool { return n.parts[w] }) && len(words) > 1 && n.find(wordsOf(name), n.forms) == nil {
		n.others = append(n.others, words)
	}
}

// word is a word of a text: where it stands, and how it is folded.
type word struct {
	start, end int
	fold       string
}

// wordsOf are the words of a text.
func wordsOf(text string) (list []word) {
	start := -1
	for i, c := range text + " " {
		is := unicode.In(c, unicode.L, unicode.M, unicode.N)
		if is && start < 0 {
			start = i
		}
		if !is && start >= 0 {
			list = append(list, word{start, i, fold.Words(text[start:i])})
			start = -1
		}
	}
	return list
}

// find gives the words in which one of the names stands first; nil for none. A name
// may be written as one word, and in scripts without spaces stand within one.
func (n *name) find(words []word, names [][]string) []word {
	for i, w := range words {
		for _, name := range names {
			joined := strings.Join(name, "")
			long := len(name) > 1 && len(joined) > 5 || joined != "" && joined[0] >= utf8.RuneSelf && utf8.RuneCountInString(joined) > 1
			if long && strings.Contains(w.fold, joined) {
				return words[i : i+1]
			}
			if i+len(name) <= len(words) && slices.EqualFunc(words[i:i+len(name)], name, func(w word, n string) bool { return w.fold == n }) {
				return words[i : i+len(name)]
			}
		}
	}
	return nil
}

// trace reports whether a word of the name stands in a text, outside of other names.
func (n *name) trace(text string) bool {
	words := wordsOf(text)
	for found := n.find(words, n.others); found != nil; found = n.find(words, n.others) {
		i := slices.Index(words, found[0])
		words = slices.Concat(words[:i], words[i+len(found):])
	}
	return slices.ContainsFunc(words, func(w word) bool { return n.parts[w.fold] })
}

// text takes the name out of a text, and reports whether it stood there.
func (n *name) text(text string) (string, bool) {
	stood := false
	for rest := 0; ; {
		words := wordsOf(text[rest:])
		found := n.find(words, n.forms)
		if found == nil {
			return text, stood
		}
		start, end := rest+found[0].start, rest+found[len(found)-1].end
		text = text[:start] + inPlaceOf + text[end:]
		rest, stood = start+len(inPlaceOf), true
	}
}
