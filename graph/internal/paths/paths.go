// Package paths finds paths between two things over the edges of a graph that join
// things. What a claim is, which nodes are one and what is a hub it is told.
package paths

import (
	"cmp"
	"context"
	"iter"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
)

// Graph is what a search asks of a graph.
type Graph interface {
	// Canonical is what stands for all that are joined to a node, and Class are these.
	Canonical(ctx context.Context, value quad.Value) (quad.Value, error)
	Class(ctx context.Context, node quad.IRI) ([]quad.IRI, error)
	// Each ranges over the quads that match p.
	Each(ctx context.Context, p quad.Quad) iter.Seq2[quad.Quad, error]
	// Joins reports whether the edges under a label join things, and the claim that the
	// label is, if it is one.
	Joins(ctx context.Context, label quad.IRI) (joins bool, claim quad.IRI, err error)
	// Surer orders quads under labels that Joins was asked for, the surest first.
	Surer(a, b quad.Quad) int
	IsHub(ctx context.Context, node quad.IRI) (bool, error)
	Degree(ctx context.Context, node cayley.Ref) (int64, error)
	// Excluded reports whether the dates of an event keep it from what was so on a day,
	// and InOrder whether none is before one that comes earlier.
	Excluded(ctx context.Context, event quad.IRI, day string) (bool, error)
	InOrder(ctx context.Context, events []quad.IRI) (bool, error)
}

// Options say which paths to look for: see PathOptions of package graph.
type Options struct {
	MaxHops    int        // edges of a path; 0 is 8
	Paths      int        // how many to return, longer ones too; 0 is the shortest alone, of these a dozen
	Nodes      int        // how many entities to look at; 0 is 20,000
	Through    quad.IRI   // a relation that a path must take; empty for any
	NotThrough []quad.IRI // entities that a path must not come through
	AsOf       string     // a day as YYYY-MM-DD: see Graph.Excluded
	InOrder    bool       // no event of a path is before one that the path comes through earlier
}

// Found are paths between two entities.
type Found struct {
	From, To quad.IRI // the ends, or what stands for them and all that are joined to them
	Paths    []Path   // those through no hub first, then the shortest first
	More     bool     // there are more of the last one's length
	Nodes    int      // how many entities were looked at
	Cut      bool     // the search ended before all paths within the hops were looked at
}

// Path is the steps of a path, no entity twice, and the hubs between its ends.
type Path struct {
	Steps []Step
	Hubs  []quad.IRI
}

// Step is an edge of a path, seen from where the path comes.
type Step struct {
	Quad  quad.Quad
	Out   bool        // the path comes from the subject
	To    quad.IRI    // what stands for all that are joined to the edge's other end
	Quads []quad.Quad // the edge under each of its labels, the surest first
}

const (
	usualHops  = 8
	usualNodes = 20_000
	mostPaths  = 12      // of the shortest
	mostShared = 3       // of those through a hub, where there are others
	mostTried  = 1 << 20 // steps of walks that may become a path
	nowhere    = 1 << 30 // the distance of what cannot be come to
)

// Find finds paths between two entities of a graph over edges that claims state, or that
// other graphs have, in either direction: the shortest, or as many as asked for.
// Codes, such as "done", types and figures join nothing. Paths through a hub, which
// joins what has little to do with each other, are looked for last.
//
// The search goes out from both ends, one distance after the other, on from the
// side with fewer edges to read. What is known of distances to the end then prunes a
// walk from the start, which reads nothing more: what the end's side came to, it came
// to by edges that lead on to the end. Package shortest, Yen's algorithm, is not for
// this: all paths of one length are asked for, of which some are left out, and it
// makes a search of its own for each.
func Find(ctx context.Context, g Graph, qs cayley.QuadStore, from, to quad.IRI, o Options) (*Found, error) {
	o.MaxHops, o.Nodes = cmp.Or(o.MaxHops, usualHops), cmp.Or(o.Nodes, usualNodes)
	p := &Found{}
	for end, is := range map[*quad.IRI]quad.IRI{&p.From: from, &p.To: to} {
		one, err := g.Canonical(ctx, is)
		if err != nil {
			return nil, err
		}
		*end = read.IRI(one)
	}
	if p.From == p.To {
		return p, nil
	}
	s := newSearch(ctx, g, qs, o, p)
	if err := s.pass(false, cmp.Or(o.Paths, mostPaths)); err != nil {
		return nil, err
	}
	room := mostShared
	if o.Paths > 0 {
		room = o.Paths - len(p.Paths)
	} else if len(p.Paths) == 0 {
		room = mostPaths
	}
	if err := s.pass(true, room); err != nil {
		return nil, err
	}
	p.Nodes = len(s.known)
	return p, nil
}

// search is a search under way.
type search struct {
	ctx   context.Context
	g     Graph
	qs    cayley.QuadStore // of g
	o     Options
	p     *Found
	known map[quad.IRI][]quad.IRI // where an entity leads, in order
	back  map[quad.IRI][]quad.IRI // which entities of those known lead to one
	hub   map[quad.IRI]bool
	hubs  bool // this pass goes through hubs
	tried int  // steps of walks
	reads      // what was read of the edges
}

func newSearch(ctx context.Context, g Graph, qs cayley.QuadStore, o Options, p *Found) *search {
	return &search{ctx: ctx, g: g, qs: qs, o: o, p: p, known: map[quad.IRI][]quad.IRI{}, back: map[quad.IRI][]quad.IRI{}, hub: map[quad.IRI]bool{},
		reads: reads{ends: map[any]pathEnd{}, refs: map[quad.IRI]cayley.Ref{}, labels: map[any]label{}, steps: map[[2]quad.IRI][]Step{}}}
}

// pass looks for up to so many paths: those through no hub, or those through one.
func (s *search) pass(hubs bool, most int) error {
	s.hubs, s.tried = hubs, 0
	there, back := newReached(s.p.From), newReached(s.p.To)
	before, met := len(s.p.Paths), false
	for hops := 1; hops <= s.o.MaxHops && len(s.p.Paths)-before < most; hops++ {
		if there.far+back.far < hops {
			side, err := s.cheaper(there, back)
			if err == nil {
				err = s.widen(side)
			}
			if err != nil {
				return err
			}
		}
		if met = met || there.meets(back) || back.meets(there); !met {
			continue
		}
		w := &walk{search: s, hops: hops, to: back, most: before + most, seen: map[quad.IRI]bool{s.p.From: true}}
		if err := w.from(s.p.From); err != nil {
			return err
		}
		if s.p.More = w.more; w.more || s.o.Paths == 0 && len(s.p.Paths) > before {
			break
		}
	}
	return nil
}

// reached is how far entities are from one end.
type reached struct {
	depth map[quad.IRI]int
	ring  []quad.IRI // the entities at the largest distance
	far   int        // that distance
}

func newReached(from quad.IRI) *reached {
	return &reached{depth: map[quad.IRI]int{from: 0}, ring: []quad.IRI{from}}
}

// meets reports whether the other one came to an entity at the largest distance.
func (r *reached) meets(other *reached) bool {
	return slices.ContainsFunc(r.ring, func(at quad.IRI) bool {
		_, met := other.depth[at]
		return met
	})
}

// atLeast is how far an entity is at least.
func (r *reached) atLeast(at quad.IRI) int {
	if depth, ok := r.depth[at]; ok {
		return depth
	}
	if len(r.ring) == 0 {
		return nowhere
	}
	return r.far + 1
}

// cheaper is the side with fewer edges to read.
func (s *search) cheaper(there, back *reached) (*reached, error) {
	switch {
	case len(back.ring) == 0:
		return there, nil
	case len(there.ring) == 0:
		return back, nil
	}
	a, err := s.cost(there)
	if err != nil {
		return nil, err
	}
	b, err := s.cost(back)
	if b < a {
		return back, err
	}
	return there, err
}

// cost is how many edges the entities at the largest distance have.
func (s *search) cost(r *reached) (int64, error) {
	cost := int64(0)
	for _, at := range r.ring {
		if _, known := s.known[at]; known {
			continue
		}
		ref, err := s.ref(at)
		if err != nil || ref == nil {
			return cost, err
		}
		n, err := s.g.Degree(s.ctx, ref)
		if err != nil {
			return 0, err
		}
		cost += 1 + n
	}
	return cost, nil
}

// widen goes on to the entities that are one edge farther away.
func (s *search) widen(r *reached) error {
	var next []quad.IRI
	r.far++
	for _, at := range r.ring {
		if r.far > 1 && (at == s.p.From || at == s.p.To) {
			continue // no path goes on from the other end
		}
		steps, err := s.passing(at)
		if err != nil {
			return err
		}
		for _, to := range steps {
			if _, seen := r.depth[to]; !seen {
				r.depth[to] = r.far
				next = append(next, to)
			}
		}
	}
	r.ring = next
	return nil
}

// passes reports whether this pass goes on from an entity.
func (s *search) passes(at quad.IRI) (bool, error) {
	if at == s.p.From || at == s.p.To || s.hubs {
		return true, nil
	}
	hub, err := s.isHub(at)
	return !hub, err
}

// passing are the entities that one leads to, none from a hub in a pass that goes
// through none, and none when as many entities were looked at as may be.
func (s *search) passing(at quad.IRI) ([]quad.IRI, error) {
	passes, err := s.passes(at)
	if !passes || err != nil {
		return nil, err
	}
	leads, known := s.known[at]
	if known {
		return leads, nil
	}
	if len(s.known) >= s.o.Nodes {
		s.p.Cut = true
		return nil, nil
	}
	leads, err = s.neighbours(at)
	if err == nil {
		s.known[at] = leads
		for _, to := range leads {
			s.back[to] = append(s.back[to], at)
		}
	}
	return leads, err
}

func (s *search) isHub(at quad.IRI) (bool, error) {
	if hub, known := s.hub[at]; known {
		return hub, nil
	}
	hub, err := s.g.IsHub(s.ctx, at)
	s.hub[at] = hub
	return hub, err
}
