package plan

import "kg/graph/internal/store/term"

// unique has the first row of each node of a plan.
type unique struct{ from node }

func (n *unique) tagged() bool { return n.from.tagged() }

type uniqueOp struct {
	lister
	seen   idMap
	probed bool
}

func (n *unique) open(r *run) op { return &uniqueOp{lister: list(r, n.from)} }

func (o *uniqueOp) scan() {
	o.probed = false
	o.seen.clear()
	o.lister.scan()
}

func (o *uniqueOp) next() term.ID {
	for id := o.lister.next(); id != term.None; id = o.lister.next() {
		if o.probed {
			o.lister.stop()
			return id
		}
		o.run.step()
		if _, had := o.seen.put(id, 0); !had {
			return id
		}
	}
	return term.None
}

func (o *uniqueOp) probe(id term.ID) {
	o.probed = true
	o.lister.probe(id)
}

func (o *uniqueOp) multiplicity(id term.ID) uint64 { return min(1, o.lister.multiplicity(id)) }

func (o *uniqueOp) total(*int) (uint64, bool) { return 0, false }
