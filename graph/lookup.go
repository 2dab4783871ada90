package graph

import (
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// lookups read a hop from the index of a store of ours, without a plan: most of what
// a view wants to know is a hop or two away, and a plan costs ten times the reading.
type lookups struct {
	numbering  *plan.Numbering
	predicates map[quad.IRI]term.ID
	cursor     plan.Cursor
	ends       []term.ID
}

// planIndex is what plans read, nil for a store of Cayley's.
func (v *View) planIndex() (plan.Index, error) {
	if s, ok := v.qs.(interface{ Index() (plan.Index, error) }); ok {
		return s.Index()
	}
	return nil, nil
}

// looked are the objects of subject and predicate. It is not ok for a store of
// Cayley's.
func (v *View) looked(subject quad.Value, predicate quad.IRI) (list []quad.Value, ok bool, err error) {
	ix, err := v.planIndex()
	if ix == nil || err != nil {
		return nil, false, err
	}
	defer snapshot.Catch(&err)
	l := &v.lookups
	if l.numbering != ix.Numbering() {
		*l = lookups{numbering: ix.Numbering(), predicates: map[quad.IRI]term.ID{}, ends: make([]term.ID, 64)}
	}
	var p term.Pattern
	if p.Quad[term.Predicate], err = l.predicate(ix, predicate); err != nil || p.Quad[term.Predicate] == term.None {
		return nil, true, err
	}
	if p.Quad[term.Subject], err = ix.Resolve(refs.PreFetched(subject)); err != nil || p.Quad[term.Subject] == term.None {
		return nil, true, err
	}
	for l.cursor.Begin(p); !l.cursor.Done; {
		n := ix.Ends(&l.cursor, term.Object, l.ends)
		for _, id := range l.ends[:n] {
			value, err := ix.Value(id)
			if err != nil {
				return nil, true, err
			}
			list = append(list, value)
		}
		if n == 0 {
			break
		}
	}
	return list, true, nil
}

func (l *lookups) predicate(ix plan.Index, predicate quad.IRI) (term.ID, error) {
	id, known := l.predicates[predicate]
	if known {
		return id, nil
	}
	id, err := ix.Resolve(refs.PreFetched(predicate))
	if err == nil {
		l.predicates[predicate] = id
	}
	return id, err
}
