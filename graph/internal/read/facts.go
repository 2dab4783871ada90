package read

import (
	"cmp"
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// Facts are the quads of a node, unread but for their numbers.
type Facts struct {
	l     *IndexReader
	ix    plan.Index
	node  quad.IRI
	Quads []term.Quad
}

// Facts reads all quads of a node, or some more than a number of them.
func (r *Quads) Facts(ctx context.Context, ix plan.Index, node quad.IRI, most int) (*Facts, error) {
	f := &Facts{l: r.Terms(ix), ix: ix, node: node}
	pattern, some, err := f.l.pattern(ix, quad.Quad{Subject: node})
	if !some || err != nil {
		return f, cmp.Or(err, ctx.Err())
	}
	walk := f.l.begin(pattern)
	defer func() { f.l.free = append(f.l.free, walk) }()
	for !walk.cursor.Done && len(f.Quads) <= most {
		n, err := walk.next(ctx, ix)
		if n == 0 || err != nil {
			return f, err
		}
		f.Quads = append(f.Quads, walk.quads[:n]...)
	}
	return f, nil
}

// Each calls do with the quads of a predicate; of an empty one with all.
func (f *Facts) Each(predicate quad.IRI, do func(quad.Quad)) error {
	id := term.None
	if predicate != "" {
		var err error
		if id, err = f.l.Predicate(f.ix, predicate); err != nil {
			return err
		}
	}
	for _, found := range f.Quads {
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
