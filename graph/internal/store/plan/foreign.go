package plan

import (
	"math"
	"slices"
	"sync"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"

	"kg/graph/internal/store/term"
)

// foreign is a shape the operators do not know: Cayley's own FollowRecursive,
// an iterator made a path, an order. Its iterator is scanned or asked, and its
// tags are carried along. A result that is no node of the store joins with
// nothing.
type foreign struct {
	shape shape.Shape
	once  sync.Once
	built iterator.Shape
}

// build makes the iterator, once: an iterator that was given to a path can be used only
// once.
func (n *foreign) build(r *run) iterator.Shape {
	n.once.Do(func() {
		n.built, _ = n.shape.BuildIterator(r.qs).Optimize(r.ctx)
	})
	return n.built
}

// shape is the iterator for one run: of its own, if it can begin at a seed.
func (o *foreignOp) shape() iterator.Shape {
	if len(o.seeds) == 0 {
		return o.plan.build(o.run)
	}
	it, _ := o.plan.shape.BuildIterator(around{o.run.qs, o.seeds}).Optimize(o.run.ctx)
	return it
}

func (n *foreign) tagged() bool { return true }

type foreignOp struct {
	run     *run
	plan    *foreign
	slot    int
	seeds   seeds // of the recursions around it
	built   int   // seeds.moved() when index was made
	list    iterator.Scanner
	index   iterator.Index
	current iterator.Base // one of the two
	begun   bool          // it stands at a row, so that there may be another path
	id      term.ID       // of a probe
}

func (n *foreign) open(r *run) op {
	o := &foreignOp{run: r, plan: n, slot: r.slot(tag{kind: foreignTag}), seeds: slices.Clone(r.seeds)}
	r.used = append(r.used, r.seeds...)
	r.closers = append(r.closers, o.close)
	return o
}

func (o *foreignOp) close() error {
	var err error
	if o.list != nil {
		err = o.list.Close()
		o.list = nil
	}
	if o.index != nil {
		if e := o.index.Close(); err == nil {
			err = e
		}
		o.index = nil
	}
	return err
}

func (o *foreignOp) scan() {
	if o.list != nil {
		check(o.list.Close())
	}
	o.list = o.shape().Iterate()
	o.current, o.begun, o.id = o.list, false, term.None
}

func (o *foreignOp) probe(id term.ID) {
	if moved := o.seeds.moved(); o.index == nil || moved != o.built {
		if o.index != nil {
			check(o.index.Close())
		}
		o.index, o.built = o.shape().Lookup(), moved
	}
	o.current, o.begun, o.id = o.index, false, id
}

func (o *foreignOp) next() term.ID {
	for {
		o.run.tick()
		if !o.advance() {
			check(o.current.Err())
			o.run.poll() // Cayley's end as if there were no more when it is done
			o.run.slots[o.slot] = 0
			return term.None
		}
		id := o.id
		if id == term.None {
			id = resolve(o.run.ix, o.current.Result())
		}
		if id != term.None {
			m := make(map[string]refs.Ref)
			o.current.TagResults(m)
			o.seeds.take(o.run, m)
			o.run.slots[o.slot], o.run.extra[o.slot] = 1, m
			return id
		}
	}
}

// advance goes to the next path of a row, then to the next row.
func (o *foreignOp) advance() bool {
	if o.begun && o.current.NextPath(o.run.ctx) {
		return true
	}
	check(o.current.Err())
	if o.id == term.None {
		o.begun = o.list.Next(o.run.ctx)
		return o.begun
	}
	if o.begun {
		return false
	}
	o.begun = o.index.Contains(o.run.ctx, TermRef{o.id, o.run.ix.Numbering()})
	return o.begun
}

func (o *foreignOp) multiplicity(id term.ID) uint64 {
	var n uint64
	o.probe(id)
	for o.next() != term.None {
		n++
	}
	return n
}

// size is small, so that it is scanned rather than probed: its cost is unknown, and
// Cayley's iterators are more reliable in a scan.
func (o *foreignOp) size() uint64 { return 0 }

func (o *foreignOp) total(*int) (uint64, bool) { return 0, false }

// resolve gives the id of a ref, term.None if the state has no such node.
func resolve(ix Index, r refs.Ref) term.ID {
	id, err := resolveErr(ix, r)
	check(err)
	return id
}

func resolveErr(ix Index, r refs.Ref) (term.ID, error) {
	if n, ok := r.(TermRef); ok && n.In == ix.Numbering() {
		return n.ID, nil
	}
	if r == nil {
		return term.None, nil
	}
	return ix.Resolve(r)
}

// resolveLink returns the quad of a ref in this state, and whether the state has it.
func resolveLink(ix Index, r refs.Ref) (q term.Quad, known bool) {
	link, ok := r.(QuadRef)
	if !ok {
		return q, false
	}
	p := term.Pattern{Quad: link.Quad}
	if link.In != ix.Numbering() {
		for i, id := range link.Quad {
			if id == term.None {
				continue
			}
			if p.Quad[i] = resolve(ix, TermRef{id, link.In}); p.Quad[i] == term.None {
				return q, false
			}
		}
	}
	if q = p.Quad; q[term.Label] != term.None {
		return q, ix.Count(p) > 0
	}
	var quads [quadsRead]term.Quad
	for c := (Cursor{Pattern: p}); !c.Done; {
		n := ix.Quads(&c, quads[:])
		if slices.Contains(quads[:n], q) || n == 0 {
			return q, n > 0
		}
	}
	return q, false
}

// sizeOf is a size for Cayley.
func sizeOf(n uint64) int64 { return int64(min(n, math.MaxInt64)) }
