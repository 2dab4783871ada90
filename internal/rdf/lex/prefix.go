package lex

import (
	"cmp"
	"slices"
	"strings"
)

// Prefix is a name that IRIs are shortened by, and how these begin.
type Prefix struct{ Name, IRI string }

// Prefixes are those of a map by name, the longest first: that fits best.
func Prefixes(names map[string]string) []Prefix {
	list := make([]Prefix, 0, len(names))
	for name, iri := range names {
		list = append(list, Prefix{name, iri})
	}
	slices.SortFunc(list, func(a, b Prefix) int {
		return cmp.Or(len(b.IRI)-len(a.IRI), strings.Compare(a.Name, b.Name))
	})
	return list
}
