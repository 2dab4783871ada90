package check

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// quadLike has all that the rules for both ends of a quad depend on, so that one quad is
// read for all that are alike.
type quadLike struct {
	predicate       term.ID
	subject, object uint32 // their kinds
	flags           uint8
}

// The role of the label of a quadLike.
const (
	ofEdge uint8 = 1 << iota
	subjectIRI
	objectIRI
	valueInRange
)

// relation is a predicate's range.
type relation struct {
	ranged bool // it is in the ontology, and leads to literals
	want   quad.IRI
}

// hold checks a statement of a claim or a source by the rules for both ends.
func (x *auditIDs) hold(q term.Quad, edge bool) error {
	like, err := x.like(q, edge)
	if err != nil || x.fine[like] {
		return err
	}
	for _, id := range []term.ID{q[term.Subject], q[term.Object]} {
		if err := x.learnKindsOf(id); err != nil {
			return err
		}
	}
	value, err := read.QuadOf(x.IDs, q)
	if err != nil {
		return err
	}
	before := len(x.result.Findings)
	if edge {
		x.edge(value)
	} else {
		x.audit.kinds(value)
	}
	x.fine[like] = len(x.result.Findings) == before
	return nil
}

func (x *auditIDs) like(q term.Quad, edge bool) (like quadLike, err error) {
	like = quadLike{predicate: q[term.Predicate], subject: x.kinds(q[term.Subject])}
	if edge {
		like.flags |= ofEdge
	}
	if x.resources.IRI(q[term.Subject]) {
		like.flags |= subjectIRI
	}
	r, err := x.relation(q[term.Predicate])
	if x.resources.IRI(q[term.Object]) {
		like.flags |= objectIRI
		like.object = x.kinds(q[term.Object])
		return like, err
	}
	if err != nil || !r.ranged {
		return like, err
	}
	value, err := x.IDs.Value(q[term.Object])
	if schema.IRI(r.want).RangeHas(value) {
		like.flags |= valueInRange
	}
	return like, err
}

// relation reads, once, the ontology's statements about a predicate and its range.
func (x *auditIDs) relation(predicate term.ID) (r relation, err error) {
	if r, known := x.relations[predicate]; known {
		return r, nil
	}
	value, err := x.IDs.Value(predicate)
	if err != nil {
		return r, err
	}
	if want := x.ranges[value]; want != nil {
		id, err := x.IDs.Find(want)
		if err == nil {
			err = x.learnKindsOf(id)
		}
		if err != nil {
			return r, err
		}
		r = relation{x.kinds(id) == 0, read.IRI(want)}
	}
	x.relations[predicate] = r
	return r, nil
}

// learnKindsOf adds the kinds of a node to the audit.
func (x *auditIDs) learnKindsOf(node term.ID) error {
	set := x.kinds(node)
	if set == 0 {
		return nil
	}
	value, err := x.IDs.Value(node)
	if err != nil || x.types[value] != nil {
		return err
	}
	for _, kind := range x.sets.list[set] {
		of, err := x.IDs.Value(kind)
		if err != nil {
			return err
		}
		x.types[value] = append(x.types[value], of)
	}
	return nil
}

// termsByID checks every term that is no literal.
func (a *audit) termsByID(ctx context.Context, ids *store.IDs, resources *store.Resources) error {
	var text []byte
	var err error
	failed := ids.Terms(ctx, func(id term.ID) {
		if err != nil || resources.Literal(id) {
			return
		}
		var ok bool
		if text, ok = ids.AppendText(text[:0], id); ok && schema.CheckIRI(text) == nil {
			return
		}
		var value quad.Value
		if value, err = ids.Value(id); err == nil {
			a.term(value)
		}
	})
	if err != nil {
		return err
	}
	return failed
}
