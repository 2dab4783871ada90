package graph

import (
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// hubKinds are the kinds of what so many share that to share it is no story: two
// people of one country, or two deeds in one city, need not have to do with each
// other. A smaller place, such as a street or a shipyard, may be what joins them.
var hubKinds = []string{"Country", "Region", "City", "Occupation"}

// Hubs of other graphs, which have no kinds of ours, are those of the thousandth of
// the nodes with the most edges, if they have more than a hundred.
const (
	leastHub  = 100
	hubShare  = 1000
	hubSample = 20_000 // nodes by which the share is judged, evenly spread
)

// hubness is what its kind says of whether an entity is a hub.
type hubness int

const (
	byDegree hubness = iota // it is of no kind of ours
	always
	never
)

// isHub reports whether an entity of a kind, empty for none, joins what has little to
// do with each other. Units, dates and codes are no entities, and no path comes through
// them at all.
func (v *View) isHub(ctx context.Context, kind quad.IRI, degree func() (int64, error)) (bool, error) {
	if kind != "" {
		by, err := v.hubOf(ctx, kind)
		if by != byDegree || err != nil {
			return by == always, err
		}
	}
	n, err := degree()
	if err != nil || n <= leastHub {
		return false, err
	}
	least, err := v.hubDegree(ctx)
	return n >= least, err
}

// hubOf is what a kind says of its entities.
func (v *View) hubOf(ctx context.Context, kind quad.IRI) (hubness, error) {
	if by, known := v.hubKind[kind]; known {
		return by, nil
	}
	by := byDegree
	for _, name := range append(slices.Clone(hubKinds), "Thing") {
		is, err := v.below(ctx, kind, name)
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
	v.hubKind[kind] = by
	return by, nil
}

// degree is how many quads a node has at either end.
func (v *View) degree(ctx context.Context, node refs.Ref) (n int64, err error) {
	for _, d := range []quad.Direction{quad.Subject, quad.Object} {
		size, err := v.qs.QuadIteratorSize(ctx, d, node)
		if err != nil {
			return 0, err
		}
		n += size.Value
	}
	return n, nil
}

// hubDegree is the degree that makes a node one of the thousandth with the most
// edges, judged by a sample of a large graph. It is found once for all views of a state.
func (v *View) hubDegree(ctx context.Context) (int64, error) {
	if at := v.hubAt.Load(); at > 0 {
		return at, nil
	}
	stats, err := v.qs.Stats(ctx, false)
	if err != nil {
		return 0, err
	}
	degrees, err := v.degrees(ctx, 1+stats.Nodes.Value/hubSample)
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
	v.hubAt.Store(at)
	return at, nil
}

// degrees are those of each so many nodes.
func (v *View) degrees(ctx context.Context, stride int64) (list []int64, err error) {
	ix, err := v.r.Index()
	if err != nil {
		return nil, err
	}
	if s, ok := v.qs.(*store.QuadStore); ok {
		if list, ok, err := s.Degrees(ctx, stride); ok || err != nil {
			return list, err
		}
	}
	if ix != nil && stride > 1 { // by number: to pass over a node costs nothing
		defer snapshot.Catch(&err)
		last := ix.NodeCount()
		for id := uint64(1); id <= last; id += uint64(stride) {
			out := ix.Count(term.Pattern{Quad: term.Quad{term.Subject: term.ID(id)}})
			list = append(list, int64(out+ix.Count(term.Pattern{Quad: term.Quad{term.Object: term.ID(id)}})))
		}
		return list, nil
	}
	it := v.qs.NodesAllIterator().Iterate()
	defer it.Close()
	for i := int64(0); it.Next(ctx); i++ {
		if i%stride != 0 {
			continue
		}
		n, err := v.degree(ctx, it.Result())
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, it.Err()
}

// exampleSample is how many quads Example looks at.
const exampleSample = 1000

// Example is an entity to begin with in a graph of others: of the subjects of some quads
// the one with the most. It is empty for a graph without any.
func (v *View) Example(ctx context.Context) (best quad.IRI, err error) {
	most, looked := int64(0), 0
	for q, err := range v.Each(ctx, quad.Quad{}) {
		if err != nil {
			return "", err
		}
		if looked++; looked > exampleSample {
			break
		}
		subject := iriOf(q.Subject)
		if subject == "" || subject == best {
			continue
		}
		e, err := v.edge(ctx, q, true)
		if err != nil || !e.Foreign {
			continue
		}
		ref, err := v.qs.ValueOf(subject)
		if err != nil {
			return "", err
		}
		if n, err := v.degree(ctx, ref); err != nil {
			return "", err
		} else if n > most {
			best, most = subject, n
		}
	}
	return best, nil
}
