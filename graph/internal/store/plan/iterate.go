package plan

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"

	"kg/graph/internal/store/term"
)

// iterators is a plan as an iterator of Cayley's. Every row comes with Next, except that
// the further rows of a node that comes several times in succession are paths of the
// first, for callers that want each node once (Chain.Paths).
type iterators struct {
	ix    Index
	qs    graph.QuadStore
	plan  node
	quad  bool  // results are quads
	seeds seeds // of the recursions around it
	ctx   context.Context
	size  *iterator.Costs
	// opened is a run that was opened to count and can still be used
	opened atomic.Pointer[openedPlan]
}

type openedPlan struct {
	run run
	op  op
}

func (it *iterators) open(ctx context.Context) *openedPlan {
	if o := it.opened.Swap(nil); o != nil {
		o.run.ctx = ctx
		return o
	}
	o := &openedPlan{run: run{ix: it.ix, qs: it.qs, ctx: ctx}}
	it.seeds.within(&o.run)
	fetch(it.ix, it.plan)
	o.op = it.plan.open(&o.run)
	return o
}

func (it *iterators) String() string { return fmt.Sprintf("plan(%T)", it.plan) }

func (it *iterators) SubIterators() []iterator.Shape { return nil }

// Optimize changes nothing. It remembers the context, so that a query that was
// cancelled before its first row can say so.
func (it *iterators) Optimize(ctx context.Context) (iterator.Shape, bool) {
	it.ctx = ctx
	return it, false
}

// budget bounds the reads of the index for an exact size: beyond it the size is an
// estimate.
const budget = 1 << 16

// Stats has the exact size if it is cheap to know, and else an estimate.
func (it *iterators) Stats(ctx context.Context) (c iterator.Costs, err error) {
	if it.size != nil {
		return *it.size, nil
	}
	it.ctx = ctx
	defer guard(&err)
	o := it.open(ctx)
	left := budget
	n, exact := o.op.total(&left)
	if !exact {
		n = o.op.size()
		it.opened.Store(o)
	}
	c = iterator.Costs{NextCost: 1, ContainsCost: 1, Size: refs.Size{Value: sizeOf(n), Exact: exact}}
	it.size = &c
	return c, nil
}

func (it *iterators) Iterate() iterator.Scanner { return &scan{base: base{from: it}} }

func (it *iterators) Lookup() iterator.Index { return &lookup{base: base{from: it}} }

// base is the common part of scan and lookup.
type base struct {
	from *iterators
	*openedPlan
	err  error
	done bool
}

// start opens the plan, at the first use: a mistake or damage is then an error
// like any other.
func (b *base) start(ctx context.Context) {
	if b.openedPlan == nil {
		b.openedPlan = b.from.open(ctx)
	}
	b.run.ctx = ctx
}

func (b *base) String() string { return b.from.String() }

// Err also returns the error of a context that was done before the rows were.
func (b *base) Err() error {
	switch {
	case b.err != nil || b.done:
		return b.err
	case b.openedPlan != nil:
		return b.run.ctx.Err()
	case b.from.ctx != nil:
		return b.from.ctx.Err()
	}
	return nil
}

func (b *base) Close() error {
	if b.openedPlan == nil {
		return nil
	}
	return b.run.close()
}

func (b *base) ref(id term.ID) refs.Ref { return b.from.ix.Numbering().ref(id) }

// lookup asks a plan for nodes, or for quads.
type lookup struct {
	base
	list   lister
	result refs.Ref
}

func (l *lookup) Contains(ctx context.Context, v refs.Ref) (ok bool) {
	if l.err != nil {
		return false
	}
	defer guard(&l.err)
	first := l.openedPlan == nil
	l.start(ctx)
	l.run.tick()
	if first {
		l.list.op, l.list.run = l.op, &l.run
		if l.from.plan.tagged() {
			l.list.prober = l.op.(prober)
		}
	}
	if l.from.quad {
		q, known := resolveLink(l.from.ix, v)
		if !known || !l.op.(*hop).probeQuad(q) {
			return false
		}
		l.list.listed = false
	} else {
		id := resolve(l.from.ix, v)
		if id == term.None {
			return false
		}
		l.list.probe(id)
	}
	l.result = v
	return l.list.next() != term.None
}

func (l *lookup) NextPath(ctx context.Context) (ok bool) {
	if l.err != nil || l.openedPlan == nil {
		return false
	}
	defer guard(&l.err)
	l.run.ctx = ctx
	return l.list.next() != term.None
}

func (l *lookup) Result() refs.Ref { return l.result }

func (l *lookup) TagResults(dst map[string]refs.Ref) {
	if l.openedPlan != nil {
		l.run.results(dst, l.run.slots, l.run.extra)
	}
}

// Err does not report the context: an index is never at its end.
func (l *lookup) Err() error { return l.err }
