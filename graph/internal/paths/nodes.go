package paths

import (
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// visited is an entity that the search reached.
type visited struct {
	id     term.ID // term.None of one that no quad has
	iri    quad.IRI
	to     int32 // the representative of all entities joined to it; nothing if no path leads there
	known  bool  // its neighbours were read:
	leads  []int32
	back   int32 // the last of the links from those known that lead to it
	passed bool  // by the walk
	judged bool  // hub is known
	hub    bool
	degree int64 // 0 if it is not known
}

const nothing = -1

// listLink is one of a list of nodes.
type listLink struct{ at, next int32 }

// slotPages maps terms to positions of nodes plus one, in pages of 64: a map would take a
// tenth of a search.
type slotPages []*[64]int32

func (p slotPages) of(id term.ID) (n int32, known bool) {
	if page := int(id / 64); page < len(p) && p[page] != nil {
		n = p[page][id%64]
	}
	return n - 1, n > 0
}

func (p *slotPages) set(id term.ID, n int32) {
	page := int(id / 64)
	if grow := page + 1 - len(*p); grow > 0 {
		*p = append(*p, make(slotPages, grow)...)
	}
	if (*p)[page] == nil {
		(*p)[page] = new([64]int32)
	}
	(*p)[page][id%64] = n + 1
}

// node returns the position of an IRI among the nodes.
func (s *search) node(id term.ID, iri quad.IRI) (int32, error) {
	if n, known := s.slots.of(id); known {
		return n, nil
	}
	n := s.add(id, iri)
	to, err := s.comesTo(iri, n)
	s.nodes[n].to = to
	return n, err
}

func (s *search) add(id term.ID, iri quad.IRI) int32 {
	n := int32(len(s.nodes))
	s.nodes = append(s.nodes, visited{id: id, iri: iri, to: nothing, back: nothing})
	if id != term.None {
		s.slots.set(id, n)
	}
	return n
}

// comesTo returns the representative of an entity; nothing if no path leads there.
func (s *search) comesTo(iri quad.IRI, n int32) (int32, error) {
	if schema.IRI(iri).OfOntology() {
		return nothing, nil
	}
	one := read.IRI(s.g.Joins.Canonical(iri))
	if slices.Contains(s.o.NotThrough, iri) || slices.Contains(s.o.NotThrough, one) {
		return nothing, nil
	}
	if s.o.AsOf != "" {
		out, err := s.g.Events.Excluded(s.ctx, one, s.o.AsOf)
		if out || err != nil {
			return nothing, err
		}
	}
	if one == iri {
		return n, nil
	}
	return s.entity(one)
}

// entity returns the position of an entity among the nodes, which may be in no quad.
func (s *search) entity(iri quad.IRI) (int32, error) {
	id, err := s.terms.Find(iri)
	if err != nil {
		return nothing, err
	}
	if id != term.None {
		return s.node(id, iri)
	}
	if n := slices.IndexFunc(s.nodes, func(n visited) bool { return n.id == term.None && n.iri == iri }); n >= 0 {
		return int32(n), nil
	}
	return s.add(id, iri), nil
}

// inOrder orders nodes by their IRIs.
func (s *search) inOrder(a, b int32) int {
	if a == b {
		return 0
	}
	return cmp.Compare(s.nodes[a].iri, s.nodes[b].iri)
}

// ofKind are the quads by which something is of a kind.
func (s *search) ofKind(id, kind term.ID) (p term.Pattern) {
	p.Quad = term.Quad{term.Subject: id, term.Predicate: s.kind, term.Object: kind}
	return p
}

// degree is how many quads a node has at either end.
func (s *search) degree(at int32) (int64, error) {
	n := &s.nodes[at]
	if n.degree > 0 || n.id == term.None {
		return n.degree, nil
	}
	for _, position := range []int{term.Subject, term.Object} {
		var p term.Pattern
		p.Quad[position] = n.id
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
	kind, err := s.kindOf(s.nodes[at].id)
	if err != nil {
		return false, err
	}
	hub, err := s.g.Hubs.is(s.ctx, kind, func() (int64, error) { return s.degree(at) })
	s.nodes[at].judged, s.nodes[at].hub = true, hub
	return hub, err
}

// kindOf is the kind of a node, empty for none.
func (s *search) kindOf(id term.ID) (quad.IRI, error) {
	if id == term.None || s.kind == term.None {
		return "", nil
	}
	kind := term.None
	err := s.terms.Each(s.ctx, s.ofKind(id, term.None), func(q term.Quad) (bool, error) {
		kind = q[term.Object]
		return false, nil
	})
	if kind == term.None || err != nil {
		return "", err
	}
	iri, known := s.kinds[kind]
	if !known {
		text, err := s.terms.AppendIRI(nil, kind)
		if err != nil {
			return "", err
		}
		iri = quad.IRI(text)
		s.kinds[kind] = iri
	}
	return iri, nil
}
