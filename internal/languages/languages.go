// Package languages chooses among texts by language, and distinguishes texts that differ
// by language alone.
package languages

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Best is the best among the languages of some literals, in order and each once, where ""
// is a literal without one: one that the user reads, the best of these first, or none,
// or mul, or English, or the first in order.
func Best(list []string, wanted []language.Tag) string {
	var spoken []string
	var tags []language.Tag
	for _, name := range list {
		// An invalid tag, or one that means no single language, matches no preference.
		if tag, err := language.Parse(name); err == nil && tag != language.Und && !isMany(name) {
			spoken, tags = append(spoken, name), append(tags, tag)
		}
	}
	matcher := language.NewMatcher(tags)
	read := func(want language.Tag) (string, bool) {
		if len(tags) == 0 {
			return "", false
		}
		_, i, confidence := matcher.Match(want)
		return spoken[i], confidence >= language.High
	}
	for _, want := range wanted {
		if name, ok := read(want); ok {
			return name
		}
	}
	if slices.Contains(list, "") {
		return ""
	}
	if i := slices.IndexFunc(list, isMany); i >= 0 {
		return list[i]
	}
	if name, ok := read(language.English); ok {
		return name
	}
	return list[0]
}

// isMany reports whether a tag says that a text is in several languages, or the same in
// all of them.
func isMany(tag string) bool { return strings.EqualFold(tag, "mul") }
