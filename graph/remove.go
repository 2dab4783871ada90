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

// RemoveOptions say how to remove.
type RemoveOptions struct {
	Base       schema.Base
	Background []*schema.Checked // see LoadOptions: what no other source needs goes too
	DryRun     bool              // find out what would go, and change nothing
}

// Removed is what was deleted.
type Removed struct {
	Label   quad.IRI
	Kind    string      // source or graph
	Claims  int         // of a source
	Quads   int         // those under the label, and of a source those of its claims
	Missing []quad.Quad // joins (owl:sameAs) of other sources to what is gone
}

// Remove deletes a source with its claims, or what another graph has under a label,
// for good, in one commit. Decisions about it stay: a source that is retracted,
// removed and loaded again is retracted. Of a store of Open only DryRun is possible.
func (s *Store) Remove(ctx context.Context, label quad.IRI, o RemoveOptions) (*Removed, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	v := s.state.Load().view(o.Base, true).WithRetracted()
	r := &Removed{Label: label}
	var err error
	if r.Kind, err = v.retractable(ctx, label); err != nil {
		return nil, err
	}
	var deltas []cayley.Delta
	switch {
	case r.Kind == "claim":
		err = &ConflictError{Msg: fmt.Sprintf("%s is a claim, which goes with its source, or with another version of it: kg load --replace; kg retract hides it", o.Base.Short(label))}
	case schema.IRI(label).IsBackground():
		err = &ConflictError{Msg: fmt.Sprintf("%s is what every reader knows: kg load --background off takes it out", o.Base.Short(label))}
	case r.Kind == "graph":
		claims, failed := decide.ClaimsOf(ctx, v.r, label) // those that a dataset makes
		err = failed
		for _, label := range append(claims, label) {
			err = errors.Join(err, v.each(ctx, quad.Quad{Label: label}, func(q quad.Quad) {
				r.Quads++
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
func (s *Store) withoutSource(ctx context.Context, v *View, r *Removed, o RemoveOptions) ([]cayley.Delta, error) {
	claims, err := v.SourceClaims(ctx, r.Label)
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
	deltas, quads, missing, err := merge.Remove(ctx, s.quads, r.Label, opt.merging())
	r.Quads, r.Missing = quads, missing
	return deltas, refused(err)
}
