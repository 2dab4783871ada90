package plan

import (
	"encoding/binary"
	"slices"

	"kg/graph/internal/store/term"
)

// unique yields the first row of each node of a plan; where rows are bound, of each
// binding.
type unique struct{ from node }

func (n *unique) tagged() bool { return n.from.tagged() }

type uniqueOp struct {
	lister
	seen   idMap
	probed bool
	agreed []int // the slots that bind a row, see Agreed
	bound  map[string]bool
	key    []byte
}

func (n *unique) open(r *run) op {
	bound := len(r.agreed)
	o := &uniqueOp{lister: list(r, n.from)}
	o.agreed = slices.Clip(r.agreed[bound:])
	return o
}

func (o *uniqueOp) scan() {
	o.probed = false
	o.seen.clear()
	o.bound = nil
	o.lister.scan()
}

func (o *uniqueOp) next() term.ID {
	for id := o.lister.next(); id != term.None; id = o.lister.next() {
		if o.probed && len(o.agreed) == 0 {
			o.lister.stop()
			return id
		}
		o.run.step()
		if !o.had(id) {
			return id
		}
	}
	return term.None
}

// had reports whether there was a row like the one at hand.
func (o *uniqueOp) had(id term.ID) bool {
	if len(o.agreed) == 0 {
		_, had := o.seen.put(id, 0)
		return had
	}
	o.key = o.run.appendBound(binary.BigEndian.AppendUint32(o.key[:0], uint32(id)), o.agreed)
	had := o.bound[string(o.key)]
	if o.bound == nil {
		o.bound = map[string]bool{}
	}
	o.bound[string(o.key)] = true
	return had
}

func (o *uniqueOp) probe(id term.ID) {
	o.probed, o.bound = true, nil
	o.lister.probe(id)
}

func (o *uniqueOp) multiplicity(id term.ID) (n uint64) {
	if len(o.agreed) == 0 {
		return min(1, o.lister.multiplicity(id))
	}
	for o.probe(id); o.next() != term.None; n++ {
	}
	return n
}

func (o *uniqueOp) total(*int) (uint64, bool) { return 0, false }
