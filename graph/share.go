package graph

import (
	"context"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/change"
	"kg/graph/internal/share"
	"kg/graph/internal/store"
	"kg/schema"
)

// PartOptions select the part of a store to share.
type PartOptions struct {
	Base         schema.Base
	Sources      []quad.IRI // with their claims and the background that these need; all if empty
	WithoutNotes bool       // leave out the annotators' notes
	Redact       quad.IRI   // a person whose name is redacted; empty for none
	RedactAuthor string     // the name of an author of decisions who is no entity of the graph
}

// Part returns a store in memory with a part of this one, for Export and the like. A
// name that cannot be redacted completely is a *ConflictError with the texts in which it
// would stay. stood is how often the name occurred in the objects of each relation, or,
// under an empty relation, in IRIs.
func (s *Store) Part(ctx context.Context, o PartOptions) (part *Store, stood map[quad.IRI]int, err error) {
	v := s.WholeView(o.Base).WithRetracted()
	var quads []quad.Quad
	err = s.EachSubject(ctx, ExportOptions{}, func(of []quad.Quad) error {
		for _, q := range of {
			if !o.WithoutNotes || q.Predicate != schema.Note {
				quads = append(quads, q)
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if len(o.Sources) > 0 {
		if quads, err = share.OfSources(ctx, v.r, quads, o.Sources); err != nil {
			return nil, nil, err
		}
	}
	if o.Redact != "" || o.RedactAuthor != "" {
		who := share.Person{Base: o.Base, IRI: o.Redact, Author: o.RedactAuthor}
		if o.Redact != "" {
			if who.Nodes, err = v.Class(ctx, o.Redact); err != nil {
				return nil, nil, err
			}
		}
		if quads, stood, err = share.Redact(quads, who); err != nil {
			return nil, nil, err
		}
	}
	scratch := store.Scratch()
	if err := scratch.ApplyDeltas(change.Deltas(cayley.Add, quads), cayley.IgnoreOpts{IgnoreDup: true}); err != nil {
		return nil, nil, err
	}
	part, err = newStore(scratch)
	if err == nil {
		part.naming = s.naming
	}
	return part, stood, err
}
