package paths

import (
	"context"
	"slices"
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/naming"
	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// hubKinds are the kinds of entities with which so many others have an edge that a path
// through one explains little: two people of one country, or two deeds in one city, need
// not be related. A smaller place, such as a street or a shipyard, may relate them.
var hubKinds = []string{"Country", "Region", "City", "Occupation"}

// Hubs of other graphs, which do not have kg's kinds, are the thousandth of the nodes with
// the most edges, if they have more than a hundred.
const (
	leastHub  = 100
	hubShare  = 1000
	hubSample = 20_000 // how many nodes are counted, evenly spread
)

// hubness is whether the entities of a kind are hubs.
type hubness int

const (
	byDegree hubness = iota // the kind is not kg's
	always
	never
)

// Hubs tells which entities of a graph are hubs. It is not for concurrent use.
type Hubs struct {
	r     *read.Quads
	names *naming.Namer
	least *atomic.Int64 // see leastDegree; shared by all that read one state
	kinds map[quad.IRI]hubness
}

// NewHubs makes a Hubs. least is 0 until it is known.
func NewHubs(r *read.Quads, names *naming.Namer, least *atomic.Int64) *Hubs {
	return &Hubs{r, names, least, map[quad.IRI]hubness{}}
}

// is reports whether an entity of a kind, empty for none, is a hub; degree counts its
// quads. Units, dates and codes are no entities, and no path leads through them.
func (h *Hubs) is(ctx context.Context, kind quad.IRI, degree func() (int64, error)) (bool, error) {
	if kind != "" {
		by, err := h.ofKind(ctx, kind)
		if by != byDegree || err != nil {
			return by == always, err
		}
	}
	n, err := degree()
	if err != nil || n <= leastHub {
		return false, err
	}
	least, err := h.leastDegree(ctx)
	return n >= least, err
}

// ofKind returns whether the entities of a kind are hubs.
func (h *Hubs) ofKind(ctx context.Context, kind quad.IRI) (hubness, error) {
	if by, known := h.kinds[kind]; known {
		return by, nil
	}
	by := byDegree
	for _, name := range append(slices.Clone(hubKinds), "Thing") {
		is, err := h.names.Below(ctx, kind, name)
		if err != nil {
			return by, err
		}
		if is && name != "Thing" {
			by = always
			break
		}
		if is {
			by = never
		}
	}
	h.kinds[kind] = by
	return by, nil
}

// degree returns how many quads have a node at either end.
func (h *Hubs) degree(ctx context.Context, node refs.Ref) (n int64, err error) {
	for _, d := range []quad.Direction{quad.Subject, quad.Object} {
		size, err := h.r.QS.QuadIteratorSize(ctx, d, node)
		if err != nil {
			return 0, err
		}
		n += size.Value
	}
	return n, nil
}

// leastDegree returns the degree from which a node is one of the thousandth with the most
// edges, by a sample of a large graph.
func (h *Hubs) leastDegree(ctx context.Context) (int64, error) {
	if at := h.least.Load(); at > 0 {
		return at, nil
	}
	stats, err := h.r.QS.Stats(ctx, false)
	if err != nil {
		return 0, err
	}
	degrees, err := h.degrees(ctx, 1+stats.Nodes.Value/hubSample)
	if err != nil {
		return 0, err
	}
	slices.Sort(degrees)
	at := int64(leastHub + 1)
	if rank := len(degrees) - 1 - len(degrees)/hubShare; rank >= 0 {
		at = max(at, degrees[rank])
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	h.least.Store(at)
	return at, nil
}

// degrees returns the degree of every stride-th node.
func (h *Hubs) degrees(ctx context.Context, stride int64) (list []int64, err error) {
	ix, err := h.r.Index()
	if err != nil {
		return nil, err
	}
	if s, ok := h.r.QS.(*store.QuadStore); ok {
		if list, ok, err := s.Degrees(ctx, stride); ok || err != nil {
			return list, err
		}
	}
	if ix != nil && stride > 1 { // by number: skipping a node costs nothing
		defer snapshot.Catch(&err)
		last := ix.NodeCount()
		for id := uint64(1); id <= last; id += uint64(stride) {
			out := ix.Count(term.Pattern{Quad: term.Quad{term.Subject: term.ID(id)}})
			list = append(list, int64(out+ix.Count(term.Pattern{Quad: term.Quad{term.Object: term.ID(id)}})))
		}
		return list, nil
	}
	it := h.r.QS.NodesAllIterator().Iterate()
	defer it.Close()
	for i := int64(0); it.Next(ctx); i++ {
		if i%stride != 0 {
			continue
		}
		n, err := h.degree(ctx, it.Result())
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, it.Err()
}

// exampleSample is how many quads Example reads.
const exampleSample = 1000

// Example returns an entity to begin with: of the subjects of some quads whose label is
// foreign, another graph's, the one with the highest degree. It is empty for a graph without
// such quads.
func (h *Hubs) Example(ctx context.Context, foreign read.Foreign) (best quad.IRI, err error) {
	most, seen := int64(0), 0
	for q, err := range h.r.Each(ctx, quad.Quad{}) {
		if err != nil {
			return "", err
		}
		if seen++; seen > exampleSample {
			break
		}
		subject := read.IRI(q.Subject)
		if subject == "" || subject == best {
			continue
		}
		if is, err := foreign(ctx, q.Label); !is || err != nil {
			continue
		}
		ref, err := h.r.QS.ValueOf(subject)
		if err != nil {
			return "", err
		}
		if n, err := h.degree(ctx, ref); err != nil {
			return "", err
		} else if n > most {
			best, most = subject, n
		}
	}
	return best, nil
}
