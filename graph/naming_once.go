package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/schema"
)

// mostAtOnce is how many quads of a node are read to describe it: most have fewer.
const mostAtOnce = 64

// describedAtOnce is described by one read of the node's quads, of which no more are
// put into words than are told. It is nil for a node with many, and where quads are
// not at hand.
func (v *View) describedAtOnce(ctx context.Context, node quad.IRI) (*described, error) {
	ix, err := v.r.OwnIndex()
	if ix == nil || err != nil {
		return nil, err
	}
	by, err := v.namedBy()
	if err != nil {
		return nil, err
	}
	f, err := v.r.Facts(ctx, ix, node, mostAtOnce)
	if err != nil || len(f.Quads) > mostAtOnce {
		return nil, err
	}
	var names []naming
	for _, predicate := range by {
		err := f.Each(predicate, func(q quad.Quad) { names = appendNaming(names, q) })
		if err == nil && len(names) > 1 {
			err = v.byDate(ctx, names)
		}
		if err != nil {
			return nil, err
		}
		if len(names) > 0 {
			break
		}
	}
	d := newDescribed(names)
	if figure, err := isFigure(f); !figure || err != nil {
		return d, err
	}
	d.parts = map[string]quad.Value{}
	return d, f.Each("", func(q quad.Quad) {
		if q.Predicate != schema.Type && q.Predicate != schema.Label {
			d.parts[schema.IRI(iriOf(q.Predicate)).LastPart()] = q.Object
		}
	})
}

// isFigure reports whether the node is a quantity or a date.
func isFigure(f *read.Facts) (is bool, err error) {
	err = f.Each(schema.Type, func(q quad.Quad) {
		is = is || q.Object == quad.Value(schema.QuantityClass) || q.Object == quad.Value(schema.DateClass)
	})
	return is, err
}
