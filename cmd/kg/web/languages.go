package web

import "golang.org/x/text/language"

// mostLanguages is how many languages of somebody's list are heeded.
const mostLanguages = 16

// ParseLanguages reads the languages that somebody prefers, as the header
// Accept-Language has them (RFC 9110): BCP 47 tags separated by commas, the
// first before the others unless they have weights (de-AT, fr;q=0.5).
func ParseLanguages(list string) ([]language.Tag, error) {
	tags, _, err := language.ParseAcceptLanguage(list)
	return tags[:min(len(tags), mostLanguages)], err
}
