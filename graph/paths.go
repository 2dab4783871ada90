package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Reach bounds a search for paths.
type Reach struct {
	Hops  int // edges of a path
	Nodes int // entities looked at
	Paths int // paths returned
}

// Step is an edge of a path, seen from where the path comes, and the node that
// stands for all that are joined to its other end.
type Step struct {
	Edge
	To quad.IRI
}

// Paths are the shortest paths between two entities.
type Paths struct {
	From, To quad.IRI // the ends, or what stands for them and all that are joined to them
	Paths    [][]Step
	More     bool // there are more of that length than Reach.Paths
	Nodes    int  // how many entities were looked at
	Cut      bool // the search ended at Reach.Nodes and found none
}

// Paths finds the shortest paths between two entities over edges that claims
// state, in either direction. Codes, such as "done", and figures join nothing. It
// searches from both ends, one distance after the other, on from the side that
// has come to fewer entities.
func (v *View) Paths(ctx context.Context, from, to quad.IRI, max Reach) (*Paths, error) {
	ends := [2]quad.IRI{from, to}
	for i, end := range ends {
		one, err := v.Canonical(ctx, end)
		if err != nil {
			return nil, err
		}
		ends[i] = iriOf(one)
	}
	p := &Paths{From: ends[0], To: ends[1]}
	if ends[0] == ends[1] {
		return p, nil
	}
	there, back := newSearch(ends[0]), newSearch(ends[1])
	for hops := 0; hops < max.Hops && len(there.ring) > 0 && len(back.ring) > 0; hops++ {
		one, other := there, back
		if len(back.ring) < len(there.ring) {
			one, other = back, there
		}
		if err := one.widen(ctx, v); err != nil {
			return nil, err
		}
		if met := one.meets(other); len(met) > 0 {
			p.join(there, back, met, max.Paths)
			break
		}
		if p.Nodes = len(there.depth) + len(back.depth); p.Nodes > max.Nodes {
			p.Cut = true
			break
		}
	}
	p.Nodes = len(there.depth) + len(back.depth)
	return p, nil
}

// search is what is known from one end.
type search struct {
	depth  map[quad.IRI]int    // distance from the end
	before map[quad.IRI][]Step // the steps to an entity, each with where it comes from in To
	ring   []quad.IRI          // the entities at the largest distance, in order
	far    int                 // that distance
}

func newSearch(from quad.IRI) *search {
	return &search{depth: map[quad.IRI]int{from: 0}, before: map[quad.IRI][]Step{}, ring: []quad.IRI{from}}
}

// widen goes on to the entities that are one edge farther away.
func (s *search) widen(ctx context.Context, v *View) error {
	var next []quad.IRI
	s.far++
	for _, at := range s.ring {
		steps, err := v.steps(ctx, at)
		if err != nil {
			return err
		}
		for _, step := range steps {
			far, seen := s.depth[step.To]
			if seen && far < s.far {
				continue
			}
			if !seen {
				s.depth[step.To] = s.far
				next = append(next, step.To)
			}
			s.before[step.To] = append(s.before[step.To], Step{step.Edge, at})
		}
	}
	slices.Sort(next)
	s.ring = next
	return nil
}

// meets lists the entities at the largest distance that the other search has come
// to. All are at the largest distance there, too: one that is nearer would have
// been met from a nearer one here before.
func (s *search) meets(other *search) (met []quad.IRI) {
	for _, at := range s.ring {
		if _, ok := other.depth[at]; ok {
			met = append(met, at)
		}
	}
	return met
}

// join makes the paths that go through the entities where two searches met.
func (p *Paths) join(there, back *search, met []quad.IRI, most int) {
	for _, at := range met {
		for first := range there.ways(at) {
			for rest := range back.ways(at) {
				if len(p.Paths) == most {
					p.More = true
					return
				}
				p.Paths = append(p.Paths, append(reversed(first, at), rest...))
			}
		}
	}
}

// ways ranges over the ways from an entity back to where the search began, each
// step with where it leads.
func (s *search) ways(at quad.IRI) func(yield func([]Step) bool) {
	return func(yield func([]Step) bool) {
		var walk func(at quad.IRI, way []Step) bool
		walk = func(at quad.IRI, way []Step) bool {
			if s.depth[at] == 0 {
				return yield(slices.Clone(way))
			}
			for _, step := range s.before[at] {
				step.Out = !step.Out
				if !walk(step.To, append(way, step)) {
					return false
				}
			}
			return true
		}
		walk(at, nil)
	}
}

// reversed is a way walked from its end to at.
func reversed(way []Step, at quad.IRI) []Step {
	list := make([]Step, len(way))
	for i, step := range way {
		to := at
		if i > 0 {
			to = way[i-1].To
		}
		step.Out = !step.Out
		list[len(way)-1-i] = Step{step.Edge, to}
	}
	return list
}

// steps lists where edges of claims lead from an entity and from those that are
// joined to it, one for each edge: of the claims for the same edge the surest.
func (v *View) steps(ctx context.Context, at quad.IRI) ([]Step, error) {
	class, err := v.Class(ctx, at)
	if err != nil {
		return nil, err
	}
	var list []Step
	for _, node := range class {
		for _, p := range []quad.Quad{{Subject: node}, {Object: node}} {
			for q, err := range v.Each(ctx, p) {
				if err != nil {
					return nil, err
				}
				step, ok, err := v.step(ctx, Edge{Quad: q, Out: p.Subject != nil})
				if err != nil {
					return nil, err
				}
				if ok {
					list = append(list, step)
				}
			}
		}
	}
	slices.SortFunc(list, compareSteps)
	return slices.CompactFunc(list, func(a, b Step) bool { return tripleOf(a.Quad) == tripleOf(b.Quad) }), nil
}

// step is the edge as a step, if it joins two entities and a claim states it.
func (v *View) step(ctx context.Context, e Edge) (Step, bool, error) {
	other, ok := e.Other().(quad.IRI)
	if !ok || e.Quad.Subject == e.Quad.Object || schema.OfOntology(other) {
		return Step{}, false, nil
	}
	c, err := v.Claim(ctx, iriOf(e.Quad.Label))
	if err != nil || c == nil || schema.Under(other, c.IRI) {
		return Step{}, false, err
	}
	e.Claim = c
	to, err := v.Canonical(ctx, other)
	return Step{e, iriOf(to)}, err == nil, err
}

func compareSteps(a, b Step) int {
	return cmp.Or(cmp.Compare(a.To, b.To), compareTriples(tripleOf(a.Quad), tripleOf(b.Quad)), CompareSure(a.Claim, b.Claim))
}

// CompareSure orders claims, the surest first: by stance, a derived one, which has
// none, after those that somebody asserts; then those without a hedge; then by
// place and IRI.
func CompareSure(a, b *Claim) int {
	return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.Hedge, b.Hedge), cmp.Compare(a.Start, b.Start), cmp.Compare(a.IRI, b.IRI))
}

func (c *Claim) rank() int {
	if c.Speaker == "" {
		return 1
	}
	return 2 * slices.Index(schema.Stances, c.Stance)
}
