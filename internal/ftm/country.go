package ftm

import (
	"strings"
	"sync"

	"github.com/cayleygraph/quad"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"kg/internal/fold"
	"kg/schema"
)

// countries are the countries with a code of ISO 3166 and a name of their own in
// Unicode's tables. FollowTheMoney has further codes, for former states and parts of
// states: these are not mapped to countries, and stay unchanged.
var countries = sync.OnceValue(func() (c struct {
	names map[string]string // by code
	ids   map[string]string // of the entities, by code
	codes map[string]string // by the id of the entity
}) {
	c.names, c.ids, c.codes = map[string]string{}, map[string]string{}, map[string]string{}
	names := display.English.Regions()
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			if err != nil || !region.IsCountry() || region.Canonicalize().String() != strings.ToUpper(code) {
				continue
			}
			name := names.Name(region)
			id := strings.ReplaceAll(fold.Name(name), " ", "-")
			if name == "" || strings.ContainsFunc(id, func(r rune) bool { return escaped(r) }) || c.codes[id] != "" {
				continue
			}
			c.names[code], c.ids[code], c.codes[id] = name, id, code
		}
	}
	return c
})

// countryIRI is the country with a code, and its name; empty for another code.
func countryIRI(base schema.Base, code string) (iri quad.IRI, name string) {
	c := countries()
	if name = c.names[code]; name == "" {
		return "", ""
	}
	return base.Named("country", c.ids[code]), name
}

// countryCode is the code of a country, empty if it has none.
func countryCode(base schema.Base, iri quad.IRI) string {
	id, ok := strings.CutPrefix(string(iri), string(base)+"country/")
	if !ok {
		return ""
	}
	return countries().codes[id]
}
