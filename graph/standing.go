package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Standing is how far a quad counts, by what labels it, and where it is from.
type Standing struct {
	Retracted bool
	Denied    bool
	Source    quad.IRI // of a claim, or the label itself; empty for another label
	See       quad.IRI // where the claim can be looked up, if it stands in no text
}

// StandingOf tells how far the quads count that have a label. It is for a view that
// shows everything.
func (v *View) StandingOf(ctx context.Context, label quad.Value) (Standing, error) {
	iri := iriOf(label)
	c, err := v.Claim(ctx, iri)
	s := Standing{Retracted: v.Retraction(iri) != nil}
	if c == nil && err == nil {
		is, failed := v.isSource(ctx, iri)
		if err = failed; is {
			s.Source = iri
		}
	}
	if c == nil || err != nil {
		return s, err
	}
	s.Retracted = s.Retracted || c.Retracted != nil || v.Retraction(c.Source) != nil
	s.Denied, s.Source, s.See = c.Stance == schema.Denies, c.Source, c.See
	return s, nil
}
