package web

import "golang.org/x/text/language"

// mostLanguages is the number of languages used of a list.
const mostLanguages = 16

// ParseLanguages parses preferred languages as in the header Accept-Language (RFC 9110):
// BCP 47 tags separated by commas, in order of preference unless they have weights
// (de-AT, fr;q=0.5).
func ParseLanguages(list string) ([]language.Tag, error) {
	tags, _, err := language.ParseAcceptLanguage(list)
	return tags[:min(len(tags), mostLanguages)], err
}
