package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"
)

// PathOptions say which paths to look for.
type PathOptions struct {
	MaxHops    int        // edges of a path; 0 is 8
	Paths      int        // how many to return, longer ones too; 0 is the shortest alone, of these a dozen
	Nodes      int        // how many entities to look at; 0 is 20,000
	Through    quad.IRI   // a relation that a path must take; empty for any
	NotThrough []quad.IRI // entities that a path must not come through
	AsOf       string     // a day as YYYY-MM-DD: see excluded
	InOrder    bool       // no event of a path is before one that the path comes through earlier
}

// Paths are paths between two entities.
type Paths struct {
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
	Edge
	To     quad.IRI    // what stands for all that are joined to the edge's other end
	Quads  []quad.Quad // the edge under each of its labels
	Claims []*Claim    // all that state it, the surest first; none for a foreign edge
}

const (
	usualHops  = 8
	usualNodes = 20_000
	mostPaths  = 12      // of the shortest
	mostShared = 3       // of those through a hub, where there are others
	mostTried  = 1 << 20 // steps of walks that may become a path
	never      = 1 << 30 // the distance of what cannot be come to
)

// Paths finds paths between two entities over edges that claims state, or that
// other graphs have, in either direction: the shortest, or as many as asked for.
// Codes, such as "done", types and figures join nothing. Paths through a hub, which
// joins what has little to do with each other, are looked for last (see isHub).
//
// The search goes out from both ends, one distance after the other, on from the
// side that has come to fewer entities. What is known of distances to the end then
// prunes a walk from the start.
func (v *View) Paths(ctx context.Context, from, to quad.IRI, o PathOptions) (*Paths, error) {
	o.MaxHops, o.Nodes = cmp.Or(o.MaxHops, usualHops), cmp.Or(o.Nodes, usualNodes)
	p := &Paths{}
	for end, is := range map[*quad.IRI]quad.IRI{&p.From: from, &p.To: to} {
		one, err := v.Canonical(ctx, is)
		if err != nil {
			return nil, err
		}
		*end = iriOf(one)
	}
	if p.From == p.To {
		return p, nil
	}
	s := &pathSearch{ctx: ctx, v: v, o: o, p: p, known: map[quad.IRI][]Step{}, hub: map[quad.IRI]bool{}}
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

// pathSearch is a search under way.
type pathSearch struct {
	ctx   context.Context
	v     *View
	o     PathOptions
	p     *Paths
	known map[quad.IRI][]Step // where an entity leads
	hub   map[quad.IRI]bool
	hubs  bool // this pass goes through hubs
	tried int  // steps of walks
}

// pass looks for up to so many paths: those through no hub, or those through one.
func (s *pathSearch) pass(hubs bool, most int) error {
	s.hubs, s.tried = hubs, 0
	there, back := newReached(s.p.From), newReached(s.p.To)
	before, met := len(s.p.Paths), false
	for hops := 1; hops <= s.o.MaxHops && len(s.p.Paths)-before < most; hops++ {
		if there.far+back.far < hops {
			side := there
			if len(back.ring) > 0 && (len(there.ring) == 0 || len(back.ring) < len(there.ring)) {
				side = back
			}
			if err := s.widen(side); err != nil {
				return err
			}
		}
		if met = met || there.meets(back) || back.meets(there); !met {
			continue
		}
		w := &walk{pathSearch: s, hops: hops, to: back, most: before + most, seen: map[quad.IRI]bool{s.p.From: true}}
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
		return never
	}
	return r.far + 1
}

// widen goes on to the entities that are one edge farther away.
func (s *pathSearch) widen(r *reached) error {
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
		for _, step := range steps {
			if _, seen := r.depth[step.To]; !seen {
				r.depth[step.To] = r.far
				next = append(next, step.To)
			}
		}
	}
	r.ring = next
	return nil
}

// passing are the steps from an entity, none from a hub in a pass that goes through
// none, and none when as many entities were looked at as may be.
func (s *pathSearch) passing(at quad.IRI) ([]Step, error) {
	steps, known := s.known[at]
	isEnd := at == s.p.From || at == s.p.To
	if !isEnd && !s.hubs {
		hub, err := s.isHub(at)
		if hub || err != nil {
			return nil, err
		}
	}
	if known {
		return steps, nil
	}
	if len(s.known) >= s.o.Nodes {
		s.p.Cut = true
		return nil, nil
	}
	steps, err := s.steps(at)
	if err == nil {
		s.known[at] = steps
	}
	return steps, err
}

func (s *pathSearch) isHub(at quad.IRI) (bool, error) {
	if hub, known := s.hub[at]; known {
		return hub, nil
	}
	hub, err := s.v.isHub(s.ctx, at)
	s.hub[at] = hub
	return hub, err
}

// walk is the walks of one length from the start.
type walk struct {
	*pathSearch
	hops  int
	to    *reached
	most  int // paths, those of earlier passes and lengths included
	more  bool
	steps []Step
	seen  map[quad.IRI]bool
}

// from goes on from an entity in every way that can still come to the end in as
// many hops as there are to be.
func (w *walk) from(at quad.IRI) error {
	if at == w.p.To {
		return w.keep()
	}
	steps, err := w.passing(at)
	if err != nil {
		return err
	}
	for _, step := range steps {
		if w.tried++; w.tried > mostTried {
			w.p.Cut = true
			return nil
		}
		left := w.hops - len(w.steps) - 1
		if w.seen[step.To] || (step.To == w.p.To) != (left == 0) || w.to.atLeast(step.To) > left {
			continue
		}
		w.seen[step.To] = true
		w.steps = append(w.steps, step)
		err := w.from(step.To)
		w.steps = w.steps[:len(w.steps)-1]
		delete(w.seen, step.To)
		if err != nil || w.more {
			return err
		}
	}
	return nil
}

// keep takes the walk for a path, if it is one that was asked for.
func (w *walk) keep() error {
	path := Path{Steps: slices.Clone(w.steps)}
	for _, step := range path.Steps[:len(path.Steps)-1] {
		hub, err := w.isHub(step.To)
		if err != nil {
			return err
		}
		if hub {
			path.Hubs = append(path.Hubs, step.To)
		}
	}
	if w.hubs != (len(path.Hubs) > 0) {
		return nil // another pass's
	}
	through := func(s Step) bool { return s.Relation() == w.o.Through }
	if w.o.Through != "" && !slices.ContainsFunc(path.Steps, through) {
		return nil
	}
	if w.o.InOrder {
		if ordered, err := w.v.inOrder(w.ctx, path.Steps); !ordered || err != nil {
			return err
		}
	}
	if w.more = len(w.p.Paths) == w.most; !w.more {
		w.p.Paths = append(w.p.Paths, path)
	}
	return nil
}
