package fold

import (
	"slices"
	"strings"
	"unicode"
)

// Term is the form in which the names of kinds and relations are compared with words
// that people type: CourtCase, court-case and "court case" are one.
func Term(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '-' || r == '_' || r == ' ':
			b.WriteByte(' ')
			continue
		case i > 0 && unicode.IsUpper(r) && !strings.HasSuffix(b.String(), " ") && strings.ToUpper(s) != s:
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// IsTerm reports whether a word is one of some names, or the plural of one.
func IsTerm(word string, names ...string) bool {
	word = Term(word)
	return slices.ContainsFunc(names, func(name string) bool {
		name = Term(name)
		return name == word || name+"s" == word
	})
}
