package evidence

import (
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/joins"
	"kg/graph/internal/read"
)

// addJoins adds the joins that an answer rests on: those of a cell that has the names of
// several nodes, and of nodes that a witness takes for one.
func (r *Reader) addJoins(ctx context.Context, e *Evidence, a *Answer) error {
	if !r.Joins.Any() {
		return nil
	}
	nodes := map[quad.IRI]bool{}
	if a.Joined {
		for _, value := range a.Values {
			nodes[read.IRI(r.Joins.Canonical(value))] = true
		}
	}
	for _, w := range e.Witnesses {
		first := map[quad.Value]quad.Value{}
		for _, q := range w.Quads {
			for _, end := range []quad.Value{q.Subject, q.Object} {
				node := r.Joins.Canonical(end)
				if have, ok := first[node]; ok && have != end {
					nodes[read.IRI(node)] = true
				}
				first[node] = end
			}
		}
	}
	return r.AddJoins(ctx, e, nodes)
}

// AddJoins adds the joins of some nodes to the evidence, and who made them.
func (r *Reader) AddJoins(ctx context.Context, e *Evidence, nodes map[quad.IRI]bool) error {
	for _, node := range slices.Sorted(maps.Keys(nodes)) {
		list, err := r.Joins.Of(ctx, node)
		if err != nil {
			return err
		}
		for _, j := range list {
			if !slices.ContainsFunc(e.Joins, func(other joins.Join) bool { return other.Quad == j.Quad }) {
				e.Joins = append(e.Joins, j)
			}
		}
	}
	for _, j := range e.Joins {
		s := Speaker{IRI: j.Annotator, Joins: true}
		var err error
		if s.Name, err = r.Names.Name(ctx, j.Annotator, j.Source); err != nil {
			return err
		}
		if !slices.ContainsFunc(e.Speakers, func(other Speaker) bool { return other.Joins && other.IRI == s.IRI }) {
			e.Speakers = append(e.Speakers, s)
		}
	}
	return nil
}
