package graph

import (
	"fmt"

	"kg/schema"
	"kg/schema/strict"
)

// decide retracts the source that the load supersedes, and notes in the report which
// of its sources are retracted.
func (m *merge) decide(report []Loaded) error {
	d, err := readDecisions(m.ctx, m.view)
	if err != nil {
		return err
	}
	for i := range report {
		if last := d.latest[report[i].Source]; last != nil && last.Retracts {
			report[i].Retracted = last
		}
	}
	if m.opt.Supersedes == "" {
		return nil
	}
	one, err := m.supersede(d)
	if err != nil || one == nil {
		return err
	}
	m.decided = one.Quads()
	report[0].Superseded = one
	return nil
}

// supersede is the decision to retract the older source, or nil if it is retracted
// already.
func (m *merge) supersede(d *decisions) (*schema.Decision, error) {
	old, short := m.opt.Supersedes, m.opt.Base.Short
	there, err := m.view.isSource(m.ctx, old)
	switch {
	case err != nil:
		return nil, err
	case len(m.docs) != 1:
		return nil, &ConflictError{fmt.Sprintf("superseding %s: one source takes the place of another, and %d are given", short(old), len(m.docs))}
	case m.docs[0].SourceIRI() == old:
		return nil, &ConflictError{fmt.Sprintf("superseding %s: the new source has the same id; give it one of its own, or replace the old with --replace", short(old))}
	case !there:
		return nil, &UnknownError{Msg: strict.Sprintf("superseding %s: there is no such source in the store: kg query sources lists them", short(old))}
	}
	if last := d.latest[old]; last != nil && last.Retracts {
		return nil, nil
	}
	return d.next(m.opt.Base, true, old, "superseded by "+short(m.docs[0].SourceIRI()), m.opt.By)
}
