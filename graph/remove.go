package graph

import (
	"context"
	"errors"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/decide"
	"kg/graph/internal/merge"
	"kg/schema"
)

// Remove deletes a source with its claims, or what another graph has under a label,
// for good, in one commit. Decisions about it stay: a source that is retracted,
// removed and loaded again is retracted. Of a store of Open only a dry run is possible.
// Of the options it takes Base, DryRun and Background: what of that no other source needs
// goes too. It tells the quads Removed, the Claims, and what is Missing to other sources.
func (s *Store) Remove(ctx context.Context, label quad.IRI, o LoadOptions) (*Loaded, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	v := s.state.Load().view(o.Base, true).WithRetracted()
	r := &Loaded{Source: label}
	kind, err := v.retractable(ctx, label)
	if err != nil {
		return nil, err
	}
	r.Foreign = kind == "graph"
	var deltas []cayley.Delta
	switch {
	case kind == "claim":
		err = &ConflictError{Msg: fmt.Sprintf("%s is a claim, which goes with its source, or with another version of it: kg load --replace; kg retract hides it", o.Base.Short(label))}
	case schema.IRI(label).IsBackground():
		err = &ConflictError{Msg: fmt.Sprintf("%s is what every reader knows: kg load --background off takes it out", o.Base.Short(label))}
	case r.Foreign:
		claims, failed := decide.ClaimsOf(ctx, v.r, label) // those that a dataset makes
		err = failed
		for _, label := range append(claims, label) {
			err = errors.Join(err, v.each(ctx, quad.Quad{Label: label}, func(q quad.Quad) {
				r.Removed++
				deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Delete})
			}))
		}
	default:
		deltas, err = s.withoutSource(ctx, v, r, o)
	}
	if err != nil || o.DryRun {
		return r, err
	}
	return r, s.commit(deltas)
}

// withoutSource are the changes that take a source away, and the background that no
// other one needs.
func (s *Store) withoutSource(ctx context.Context, v *View, r *Loaded, o LoadOptions) ([]cayley.Delta, error) {
	claims, err := v.SourceClaims(ctx, r.Source)
	if err != nil {
		return nil, err
	}
	r.Claims = len(claims)
	opt := LoadOptions{Base: o.Base}
	for _, doc := range o.Background { // a store that was loaded without has none after, either
		there, err := v.isSource(ctx, doc.SourceIRI())
		if err != nil {
			return nil, err
		}
		if there {
			opt.Background = append(opt.Background, doc)
		}
	}
	deltas, quads, missing, err := merge.Remove(ctx, s.quads, r.Source, opt.merging())
	r.Removed, r.Missing = quads, missing
	return deltas, refused(err)
}
