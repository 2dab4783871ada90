package merge

import (
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// ClaimChange is what loading did to one claim: added, removed or changed it.
type ClaimChange struct{ Claim, Change string }

// differing says which claims changed, in words.
func differing(list []ClaimChange) string {
	var words []string
	for _, c := range list {
		if c.Claim == "" {
			words = append(words, "the source or its entities "+c.Change)
		} else {
			words = append(words, "claim "+c.Claim+" "+c.Change)
		}
	}
	return strings.Join(words, ", ")
}

// Loaded tells what loading did to one source.
type Loaded struct {
	Source         quad.IRI
	Entities       int
	Claims         int
	Added, Removed int           // quads
	Changes        []ClaimChange // by claim
	Shared         []quad.IRI    // entities that other sources speak of too
	Missing        []quad.Quad   // joins (owl:sameAs) to what the store does not have
	ReadingOf      quad.IRI      // the source that it is another reading of, if the store does not have it
	// Retracted is the decision by which the source is left out of answers, loaded or
	// not; nil as a rule.
	Retracted *schema.Decision
	// Superseded is the decision to retract the source whose place this one takes; nil
	// if there is none, or that source is retracted already.
	Superseded *schema.Decision
}

// ConflictError is the refusal to load what contradicts the store.
type ConflictError struct{ Msg string }

func (e *ConflictError) Error() string { return e.Msg }
