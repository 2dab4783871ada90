package paths

import (
	"slices"

	"github.com/cayleygraph/quad"
)

// walk is the walks of one length from the start.
type walk struct {
	*search
	hops  int
	to    *distances
	most  int // paths, those of earlier passes and lengths included
	more  bool
	nodes []int32 // so far, without the start
}

// from goes on from an entity in every way that can still come to the end in as
// many hops as there are to be.
func (w *walk) from(at int32) error {
	if at == w.search.to {
		return w.keep()
	}
	leads, err := w.leads(at)
	if err != nil {
		return err
	}
	for _, to := range leads {
		if w.tried++; w.tried > mostTried {
			w.p.Cut = true
			return nil
		}
		left := w.hops - len(w.nodes) - 1
		if w.search.nodes[to].passed || (to == w.search.to) != (left == 0) || w.to.atLeast(to) > left {
			continue
		}
		w.search.nodes[to].passed = true
		w.nodes = append(w.nodes, to)
		err := w.from(to)
		w.nodes = w.nodes[:len(w.nodes)-1]
		w.search.nodes[to].passed = false
		if err != nil || w.more {
			return err
		}
	}
	return nil
}

// leads are the entities that the walk can go on to, in order. An entity that
// neither side has read is so near to the end that all that lead on were read by the
// end's side.
func (w *walk) leads(at int32) ([]int32, error) {
	passes, err := w.passes(at)
	if !passes || err != nil {
		return nil, err
	}
	n := &w.search.nodes[at]
	if n.known {
		return n.leads, nil
	}
	var leads []int32
	for l := n.back; l != nothing; l = w.links[l].next {
		leads = append(leads, w.links[l].at)
	}
	slices.SortFunc(leads, w.inOrder)
	return leads, nil
}

// keep takes the walk for a path, if it is one that was asked for: for one path for
// each choice among edges that lead to the same entity.
func (w *walk) keep() error {
	hubs, err := w.between()
	if err != nil || w.hubs != (len(hubs) > 0) {
		return err // another pass's
	}
	path := Path{Hubs: hubs}
	return w.choose(w.search.from, w.nodes, &path)
}

// between are the hubs between the ends.
func (w *walk) between() (hubs []quad.IRI, err error) {
	for _, at := range w.nodes[:len(w.nodes)-1] {
		hub, err := w.isHub(at)
		if err != nil {
			return nil, err
		}
		if hub {
			hubs = append(hubs, w.search.nodes[at].iri)
		}
	}
	return hubs, nil
}

// choose goes on with every edge that leads from an entity to the next.
func (w *walk) choose(at int32, nodes []int32, path *Path) error {
	if len(nodes) == 0 {
		return w.take(*path)
	}
	steps, err := w.stepsTo(at, nodes[0])
	if err != nil {
		return err
	}
	for _, step := range steps {
		path.Steps = append(path.Steps, step)
		err := w.choose(nodes[0], nodes[1:], path)
		path.Steps = path.Steps[:len(path.Steps)-1]
		if err != nil || w.more {
			return err
		}
	}
	return nil
}

// take adds the path, if it is of the relation and the order asked for.
func (w *walk) take(path Path) error {
	through := func(s PathStep) bool { return s.Quad.Predicate == quad.Value(w.o.Through) }
	if w.o.Through != "" && !slices.ContainsFunc(path.Steps, through) {
		return nil
	}
	if w.o.InOrder {
		var events []quad.IRI
		for _, at := range w.nodes {
			events = append(events, w.search.nodes[at].iri)
		}
		if ordered, err := w.g.Events.InOrder(w.ctx, events); !ordered || err != nil {
			return err
		}
	}
	if w.more = len(w.p.Paths) == w.most; !w.more {
		path.Steps = slices.Clone(path.Steps)
		w.p.Paths = append(w.p.Paths, path)
	}
	return nil
}
