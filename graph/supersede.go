package graph

import (
	"context"
	"fmt"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/decide"
	"kg/graph/internal/read"
	"kg/internal/document"
	"kg/internal/strict"
	"kg/schema"
)

// supersede notes in the report which of the sources of a load are retracted, and decides
// that the source which the load supersedes is.
func (s *Store) supersede(ctx context.Context, docs []*document.Checked, report []Loaded, opt LoadOptions) ([]quad.Quad, error) {
	d, err := decide.Read(ctx, read.Of(s.quads))
	if err != nil {
		return nil, err
	}
	for i := range report {
		if last := d.Latest[report[i].Source]; last != nil && last.Retracts {
			report[i].Retracted = last
		}
	}
	if opt.Supersedes == "" {
		return nil, nil
	}
	one, err := s.superseding(ctx, d, docs, opt)
	if err != nil || one == nil {
		return nil, err
	}
	report[0].Superseded = one
	return one.Quads(), nil
}

// superseding is the decision to retract the older source, or nil if it is retracted
// already.
func (s *Store) superseding(ctx context.Context, d *decide.Decisions, docs []*document.Checked, opt LoadOptions) (*schema.Decision, error) {
	old, short := opt.Supersedes, opt.Base.Short
	there, err := NewView(s.quads, opt.Base).isSource(ctx, old)
	switch {
	case err != nil:
		return nil, err
	case len(docs) != 1:
		return nil, &ConflictError{Msg: fmt.Sprintf("superseding %s: one source takes the place of another, and %d are given", short(old), len(docs))}
	case docs[0].SourceIRI() == old:
		return nil, &ConflictError{Msg: fmt.Sprintf("superseding %s: the new source has the same id; give it one of its own, or replace the old with --replace", short(old))}
	case !there:
		return nil, &UnknownError{Msg: strict.Sprintf("superseding %s: there is no such source in the store: kg query sources lists them", short(old))}
	}
	if last := d.Latest[old]; last != nil && last.Retracts {
		return nil, nil
	}
	return d.Next(opt.Base, true, old, "superseded by "+short(docs[0].SourceIRI()), opt.By)
}
