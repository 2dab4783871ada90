package agree

import (
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// OtherText is the error of a reading whose text is not that of its source.
func OtherText(base schema.Base, reading, source quad.IRI, own, its string) string {
	if its == "" {
		return fmt.Sprintf("%s is another reading of %s, which stands in no text", base.Short(reading), base.Short(source))
	}
	return fmt.Sprintf("%s is another reading of %s, and the texts differ: their SHA-256 are %s and %s", base.Short(reading), base.Short(source), brief(own), brief(its))
}

// brief is the beginning of a digest.
func brief(digest string) string {
	if len(digest) > 12 {
		return digest[:12] + "…"
	}
	return digest
}

// RootOf follows readings of readings to the first source. Files that name each other
// in a ring have none: the first of the ring by IRI stands for it.
func RootOf(reading quad.IRI, next map[quad.IRI]quad.IRI) quad.IRI {
	at, way := reading, []quad.IRI{reading}
	for next[at] != "" {
		at = next[at]
		if i := slices.Index(way, at); i >= 0 {
			return slices.Min(way[i:])
		}
		way = append(way, at)
	}
	return at
}
