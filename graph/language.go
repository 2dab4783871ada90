package graph

import (
	"cmp"
	"slices"
	"strings"

	"kg/internal/languages"
)

// language is the best among the languages of some literals, where "" is a
// literal without one: one that the user reads, or none, or mul, or English, or
// the first in order.
func (v *View) language(list []string) string {
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
	})
	list = slices.Compact(list)
	if len(list) == 1 {
		return list[0]
	}
	key := strings.Join(list, " ")
	best, known := v.languages[key]
	if !known {
		best = languages.Best(list, v.Languages)
		v.languages[key] = best
	}
	return best
}
