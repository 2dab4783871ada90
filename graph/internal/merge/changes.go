package merge

import (
	"strings"

	"github.com/cayleygraph/quad"
)

// differing says which claims changed, in words: see Loaded.Changes.
func differing(list [][2]string) string {
	var words []string
	for _, c := range list {
		if c[0] == "" {
			words = append(words, "the source or its entities "+c[1])
		} else {
			words = append(words, "claim "+c[0]+" "+c[1])
		}
	}
	return strings.Join(words, ", ")
}

// Loaded is the result of loading one source.
type Loaded struct {
	Source         quad.IRI
	Entities       int
	Claims         int
	Added, Removed int         // quads
	Changes        [][2]string // claims, with the change of each: added, removed or changed
	Shared         []quad.IRI  // entities that other sources speak of too
	Missing        []quad.Quad // joins (owl:sameAs) to nodes that the store does not have
	ReadingOf      quad.IRI    // the source of which it is another reading, if the store does not have it
}

// ConflictError is the refusal of a load that contradicts the store.
type ConflictError struct{ Msg string }

func (e *ConflictError) Error() string { return e.Msg }
