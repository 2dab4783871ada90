package paths

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// neighbours returns the entities that one leads to, in order, by its own edges and those
// of nodes joined to it; none that a path must not pass, and none from an event that its
// dates exclude. It reads no more of an edge than it must.
func (s *search) neighbours(at int32) (list []int32, err error) {
	iri := s.nodes[at].iri
	if s.o.AsOf != "" {
		excluded, err := s.g.Events.Excluded(s.ctx, iri, s.o.AsOf)
		if err != nil || excluded {
			return nil, err
		}
	}
	class, err := s.g.class(s.ctx, iri)
	if err != nil {
		return nil, err
	}
	for i, member := range class {
		id := s.nodes[at].id
		if i > 0 {
			if id, err = s.terms.Find(member); err != nil {
				return nil, err
			}
		}
		if id == term.None {
			continue
		}
		for _, side := range [2][2]int{{term.Subject, term.Object}, {term.Object, term.Subject}} {
			var p term.Pattern
			p.Quad[side[0]] = id
			err := s.terms.Each(s.ctx, p, func(q term.Quad) (bool, error) {
				if len(list) > s.o.Nodes {
					s.p.Cut = true
					return false, nil
				}
				to, err := s.leadsTo(q, side[1], id)
				if to != nothing && err == nil {
					list = append(list, to)
				}
				return true, err
			})
			if err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(list, s.inOrder)
	return slices.Compact(list), nil
}

// leadsTo returns the entity at one position of an edge of a node, nothing if the edge
// joins none: if no claim states it, and no other graph. Statements of a source or an
// ontology about an entity itself, such as its kind, join nothing.
func (s *search) leadsTo(q term.Quad, other int, at term.ID) (n int32, err error) {
	id := q[other]
	if q[term.Predicate] == s.kind || id == at || s.codes <= id && id < s.codesEnd {
		return nothing, nil
	}
	n, known := s.slots.of(id)
	if known && s.nodes[n].to == nothing {
		return nothing, nil
	}
	if !known {
		if is, err := s.terms.IsIRI(id); !is || err != nil {
			return nothing, err
		}
	}
	if joins, err := s.joins(q[term.Label]); !joins || err != nil {
		return nothing, err
	}
	if !known {
		if s.text, err = s.terms.AppendIRI(s.text[:0], id); err != nil {
			return nothing, err
		}
	}
	if part, err := s.isPart(n, known, q[term.Label]); part || err != nil {
		return nothing, err
	}
	if !known {
		if n, err = s.node(id, quad.IRI(s.text)); err != nil {
			return nothing, err
		}
	}
	return s.nodes[n].to, nil
}

// isPart reports whether a node, or the term that was read last, is a part of the claim
// that its edge's label is.
func (s *search) isPart(n int32, known bool, label term.ID) (bool, error) {
	if label == term.None {
		return false, nil
	}
	root, err := s.rootOf(label)
	if err != nil {
		return false, err
	}
	under := false
	if known {
		iri := s.nodes[n].iri
		under = len(iri) > len(root) && string(iri[:len(root)]) == string(root)
	} else {
		under = bytes.HasPrefix(s.text, root)
	}
	if !under {
		return false, nil
	}
	return s.isClaim(label)
}

// stepsTo lists the steps from an entity to one that it leads to, one for each edge.
func (s *search) stepsTo(from, to int32) ([]PathStep, error) {
	key := [2]int32{from, to}
	if steps, known := s.steps[key]; known {
		return steps, nil
	}
	list, err := s.stepsBetween(s.nodes[from].iri, s.nodes[to].iri)
	if err == nil {
		s.steps[key] = list
	}
	return list, err
}

func (s *search) stepsBetween(at, to quad.IRI) ([]PathStep, error) {
	from, err := s.g.class(s.ctx, at)
	if err != nil {
		return nil, err
	}
	others, err := s.g.class(s.ctx, to)
	if err != nil {
		return nil, err
	}
	var list []PathStep
	for _, node := range from {
		for _, other := range others {
			for _, p := range []quad.Quad{{Subject: node, Object: other}, {Subject: other, Object: node}} {
				for q, err := range s.g.R.Each(s.ctx, p) {
					if err != nil {
						return nil, err
					}
					step, ok, err := s.step(q, q.Subject == quad.Value(node), to)
					if err != nil {
						return nil, err
					}
					if ok {
						list = append(list, step)
					}
				}
			}
		}
	}
	return s.together(list), nil
}

// together makes one step of those for one edge.
func (s *search) together(list []PathStep) []PathStep {
	slices.SortFunc(list, func(a, b PathStep) int {
		return cmp.Or(cmp.Compare(a.To, b.To), read.CompareTriples(a.Quad, b.Quad), s.g.surer(a.Quad, b.Quad),
			cmp.Compare(term.TextOf(a.Quad.Label), term.TextOf(b.Quad.Label)))
	})
	var steps []PathStep
	for _, step := range list {
		last := len(steps) - 1
		if last < 0 || read.CompareTriples(steps[last].Quad, step.Quad) != 0 {
			steps = append(steps, step)
			last++
		}
		steps[last].Quads = append(steps[last].Quads, step.Quad)
	}
	return steps
}

// step is an edge as a step, if it joins two entities: see leadsTo.
func (s *search) step(q quad.Quad, out bool, to quad.IRI) (PathStep, bool, error) {
	other := read.IRI(q.Subject)
	if out {
		other = read.IRI(q.Object)
	}
	if q.Subject == q.Object || q.Predicate == quad.Value(schema.Type) || slices.Contains(s.o.NotThrough, other) {
		return PathStep{}, false, nil
	}
	label := read.IRI(q.Label)
	joins, claim, err := s.g.joins(s.ctx, label)
	if err != nil || !joins || claim && schema.IRI(other).Under(label) {
		return PathStep{}, false, err
	}
	return PathStep{Quad: q, Out: out, To: to}, true, nil
}
