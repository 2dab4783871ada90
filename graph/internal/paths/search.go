package paths

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
)

// search is a search under way.
type search struct {
	ctx      context.Context
	g        *Graph
	o        Options
	p        *PathList
	from, to int32 // the ends
	known    int   // entities whose neighbours were read
	hubs     bool  // this pass goes through hubs
	tried    int   // steps of walks

	terms read.Numbers
	nodes []visited
	slots slotPages // of entities
	links []listLink
	kinds map[term.ID]quad.IRI
	steps map[[2]int32][]PathStep
	text  []byte // of the term that was read last
	labelInfo

	kind, source, claim, annotated term.ID // of the schema's terms
	codes, codesEnd                term.ID // of its codes, but perhaps not of all
}

func newSearch(ctx context.Context, g *Graph, o Options, p *PathList) (*search, error) {
	terms, err := read.Of(g.R.QS).Numbers()
	if err != nil {
		return nil, err
	}
	s := &search{ctx: ctx, g: g, o: o, p: p, terms: terms, kinds: map[term.ID]quad.IRI{}, steps: map[[2]int32][]PathStep{},
		labelInfo: labelInfo{doubtful: map[term.ID]bool{}, joining: map[term.ID]bool{}, claims: map[term.ID]bool{}}}
	if err := s.begin(); err != nil {
		return nil, err
	}
	if s.from, err = s.entity(p.From); err == nil {
		s.to, err = s.entity(p.To)
	}
	return s, err
}

// pass searches for up to so many paths: those through no hub, or those through one.
func (s *search) pass(hubs bool, most int) error {
	s.hubs, s.tried = hubs, 0
	there, back := newReached(s.from), newReached(s.to)
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
		w := &walk{search: s, hops: hops, to: back, most: before + most}
		s.nodes[s.from].passed = true
		if err := w.from(s.from); err != nil {
			return err
		}
		if s.p.More = w.more; w.more || s.o.Paths == 0 && len(s.p.Paths) > before {
			break
		}
	}
	return nil
}

// distances is how far entities are from one end.
type distances struct {
	depths []int32 // and one more, by node; 0 of those that were not come to
	ring   []int32 // the entities at the largest distance
	far    int     // that distance
}

func newReached(from int32) *distances {
	r := &distances{ring: []int32{from}}
	r.set(from, 0)
	return r
}

func (r *distances) set(at int32, depth int) {
	if grow := int(at) + 1 - len(r.depths); grow > 0 {
		r.depths = append(r.depths, make([]int32, grow)...)
	}
	r.depths[at] = int32(depth) + 1
}

func (r *distances) depth(at int32) (depth int, seen bool) {
	if int(at) < len(r.depths) && r.depths[at] > 0 {
		return int(r.depths[at]) - 1, true
	}
	return 0, false
}

// meets reports whether the other one came to an entity at the largest distance.
func (r *distances) meets(other *distances) bool {
	return slices.ContainsFunc(r.ring, func(at int32) bool {
		_, met := other.depth(at)
		return met
	})
}

// atLeast is how far an entity is at least.
func (r *distances) atLeast(at int32) int {
	if depth, ok := r.depth(at); ok {
		return depth
	}
	if len(r.ring) == 0 {
		return nowhere
	}
	return r.far + 1
}

// cheaper is the side with fewer edges to read.
func (s *search) cheaper(there, back *distances) (*distances, error) {
	switch {
	case len(back.ring) == 0:
		return there, nil
	case len(there.ring) == 0:
		return back, nil
	case len(back.ring) < len(there.ring):
		limit, err := s.cost(back, nowhere)
		if err != nil {
			return nil, err
		}
		if cost, err := s.cost(there, limit); cost <= limit {
			return there, err
		}
		return back, nil
	}
	limit, err := s.cost(there, nowhere)
	if err != nil {
		return nil, err
	}
	if cost, err := s.cost(back, limit); cost < limit {
		return back, err
	}
	return there, nil
}

// cost is how many edges the entities at the largest distance have; beyond a limit it
// is not counted.
func (s *search) cost(r *distances, limit int64) (cost int64, err error) {
	for _, at := range r.ring {
		if s.nodes[at].known || s.nodes[at].id == term.None {
			continue
		}
		n, err := s.degree(at)
		if err != nil {
			return 0, err
		}
		if cost += 1 + n; cost > limit {
			break
		}
	}
	return cost, nil
}

// widen goes on to the entities that are one edge farther away.
func (s *search) widen(r *distances) error {
	var next []int32
	r.far++
	for _, at := range r.ring {
		if r.far > 1 && (at == s.from || at == s.to) {
			continue // no path goes on from the other end
		}
		steps, err := s.passing(at)
		if err != nil {
			return err
		}
		for _, to := range steps {
			if _, seen := r.depth(to); !seen {
				r.set(to, r.far)
				next = append(next, to)
			}
		}
	}
	r.ring = next
	return nil
}

// passes reports whether this pass goes on from an entity.
func (s *search) passes(at int32) (bool, error) {
	if at == s.from || at == s.to || s.hubs {
		return true, nil
	}
	hub, err := s.isHub(at)
	return !hub, err
}

// passing returns the entities that one leads to, none from a hub in a pass through no
// hub, and none once the bound on visited entities is reached.
func (s *search) passing(at int32) ([]int32, error) {
	passes, err := s.passes(at)
	if !passes || err != nil {
		return nil, err
	}
	if s.nodes[at].known {
		return s.nodes[at].leads, nil
	}
	if s.known >= s.o.Nodes {
		s.p.Cut = true
		return nil, nil
	}
	leads, err := s.neighbours(at)
	if err == nil {
		s.nodes[at].known, s.nodes[at].leads = true, leads
		s.known++
		for _, to := range leads {
			s.links = append(s.links, listLink{at, s.nodes[to].back})
			s.nodes[to].back = int32(len(s.links)) - 1
		}
	}
	return leads, err
}
