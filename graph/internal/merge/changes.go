package merge

import (
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
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

// Loaded is what a load, or a removal, did to a source, or to quads of another graph.
type Loaded struct {
	Source         quad.IRI    // or the label that was removed; empty for texts of quads
	Foreign        bool        // the label is another graph's
	Entities       int         // of the source
	Claims         int         // of the source
	Added, Removed int         // quads that were not there before, and that are no longer there
	Changes        [][2]string // a claim, empty for the source itself, and whether it was added, removed or changed
	Shared         []quad.IRI  // entities that other sources speak of too
	Missing        []quad.Quad // joins (owl:sameAs) to what the store does not have
	ReadingOf      quad.IRI    // the source that it is another reading of, if the store does not have that source
	// Retracted is the decision by which the source is left out of answers, loaded or
	// not; nil as a rule.
	Retracted *schema.Decision
	// Superseded is the decision to retract the source that this one replaces; nil if
	// there is none, or that source is retracted already.
	Superseded *schema.Decision
	// Of texts of quads:
	Read     int // quads, those that were there before too
	Rejected int // lines, or statements of Turtle and TriG
	Blank    int // blank nodes that became IRIs
}
