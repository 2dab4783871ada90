package plan

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// countedPlan is Cayley's Count over a plan. Its one result is a value, not a
// node, so it is no plan itself.
type countedPlan struct{ of *Plan }

func (s countedPlan) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return s, false }

func (s countedPlan) BuildIterator(qs graph.QuadStore) iterator.Shape {
	return &countIterators{of: s.of.iterators(qs)}
}

type countIterators struct{ of *iterators }

func (it *countIterators) String() string { return "count(" + it.of.String() + ")" }

func (it *countIterators) SubIterators() []iterator.Shape { return nil }

func (it *countIterators) Optimize(ctx context.Context) (iterator.Shape, bool) {
	it.of.Optimize(ctx)
	return it, false
}

func (it *countIterators) Stats(context.Context) (iterator.Costs, error) {
	return iterator.Costs{NextCost: 1, ContainsCost: 1, Size: refs.Size{Value: 1, Exact: true}}, nil
}

func (it *countIterators) Iterate() iterator.Scanner {
	return &rowTotal{base: base{from: it.of}}
}

func (it *countIterators) Lookup() iterator.Index {
	return &countLookup{rowTotal{base: base{from: it.of}}}
}

type rowTotal struct {
	base
	result refs.PreFetchedValue
}

// Next counts.
func (c *rowTotal) Next(ctx context.Context) (ok bool) {
	if c.done || c.err != nil {
		return false
	}
	defer guard(&c.err)
	n, ok := countRows(c.from.ix, c.from.plan)
	if !ok {
		n = c.rows(ctx)
	}
	c.result, c.done = refs.PreFetched(quad.Int(sizeOf(n))), true
	return true
}

// rows counts them in the index.
func (c *rowTotal) rows(ctx context.Context) uint64 {
	c.start(ctx)
	left := budget
	n, exact := c.op.total(&left)
	if !exact {
		n = 0
		for c.op.scan(); c.op.next() != term.None; n++ {
			c.run.step()
		}
	}
	return n
}

func (c *rowTotal) NextPath(context.Context) bool { return false }

func (c *rowTotal) TagResults(map[string]refs.Ref) {}

func (c *rowTotal) Result() refs.Ref {
	if c.result == nil {
		return nil
	}
	return c.result
}

type countLookup struct{ rowTotal }

// Contains reports whether v is the number.
func (c *countLookup) Contains(ctx context.Context, v refs.Ref) bool {
	if c.Next(ctx); c.result == nil {
		return false
	}
	if f, ok := v.(refs.PreFetchedValue); ok {
		return f.NameOf() == c.result.NameOf()
	}
	name, err := c.from.ix.Value(resolve(c.from.ix, v))
	if err != nil {
		c.err = err
		return false
	}
	return name == c.result.NameOf()
}
