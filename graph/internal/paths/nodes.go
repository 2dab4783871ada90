package paths

import (
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// reads is what a search read of the graph. What many edges have is read once.
type reads struct {
	terms  read.Numbers
	nodes  []node
	places map[term.ID]int32 // among the nodes
	labels map[term.ID]label
	last   term.ID // the label that was asked for last
	of     label   // what that says
	steps  map[[2]int32][]Step

	kind, sourceKind, claimKind, annotated term.ID          // of the schema's terms
	doubtful                               map[term.ID]bool // labels of which Joins is to be asked
	allDoubtful                            bool             // there are too many sources to list
}

// node is a term that the search came by.
type node struct {
	id     term.ID  // term.None of a thing that no quad has
	iri    quad.IRI // empty of what is no IRI
	to     int32    // what stands for it and all that are joined to it; nothing if no path comes there
	known  bool     // its neighbours were read
	leads  []int32  // these, in order
	back   []int32  // those known that lead to it
	judged bool     // hub is known
	hub    bool
	degree int64 // 0 if it is not known
}

const nothing = -1

// label is what a graph label says of its edges: whether they join entities, and
// whether it is a claim.
type label struct {
	joins, claim, asked bool
	iri                 quad.IRI
}

// mostSources is how many labels of sources are listed before the search begins.
const mostSources = 1 << 10

// begin finds the terms that a search needs.
func (s *search) begin() (err error) {
	for id, iri := range map[*term.ID]quad.IRI{&s.kind: schema.Type, &s.sourceKind: schema.SourceClass, &s.claimKind: schema.ClaimClass, &s.annotated: schema.AnnotatedBy} {
		if *id, err = s.terms.Find(iri); err != nil {
			return err
		}
	}
	s.doubtful = map[term.ID]bool{}
	for _, iri := range s.g.Aside() {
		id, err := s.terms.Find(iri)
		if err != nil {
			return err
		}
		s.doubtful[id] = true
	}
	delete(s.doubtful, term.None)
	if s.kind == term.None || s.sourceKind == term.None {
		return nil
	}
	n := 0
	return s.terms.Each(s.ctx, s.ofKind(term.None, s.sourceKind), func(q term.Quad) (bool, error) {
		s.doubtful[q[term.Subject]] = true
		n++
		s.allDoubtful = n > mostSources
		return !s.allDoubtful, nil
	})
}

// ofKind are the quads by which something is of a kind.
func (s *search) ofKind(id, kind term.ID) (p term.Pattern) {
	p.Quad = term.Quad{term.Subject: id, term.Predicate: s.kind, term.Object: kind}
	return p
}

// node is the place of a term among the nodes.
func (s *search) node(id term.ID) (int32, error) {
	if n, known := s.places[id]; known {
		return n, nil
	}
	value, err := s.terms.Value(id)
	if err != nil {
		return nothing, err
	}
	n := s.add(id, read.IRI(value))
	to, err := s.comesTo(s.nodes[n].iri, n)
	s.nodes[n].to = to
	return n, err
}

func (s *search) add(id term.ID, iri quad.IRI) int32 {
	n := int32(len(s.nodes))
	s.nodes = append(s.nodes, node{id: id, iri: iri, to: nothing})
	if id != term.None {
		s.places[id] = n
	}
	return n
}

// comesTo is what stands for an entity; nothing if no path comes there.
func (s *search) comesTo(iri quad.IRI, n int32) (int32, error) {
	if iri == "" || schema.IRI(iri).OfOntology() {
		return nothing, nil
	}
	value, err := s.g.Canonical(s.ctx, iri)
	if err != nil {
		return nothing, err
	}
	one := read.IRI(value)
	if slices.Contains(s.o.NotThrough, iri) || slices.Contains(s.o.NotThrough, one) {
		return nothing, nil
	}
	if s.o.AsOf != "" {
		out, err := s.g.Excluded(s.ctx, one, s.o.AsOf)
		if out || err != nil {
			return nothing, err
		}
	}
	if one == iri {
		return n, nil
	}
	return s.entity(one)
}

// entity is the place of an entity among the nodes, which may be in no quad.
func (s *search) entity(iri quad.IRI) (int32, error) {
	id, err := s.terms.Find(iri)
	if err != nil {
		return nothing, err
	}
	if id != term.None {
		return s.node(id)
	}
	if n := slices.IndexFunc(s.nodes, func(n node) bool { return n.id == term.None && n.iri == iri }); n >= 0 {
		return int32(n), nil
	}
	return s.add(id, iri), nil
}

// label is what a graph label says of its edges.
func (s *search) label(id term.ID) (l label, err error) {
	if id == s.last && id != term.None {
		return s.of, nil
	}
	l, known := s.labels[id]
	if !known {
		l.joins = true
		if id != term.None {
			value, err := s.terms.Value(id)
			if err != nil {
				return l, err
			}
			l.iri = read.IRI(value)
		}
		doubtful := s.doubtful[id]
		if !doubtful && s.allDoubtful && id != term.None {
			err = s.terms.Each(s.ctx, s.ofKind(id, s.sourceKind), func(term.Quad) (bool, error) {
				doubtful = true
				return false, nil
			})
		}
		if doubtful && err == nil {
			var claim quad.IRI
			l.joins, claim, err = s.g.Joins(s.ctx, l.iri)
			l.claim, l.asked = claim != "", true
		}
		if err != nil {
			return l, err
		}
		s.labels[id] = l
	}
	s.last, s.of = id, l
	return l, nil
}

// isClaim reports whether a label is a claim. Only of what is not plainly one the
// whole record is read.
func (s *search) isClaim(id term.ID) (bool, error) {
	l := s.labels[id]
	if l.asked {
		return l.claim, nil
	}
	if s.claimKind != term.None && s.annotated != term.None {
		err := s.terms.Each(s.ctx, s.ofKind(id, s.claimKind), func(term.Quad) (bool, error) {
			l.claim = true
			return false, nil
		})
		if err != nil {
			return false, err
		}
	}
	if l.claim {
		annotators := 0
		p := term.Pattern{Quad: term.Quad{term.Subject: id, term.Predicate: s.annotated}}
		err := s.terms.Each(s.ctx, p, func(q term.Quad) (bool, error) {
			value, err := s.terms.Value(q[term.Object])
			if l.claim = l.claim && read.IRI(value) != ""; l.claim {
				annotators++
			}
			return l.claim, err
		})
		if err != nil {
			return false, err
		}
		l.asked = l.claim && annotators > 0
	}
	if !l.asked {
		_, claim, err := s.g.Joins(s.ctx, l.iri)
		if err != nil {
			return false, err
		}
		l.claim, l.asked = claim != "", true
	}
	s.labels[id], s.of = l, l
	return l.claim, nil
}

// degree is how many quads a node has at either end.
func (s *search) degree(at int32) (int64, error) {
	n := &s.nodes[at]
	if n.degree > 0 || n.id == term.None {
		return n.degree, nil
	}
	for _, place := range []int{term.Subject, term.Object} {
		var p term.Pattern
		p.Quad[place] = n.id
		count, err := s.terms.Count(s.ctx, p)
		if err != nil {
			return 0, err
		}
		n.degree += count
	}
	return n.degree, nil
}

func (s *search) isHub(at int32) (bool, error) {
	if n := &s.nodes[at]; n.judged {
		return n.hub, nil
	}
	var kind quad.IRI
	var err error
	if id := s.nodes[at].id; id != term.None && s.kind != term.None {
		err = s.terms.Each(s.ctx, s.ofKind(id, term.None), func(q term.Quad) (bool, error) {
			n, err := s.node(q[term.Object])
			if err == nil {
				kind = s.nodes[n].iri
			}
			return false, err
		})
	}
	if err != nil {
		return false, err
	}
	hub, err := s.g.IsHub(s.ctx, kind, func() (int64, error) { return s.degree(at) })
	s.nodes[at].judged, s.nodes[at].hub = true, hub
	return hub, err
}
