package paths

import (
	"cmp"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// reads is what a search read of the edges, by the keys of refs: what many edges
// have is read once.
type reads struct {
	ends   map[any]pathEnd
	refs   map[quad.IRI]cayley.Ref
	labels map[any]label
	steps  map[[2]quad.IRI][]Step
}

// pathEnd is a node that an edge leads to, and what stands for it and all that are
// joined to it; that is empty if no path comes there.
type pathEnd struct{ node, to quad.IRI }

// label is what a graph label says of its edges: whether they join entities, and the
// claim that it is, if it is one.
type label struct {
	joins bool
	claim quad.IRI
}

// neighbours lists the entities that one leads to, in order, by its own edges and
// those of what is joined to it; none that a path must not come through, and none
// from an event that its dates exclude. Of an edge it reads no more than it must.
func (s *search) neighbours(at quad.IRI) (list []quad.IRI, err error) {
	excluded, err := s.g.Excluded(s.ctx, at, s.o.AsOf)
	if err != nil || excluded {
		return nil, err
	}
	class, err := s.g.Class(s.ctx, at)
	if err != nil {
		return nil, err
	}
	kind, err := s.qs.ValueOf(schema.Type)
	if err != nil {
		return nil, err
	}
	for _, node := range class {
		ref, err := s.ref(node)
		if err != nil {
			return nil, err
		}
		for _, d := range []quad.Direction{quad.Subject, quad.Object} {
			if ref == nil {
				break
			}
			for q, err := range read.Refs(s.ctx, s.qs.QuadIterator(d, ref)) {
				if err != nil {
					return nil, err
				}
				if len(list) > s.o.Nodes {
					s.p.Cut = true
					break
				}
				to, err := s.leadsTo(q, d, ref, kind)
				if err != nil {
					return nil, err
				}
				if to != "" {
					list = append(list, to)
				}
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// leadsTo is the entity that an edge joins to the one at d, empty if it joins none:
// if no claim states it, and no other graph. What a source or an ontology says of a
// thing itself, such as its kind, joins nothing.
func (s *search) leadsTo(q cayley.Ref, d quad.Direction, at, kind cayley.Ref) (quad.IRI, error) {
	other := quad.Subject
	if d == quad.Subject {
		other = quad.Object
	}
	relation, err := s.qs.QuadDirection(q, quad.Predicate)
	if err != nil || kind != nil && refs.ToKey(relation) == refs.ToKey(kind) {
		return "", err
	}
	ref, err := s.qs.QuadDirection(q, other)
	if err != nil || refs.ToKey(ref) == refs.ToKey(at) {
		return "", err
	}
	end, err := s.end(ref)
	if err != nil || end.to == "" {
		return "", err
	}
	ref, err = s.qs.QuadDirection(q, quad.Label)
	if err != nil {
		return "", err
	}
	label, err := s.label(ref)
	if err != nil || !label.joins || label.claim != "" && schema.IRI(end.node).Under(label.claim) {
		return "", err
	}
	return end.to, nil
}

// ref is that of an entity, nil if the graph does not have it.
func (s *search) ref(entity quad.IRI) (cayley.Ref, error) {
	if ref, known := s.refs[entity]; known {
		return ref, nil
	}
	return s.qs.ValueOf(entity)
}

func (s *search) end(ref cayley.Ref) (end pathEnd, err error) {
	key := refs.ToKey(ref)
	if end, known := s.ends[key]; known {
		return end, nil
	}
	value, err := s.qs.NameOf(ref)
	if err != nil {
		return end, err
	}
	if end.node = read.IRI(value); end.node != "" && !schema.IRI(end.node).OfOntology() {
		one, err := s.g.Canonical(s.ctx, end.node)
		if err != nil {
			return end, err
		}
		end.to = read.IRI(one)
		out, err := s.g.Excluded(s.ctx, end.to, s.o.AsOf)
		if err != nil {
			return end, err
		}
		if out || slices.Contains(s.o.NotThrough, end.node) || slices.Contains(s.o.NotThrough, end.to) {
			end.to = ""
		}
	}
	s.ends[key] = end
	if end.node != "" {
		s.refs[end.node] = ref
	}
	return end, nil
}

func (s *search) label(ref cayley.Ref) (l label, err error) {
	var key any
	if ref != nil {
		key = refs.ToKey(ref)
	}
	if l, known := s.labels[key]; known {
		return l, nil
	}
	var name quad.IRI
	if ref != nil {
		value, err := s.qs.NameOf(ref)
		if err != nil {
			return l, err
		}
		name = read.IRI(value)
	}
	if l.joins, l.claim, err = s.g.Joins(s.ctx, name); err == nil {
		s.labels[key] = l
	}
	return l, err
}

// stepsTo lists the steps from an entity to one that it leads to, one for each edge.
func (s *search) stepsTo(at, to quad.IRI) ([]Step, error) {
	if steps, known := s.steps[[2]quad.IRI{at, to}]; known {
		return steps, nil
	}
	from, err := s.g.Class(s.ctx, at)
	if err != nil {
		return nil, err
	}
	others, err := s.g.Class(s.ctx, to)
	if err != nil {
		return nil, err
	}
	var list []Step
	for _, node := range from {
		for _, other := range others {
			for _, p := range []quad.Quad{{Subject: node, Object: other}, {Subject: other, Object: node}} {
				for q, err := range s.g.Each(s.ctx, p) {
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
	list = s.together(list)
	s.steps[[2]quad.IRI{at, to}] = list
	return list, nil
}

// together makes one step of those for one edge.
func (s *search) together(list []Step) []Step {
	slices.SortFunc(list, func(a, b Step) int {
		return cmp.Or(cmp.Compare(a.To, b.To), read.CompareTriples(a.Quad, b.Quad), s.g.Surer(a.Quad, b.Quad),
			cmp.Compare(term.TextOf(a.Quad.Label), term.TextOf(b.Quad.Label)))
	})
	var steps []Step
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
func (s *search) step(q quad.Quad, out bool, to quad.IRI) (Step, bool, error) {
	other := read.IRI(q.Subject)
	if out {
		other = read.IRI(q.Object)
	}
	if q.Subject == q.Object || q.Predicate == quad.Value(schema.Type) || slices.Contains(s.o.NotThrough, other) {
		return Step{}, false, nil
	}
	joins, claim, err := s.g.Joins(s.ctx, read.IRI(q.Label))
	if err != nil || !joins || claim != "" && schema.IRI(other).Under(claim) {
		return Step{}, false, err
	}
	return Step{Quad: q, Out: out, To: to}, true, nil
}
