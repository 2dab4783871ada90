package check

import (
	"context"
	"errors"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// auditIDs holds a graph against the rules by the numbers of its terms. A quad like one
// that broke no rule is not read; all others are held against the rules as values.
type auditIDs struct {
	*audit
	read.Columns
	resources *store.Resources
	ontology  term.ID
	predicate struct{ label, sameAs term.ID }
	parts     map[term.ID]uint8 // the required parts a claim has, by predicate
	byNode    []labelClass      // the class of each node as a label
	kindsOf   []uint32          // of each node, an index in sets; nil if nothing of kg's has a kind
	sets      kindSets
	claimIDs  []term.ID
	asserts   read.IDSet        // claims with an edge
	whole     map[term.ID]uint8 // parts that claims have
	fine      map[quadLike]bool
	relations map[term.ID]relation
	last      struct{ subject, named term.ID } // whose quads come now, and the first source to call it something
}

// labelClass is the class of a label.
type labelClass uint8

const (
	unknownLabel labelClass = iota
	ofClaim
	ofASource
	ofOntology
	ofForeign
	ofOther // a decision, or quads labelled with a claim that does not exist
)

// The parts of a claim.
const (
	hasSource uint8 = 1 << iota
	hasSpeaker
	hasDerived
	hasPlace
	hasSee
)

// byID learns and reads by numbers, with the terms on another processor.
func (a *audit) byID(ctx context.Context, r *read.Quads, report func(done, total int64)) (err error) {
	defer snapshot.Catch(&err)
	c, err := r.Columns(ctx)
	if err != nil {
		return err
	}
	x := &auditIDs{audit: a, Columns: c, resources: c.IDs.Resources(), byNode: make([]labelClass, c.IDs.Last()+1),
		parts: map[term.ID]uint8{}, whole: map[term.ID]uint8{}, fine: map[quadLike]bool{}, relations: map[term.ID]relation{}}
	if err := x.learn(r); err != nil {
		return err
	}
	terms := newAudit(a.base)
	done := read.Aside(func() error { return terms.termsByID(ctx, c.IDs, x.resources) })
	err = errors.Join(x.scan(report), <-done)
	a.result.Findings = append(a.result.Findings, terms.result.Findings...)
	if err != nil {
		return err
	}
	return x.tell()
}

// scan goes through all quads, which are ordered by subject.
func (x *auditIDs) scan(report func(done, total int64)) error {
	n, total := int64(0), int64(x.IDs.Count(term.Pattern{}))
	var err error
	failed := x.IDs.Each(x.Ctx, term.Pattern{}, func(q term.Quad) {
		if n++; n%reportEvery == 0 {
			report(n, max(total, n))
		}
		if err == nil {
			err = x.quad(q)
		}
	})
	return errors.Join(err, failed)
}

func (x *auditIDs) quad(q term.Quad) error {
	label := q[term.Label]
	under := ofOther
	if label != term.None {
		if under = x.byNode[label]; under == unknownLabel {
			value, err := x.IDs.Value(label)
			if err != nil {
				return err
			}
			if under = ofForeign; x.decisions(value) || x.ofKnownSource(value) {
				under = ofOther
			}
			x.byNode[label] = under
		}
	}
	if under == ofOther {
		value, err := read.QuadOf(x.IDs, q)
		if err == nil {
			x.audit.quad(value)
		}
		return err
	}
	x.result.Quads++
	switch under {
	case ofForeign:
		x.result.Foreign++
	case ofClaim:
		x.asserts.Add(int(label))
		return x.hold(q, true)
	case ofASource:
		if err := x.hold(q, false); err != nil {
			return err
		}
		return x.ofSource(q)
	}
	return nil
}

// ofSource records a source's statements about its claims, its names for a node, and its
// joins.
func (x *auditIDs) ofSource(q term.Quad) error {
	subject := q[term.Subject]
	if subject != x.last.subject {
		x.last.subject, x.last.named = subject, term.None
	}
	if part := x.parts[q[term.Predicate]]; part != 0 && x.byNode[subject] == ofClaim {
		x.whole[subject] |= part
	}
	switch q[term.Predicate] {
	case x.predicate.label:
		if x.last.named == term.None {
			x.last.named = q[term.Label]
		}
		if x.last.named == q[term.Label] {
			return nil
		}
	case x.predicate.sameAs:
	default:
		return nil
	}
	value, err := read.QuadOf(x.IDs, q)
	if err != nil {
		return err
	}
	if q[term.Predicate] == x.predicate.label {
		x.twice[read.IRI(value.Subject)] = true
		return nil
	}
	x.identity(value)
	return nil
}

// tell adds to the audit what else the rules need: claims that may be incomplete, nodes
// of several kinds, and the kinds of joined nodes.
func (x *auditIDs) tell() error {
	for _, id := range x.claimIDs {
		has := x.whole[id]
		if x.asserts.Has(int(id)) && has&hasSource != 0 && has&(hasSpeaker|hasDerived) != 0 && has&(hasPlace|hasSee|hasDerived) != 0 {
			continue
		}
		if err := x.doubt(id, has); err != nil {
			return err
		}
	}
	for node, set := range x.kindsOf {
		if set != 0 && len(x.sets.list[set]) > 1 {
			if err := x.learnKindsOf(term.ID(node)); err != nil {
				return err
			}
		}
	}
	for node := range x.joined {
		id, err := x.IDs.Find(node)
		if err != nil {
			return err
		}
		if err := x.learnKindsOf(id); err != nil {
			return err
		}
	}
	return x.Ctx.Err()
}

// doubt lets the audit check a claim.
func (x *auditIDs) doubt(id term.ID, has uint8) error {
	value, err := x.IDs.Value(id)
	if err != nil {
		return err
	}
	x.audit.claims = append(x.audit.claims, read.IRI(value))
	of := map[quad.Value]bool{}
	for predicate, part := range x.parts {
		name, err := x.IDs.Value(predicate)
		if err != nil {
			return err
		}
		of[name] = has&part != 0
	}
	if x.has[value] = of; x.asserts.Has(int(id)) {
		x.edges[value] = 1
	}
	return nil
}
