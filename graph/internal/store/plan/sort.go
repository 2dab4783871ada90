package plan

import (
	"bytes"
	"slices"

	"kg/graph/internal/store/term"
)

// sorted are the rows of a plan in the order of their values, which is that of
// the dictionary. Cayley's own Sort compares texts, and loses rows: of a node
// with several, those after the first go to the node before it.
type sorted struct{ from node }

func (n *sorted) tagged() bool { return n.from.tagged() }

type sortedOp struct {
	lister
	rowBuffer
	order  []int
	at     int
	probed bool
}

func (n *sorted) open(r *run) op {
	m := r.frame()
	o := &sortedOp{lister: list(r, n.from)}
	o.rowBuffer = keep(r, m)
	return o
}

func (o *sortedOp) scan() {
	o.rowBuffer.reset()
	o.order, o.at, o.probed = o.order[:0], 0, false
	var keys [][]byte
	o.lister.scan()
	for id := o.lister.next(); id != term.None; id = o.lister.next() {
		o.lister.run.tick()
		v, err := o.lister.run.ix.Value(id)
		check(err)
		key, err := term.Append(nil, v)
		check(err)
		keys = append(keys, key)
		o.order = append(o.order, len(o.order))
		o.rowBuffer.add(id)
	}
	slices.SortStableFunc(o.order, func(a, b int) int {
		o.lister.run.step()
		return bytes.Compare(keys[a], keys[b])
	})
}

func (o *sortedOp) next() term.ID {
	if o.probed {
		return o.lister.next()
	}
	if o.at == len(o.order) {
		return term.None
	}
	o.at++
	return o.load(o.order[o.at-1])
}

func (o *sortedOp) probe(id term.ID) {
	o.probed = true
	o.lister.probe(id)
}

// size is small, so that an intersection or hop begins with it and so preserves its
// order.
func (o *sortedOp) size() uint64 { return 0 }
