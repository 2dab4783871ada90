package check

import (
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// learn finds by term ids what learn of audit finds.
func (x *auditIDs) learn(r *read.Quads) error {
	for to, value := range map[*term.ID]quad.IRI{&x.ontology: schema.OntologyIRI, &x.predicate.label: schema.Label, &x.predicate.sameAs: schema.SameAs} {
		var err error
		if *to, err = x.IDs.Find(value); err != nil {
			return err
		}
	}
	for predicate, part := range map[quad.IRI]uint8{schema.FromSource: hasSource, schema.Speaker: hasSpeaker, schema.DerivedFrom: hasDerived, schema.HasTarget: hasPlace, schema.SeeAlso: hasSee} {
		id, err := x.IDs.Find(predicate)
		if err != nil {
			return err
		}
		if id != term.None {
			x.parts[id] = part
		}
	}
	if err := x.learnClaims(); err != nil {
		return err
	}
	if err := x.learnRules(x.Ctx, r); err != nil {
		return err
	}
	return x.learnKinds()
}

// learnClaims finds the sources, and the claims under them.
func (x *auditIDs) learnClaims() error {
	if x.ontology != term.None {
		x.byNode[x.ontology] = ofOntology
	}
	var sources []term.ID
	err := x.ofClass(schema.SourceClass, func(q term.Quad) {
		if q[term.Label] == q[term.Subject] {
			sources = append(sources, q[term.Subject])
		}
	})
	if err != nil {
		return err
	}
	for _, id := range sources {
		value, err := x.IDs.Value(id)
		if err != nil {
			return err
		}
		x.sources[value] = true
		x.byNode[id] = ofASource
	}
	err = x.ofClass(schema.ClaimClass, func(q term.Quad) {
		if x.byNode[q[term.Label]] == ofASource {
			x.claimIDs = append(x.claimIDs, q[term.Subject])
		}
	})
	slices.Sort(x.claimIDs)
	x.claimIDs = slices.Compact(x.claimIDs)
	for _, id := range x.claimIDs {
		x.byNode[id] = ofClaim
	}
	x.asserts = make(read.IDSet, len(x.byNode)/64+1)
	return err
}

// ofClass calls do with the quads that state the members of a class.
func (x *auditIDs) ofClass(class quad.IRI, do func(term.Quad)) (err error) {
	var p term.Pattern
	if p.Quad[term.Predicate], err = x.IDs.Find(schema.Type); err != nil || p.Quad[term.Predicate] == term.None {
		return err
	}
	if p.Quad[term.Object], err = x.IDs.Find(class); err != nil || p.Quad[term.Object] == term.None {
		return err
	}
	return x.IDs.Each(x.Ctx, p, do)
}

// learnKinds records the kinds of nodes, as stated by sources, claims and the ontology.
func (x *auditIDs) learnKinds() (err error) {
	var p term.Pattern
	if p.Quad[term.Predicate], err = x.IDs.Find(schema.Type); err != nil || p.Quad[term.Predicate] == term.None {
		return err
	}
	return x.IDs.Each(x.Ctx, p, func(q term.Quad) {
		switch label := q[term.Label]; x.byNode[label] {
		case ofClaim, ofASource, ofOntology:
			if label == term.None {
				return
			}
			if x.kindsOf == nil {
				x.kindsOf = make([]uint32, len(x.byNode))
			}
			x.kindsOf[q[term.Subject]] = x.sets.with(x.kindsOf[q[term.Subject]], q[term.Object])
		}
	})
}

// kinds is the number of the set of kinds that a node has.
func (x *auditIDs) kinds(id term.ID) uint32 {
	if x.kindsOf == nil {
		return 0
	}
	return x.kindsOf[id]
}

// kindSets numbers the sets of kinds that nodes have; 0 is that of none.
type kindSets struct {
	list [][]term.ID
	next map[[2]uint32]uint32
}

// with is the number of a set and a kind more.
func (s *kindSets) with(set uint32, kind term.ID) uint32 {
	key := [2]uint32{set, uint32(kind)}
	if n, known := s.next[key]; known {
		return n
	}
	if s.list == nil {
		s.list, s.next = [][]term.ID{nil}, map[[2]uint32]uint32{}
	}
	n := set
	if !slices.Contains(s.list[set], kind) {
		kinds := append(slices.Clone(s.list[set]), kind)
		slices.Sort(kinds)
		if n = uint32(slices.IndexFunc(s.list, func(of []term.ID) bool { return slices.Equal(of, kinds) })); int32(n) < 0 {
			n = uint32(len(s.list))
			s.list = append(s.list, kinds)
		}
	}
	s.next[key] = n
	return n
}
