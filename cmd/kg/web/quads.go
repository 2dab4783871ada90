package web

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// each calls do with every quad that has value in the given direction, until
// do returns an error.
func each(ctx context.Context, v *graph.View, d quad.Direction, value quad.Value, do func(quad.Quad) error) error {
	ref, err := v.ValueOf(value)
	if err != nil || ref == nil {
		return err
	}
	it := v.QuadIterator(d, ref).Iterate()
	defer it.Close()
	for it.Next(ctx) {
		q, err := v.Quad(it.Result())
		if err != nil {
			return err
		}
		if err := do(q); err != nil {
			return err
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	return ctx.Err() // Cayley's iterators end early and silently when it is cancelled
}
