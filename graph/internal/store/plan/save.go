package plan

import (
	"github.com/cayleygraph/cayley/graph/refs"

	"kg/graph/internal/store/term"
)

// tags are the rows of a plan with its nodes, or something fixed, as tags.
type tags struct {
	from  node
	names []string
	fixed map[string]refs.Ref
}

func (n *tags) tagged() bool { return true }

type tagsOp struct {
	lister
	run           *run
	lo, fixed, hi int // slots of the names, then of the fixed tags
}

func (n *tags) open(r *run) op {
	o := &tagsOp{run: r, lister: list(r, n.from), lo: len(r.slots)}
	for _, name := range n.names {
		r.slot(tag{name: name})
	}
	o.fixed = len(r.slots)
	for name, ref := range n.fixed {
		r.slot(tag{name: name, kind: fixedTag, ref: ref})
	}
	o.hi = len(r.slots)
	return o
}

func (o *tagsOp) next() term.ID {
	id := o.lister.next()
	for i := o.lo; i < o.fixed; i++ {
		o.run.slots[i] = id
	}
	for i := o.fixed; i < o.hi; i++ {
		o.run.slots[i] = 1
	}
	return id
}
