package session

import (
	"cmp"
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
)

// pageShape skips rows and limits them, each way to a node being a row. Cayley's
// own skips nodes, with all the ways to them.
type pageShape struct {
	shape.Page
	s *session
}

// page is the page of nodes, or of the rows that a page before it gives.
func (b *build) page(in shape.Shape, of shape.Page) shape.Shape {
	of.From = in
	if before, ok := in.(pageShape); ok {
		both := before.ApplyPage(of)
		if both == nil {
			return shape.Null{}
		}
		of = *both
	}
	return pageShape{of, b.s}
}

// Optimize lets a store page as it does Cayley's, if it knows how to.
func (p pageShape) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	from, ok := p.From.Optimize(ctx, r)
	if shape.IsNull(from) {
		return nil, true
	}
	p.From = from
	if r == nil {
		return p, ok
	}
	below, _ := r.OptimizeShape(ctx, p.Page)
	if _, unknown := below.(shape.Page); unknown {
		return p, ok
	}
	return below, true
}

func (p pageShape) BuildIterator(qs graph.QuadStore) iterator.Shape {
	return &page{pageShape: p, sub: p.From.BuildIterator(qs)}
}

type page struct {
	pageShape
	sub iterator.Shape
}

func (p *page) Iterate() iterator.Scanner {
	return &pageNext{Scanner: p.sub.Iterate(), s: p.s, skip: p.Skip, left: cmp.Or(p.Limit, -1)}
}

// Lookup looks a node up among the rows of the page: which they are depends on
// those before them.
func (p *page) Lookup() iterator.Index {
	return &listedLookup{collectedNext: collectedNext{sub: p.Iterate(), gather: p.gather, i: -1}}
}

func (p *page) gather(ctx context.Context, it iterator.Scanner) (list []entry, err error) {
	err = p.s.ways(ctx, it, true, func() error {
		tags := map[string]refs.Ref{}
		it.TagResults(tags)
		list = append(list, entry{it.Result(), []map[string]refs.Ref{tags}})
		return nil
	})
	return list, err
}

func (p *page) Stats(ctx context.Context) (iterator.Costs, error) {
	st, err := p.sub.Stats(ctx)
	st.ContainsCost = st.NextCost * st.Size.Value
	if p.Limit > 0 {
		st.Size.Value = min(st.Size.Value, p.Limit)
	}
	return st, err
}

func (p *page) Optimize(ctx context.Context) (iterator.Shape, bool) {
	sub, ok := p.sub.Optimize(ctx)
	p.sub = sub
	return p, ok
}

func (p *page) SubIterators() []iterator.Shape { return []iterator.Shape{p.sub} }
func (p *page) String() string                 { return "Page" }

// pageNext goes over the rows of a page.
type pageNext struct {
	iterator.Scanner
	s    *session
	skip int64 // rows yet to skip
	left int64 // rows yet to give; all if below 0
}

func (n *pageNext) Next(ctx context.Context) bool {
	for n.left != 0 && n.Scanner.Next(ctx) {
		for ok := true; ok && !n.s.stop.now(); ok = n.Scanner.NextPath(ctx) {
			if n.skip == 0 {
				n.left--
				return true
			}
			n.skip--
		}
	}
	return false
}

func (n *pageNext) NextPath(ctx context.Context) bool {
	if n.left == 0 || !n.Scanner.NextPath(ctx) {
		return false
	}
	n.left--
	return true
}
