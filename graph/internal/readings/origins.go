package readings

import (
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
)

// Origin is an ultimate author of claims.
type Origin struct {
	Name   string
	Source quad.IRI                       // that alone knows it; empty with a name
	heard  map[quad.IRI]map[quad.IRI]bool // in which texts, by their first sources, and by which readings
}

// Hear notes that a reading of a text has the origin.
func (o *Origin) Hear(text, reading quad.IRI) {
	if o.heard == nil {
		o.heard = map[quad.IRI]map[quad.IRI]bool{}
	}
	if o.heard[text] == nil {
		o.heard[text] = map[quad.IRI]bool{}
	}
	o.heard[text][reading] = true
}

// Fewest is how many origins there are at least: of each text those that the reading
// has which has most, and of those without a name the most that one text has.
func Fewest(origins map[quad.IRI]*Origin) int {
	type counts struct{ all, unnamed int }
	texts := map[quad.IRI]map[quad.IRI]counts{} // by text and reading
	for _, one := range origins {
		for text, readings := range one.heard {
			if texts[text] == nil {
				texts[text] = map[quad.IRI]counts{}
			}
			for reading := range readings {
				n := texts[text][reading]
				n.all++
				if one.Source != "" {
					n.unnamed++
				}
				texts[text][reading] = n
			}
		}
	}
	chosen, unnamed := map[quad.IRI]bool{}, 0
	for _, readings := range texts {
		var best quad.IRI
		for _, reading := range slices.Sorted(maps.Keys(readings)) {
			if readings[reading].all > readings[best].all {
				best = reading
			}
		}
		chosen[best] = true
		unnamed = max(unnamed, readings[best].unnamed)
	}
	named := 0
	for _, one := range origins {
		if one.Source == "" && one.inOneOf(chosen) {
			named++
		}
	}
	return named + unnamed
}

func (o *Origin) inOneOf(chosen map[quad.IRI]bool) bool {
	for _, readings := range o.heard {
		for reading := range readings {
			if chosen[reading] {
				return true
			}
		}
	}
	return false
}
