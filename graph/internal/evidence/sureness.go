package evidence

import (
	"cmp"
	"slices"

	"kg/graph/internal/claims"
	"kg/schema"
)

// Sureness says how sure a speaker is of some cells of an answer.
type Sureness struct {
	Speaker Speaker
	Derived bool // the annotator concluded it
	// Retracted are the reasons why claims behind it are retracted: see Claim.Retracted.
	Retracted []string
	Stance    schema.Stance
	Hedges    []string // as printed
	Status    []string // of the events: planned, promised, attempted, done, ongoing
	Doubts    []string // approximate, uncertain
	Cells     []string // the columns it holds for; none for an answer without columns
}

// words returns what keeps an answer from being a plain fact: first that it is retracted,
// then the stance.
func (s Sureness) words() []string {
	var words []string
	for _, reason := range s.Retracted {
		words = append(words, "retracted ("+reason+")")
	}
	if s.Derived {
		words = append(words, "derived")
	}
	if s.Stance != "" && (!s.Derived || s.Stance != schema.Asserts) {
		words = append(words, string(s.Stance))
	}
	for _, h := range s.Hedges {
		words = append(words, `"`+h+`"`)
	}
	for _, status := range s.Status {
		if !Settled(status) {
			words = append(words, status)
		}
	}
	return append(words, s.Doubts...)
}

// Settled reports whether a status is that of an event that happens or has happened.
func Settled(status string) bool {
	return status == schema.IRI(schema.Done).LastPart() || status == schema.IRI(schema.Ongoing).LastPart()
}

// and returns the sureness of a cell that rests on both.
func (s Sureness) and(other Sureness) Sureness {
	s.Derived, s.Retracted = s.Derived || other.Derived, union(s.Retracted, other.Retracted)
	if slices.Index(schema.Stances, other.Stance) > slices.Index(schema.Stances, s.Stance) {
		s.Stance = other.Stance
	}
	s.Hedges = union(s.Hedges, other.Hedges)
	s.Status, s.Doubts = union(s.Status, other.Status), union(s.Doubts, other.Doubts)
	return s
}

// Surer reports whether s is surer than other: where either of two witnesses suffices, the
// surer one is shown.
func (s Sureness) Surer(other Sureness) bool {
	if is, otherIs := len(s.Retracted) > 0, len(other.Retracted) > 0; is != otherIs {
		return otherIs
	}
	return cmp.Or(cmp.Compare(slices.Index(schema.Stances, s.Stance), slices.Index(schema.Stances, other.Stance)),
		cmp.Compare(len(s.words()), len(other.words()))) < 0
}

// alike reports whether two differ in their cells alone.
func (s Sureness) alike(other Sureness) bool {
	return s.Derived == other.Derived && slices.Equal(s.Retracted, other.Retracted) && s.Stance == other.Stance && slices.Equal(s.Hedges, other.Hedges) &&
		slices.Equal(s.Status, other.Status) && slices.Equal(s.Doubts, other.Doubts)
}

// because returns the reason why a claim is retracted, if it is.
func because(c *claims.Claim) []string {
	if c.Retracted == nil {
		return nil
	}
	return []string{c.Retracted.Reason}
}
