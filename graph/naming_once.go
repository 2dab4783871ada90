package graph

import (
	"cmp"
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// mostAtOnce is how many quads of a node are read to describe it: most have fewer.
const mostAtOnce = 64

// describedAtOnce is described by one read of the node's quads, of which no more are
// put into words than are told. It is nil for a node with many, and where quads are
// not at hand.
func (v *View) describedAtOnce(ctx context.Context, node quad.IRI) (*described, error) {
	ix, err := v.ownIndex()
	if ix == nil || err != nil {
		return nil, err
	}
	by, err := v.namedBy()
	if err != nil {
		return nil, err
	}
	f := facts{l: v.lookupsOf(ix), ix: ix, node: node}
	if err := f.read(ctx, mostAtOnce); err != nil || len(f.quads) > mostAtOnce {
		return nil, err
	}
	var names []naming
	for _, predicate := range by {
		err := f.each(predicate, func(q quad.Quad) { names = appendNaming(names, q) })
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
	if figure, err := f.isFigure(); !figure || err != nil {
		return d, err
	}
	d.parts = map[string]quad.Value{}
	return d, f.each("", func(q quad.Quad) {
		if q.Predicate != schema.Type && q.Predicate != schema.Label {
			d.parts[LastPart(iriOf(q.Predicate))] = q.Object
		}
	})
}

// facts are the quads of a node.
type facts struct {
	l     *lookups
	ix    plan.Index
	node  quad.IRI
	quads []term.Quad
}

// read reads them all, or some more than a number of them.
func (f *facts) read(ctx context.Context, most int) error {
	pattern, some, err := f.l.pattern(f.ix, quad.Quad{Subject: f.node})
	if !some || err != nil {
		return cmp.Or(err, ctx.Err())
	}
	r := f.l.begin(pattern)
	defer func() { f.l.free = append(f.l.free, r) }()
	for !r.cursor.Done && len(f.quads) <= most {
		n, err := r.next(ctx, f.ix)
		if n == 0 || err != nil {
			return err
		}
		f.quads = append(f.quads, r.quads[:n]...)
	}
	return nil
}

// each calls do with the quads of a predicate; of an empty one with all.
func (f *facts) each(predicate quad.IRI, do func(quad.Quad)) error {
	id := term.None
	if predicate != "" {
		var err error
		if id, err = f.l.predicate(f.ix, predicate); err != nil {
			return err
		}
	}
	for _, found := range f.quads {
		if predicate != "" && found[term.Predicate] != id {
			continue
		}
		q := quad.Quad{Subject: f.node}
		if err := f.l.fill(f.ix, found, &q); err != nil {
			return err
		}
		do(q)
	}
	return nil
}

// isFigure reports whether the node is a quantity or a date.
func (f *facts) isFigure() (is bool, err error) {
	err = f.each(schema.Type, func(q quad.Quad) {
		is = is || q.Object == quad.Value(schema.QuantityClass) || q.Object == quad.Value(schema.DateClass)
	})
	return is, err
}
