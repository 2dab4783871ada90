package evidence

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
)

// Speaker is somebody whose words an answer rests on, or who denies it.
type Speaker struct {
	IRI  quad.IRI
	Name string
	Via  []Speaker // between publisher and speaker, by IRI and Name, the publisher's side first
	// Derived reports that it is the annotator, who concluded it; From are the
	// speakers of the claims it was concluded from.
	Derived bool
	From    []Speaker
	// Joins reports that it is an annotator who says that two nodes are the same.
	Joins bool
	heard []quad.IRI // see readings.SharedTexts.Heard
}

func (s Speaker) String() string {
	if s.Joins {
		return "joined by " + s.Name
	}
	text := s.Name
	for _, via := range s.Via {
		text += " via " + via.Name
	}
	if s.Derived {
		var from []string
		for _, f := range s.From {
			from = append(from, f.String())
		}
		text += ", from: " + strings.Join(from, "; ")
	}
	return text
}

// speakers returns the speakers of claims, by name, the annotators of derived ones last.
func (r *Reader) speakers(ctx context.Context, of map[quad.IRI]*claims.Claim) ([]Speaker, error) {
	var said []Speaker
	derived := map[quad.IRI]map[quad.IRI]*claims.Claim{} // by annotator: what they conclude from
	for _, c := range byIRI(of) {
		if c.Speaker != "" {
			s, err := r.speaker(ctx, c)
			if err != nil {
				return nil, err
			}
			said = addSpeaker(said, s)
			continue
		}
		if derived[c.Annotator] == nil {
			derived[c.Annotator] = map[quad.IRI]*claims.Claim{}
		}
		if err := r.Claims.AddOrigins(ctx, derived[c.Annotator], c); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(said, compareSpeakers)
	var concluded []Speaker
	for annotator, origins := range derived {
		s := Speaker{IRI: annotator, Derived: true}
		maps.DeleteFunc(origins, func(_ quad.IRI, c *claims.Claim) bool { return c.Speaker == "" })
		var err error
		if s.Name, err = r.Names.Name(ctx, annotator); err != nil {
			return nil, err
		}
		if s.From, err = r.speakers(ctx, origins); err != nil {
			return nil, err
		}
		concluded = append(concluded, s)
	}
	slices.SortFunc(concluded, compareSpeakers)
	return append(said, concluded...), nil
}

func compareSpeakers(a, b Speaker) int { return strings.Compare(a.String(), b.String()) }

func addSpeaker(list []Speaker, s Speaker) []Speaker {
	if slices.ContainsFunc(list, func(other Speaker) bool { return slices.Equal(other.heard, s.heard) }) {
		return list
	}
	return append(list, s)
}

// speaker returns who makes a claim: the annotator, if it is derived.
func (r *Reader) speaker(ctx context.Context, c *claims.Claim) (Speaker, error) {
	s := Speaker{IRI: c.Speaker, heard: r.texts.Heard(c)}
	if c.Speaker == "" {
		s = Speaker{IRI: c.Annotator, Derived: true}
	}
	sources := []quad.IRI{c.Source}
	var err error
	if s.Name, err = r.Names.Name(ctx, s.IRI, sources...); err != nil {
		return s, err
	}
	for _, via := range c.Via {
		name, err := r.Names.Name(ctx, via, sources...)
		if err != nil {
			return s, err
		}
		s.Via = append(s.Via, Speaker{IRI: via, Name: name})
	}
	return s, nil
}
