package plan

import (
	"github.com/cayleygraph/cayley/graph/refs"

	"kg/graph/internal/store/term"
)

// kept are rows set aside: their nodes, and what the slots of their tags held.
type kept struct {
	run    *run
	lo, hi int // the slots
	ids    []term.ID
	slots  []term.ID
	maps   []map[string]refs.Ref // as in a run, empty without foreign tags
}

// keep makes room for rows with the slots made since there were lo.
func keep(r *run, lo int) kept {
	return kept{run: r, lo: lo, hi: len(r.slots)}
}

// add keeps the row the run stands at.
func (k *kept) add(id term.ID) {
	k.ids = append(k.ids, id)
	k.slots = append(k.slots, k.run.slots[k.lo:k.hi]...)
	if k.run.maps != nil {
		k.maps = append(k.maps, k.run.maps[k.lo:k.hi]...)
	}
}

// load makes a row the one the run stands at and returns its node.
func (k *kept) load(i int) term.ID {
	if n := k.hi - k.lo; n > 0 {
		copy(k.run.slots[k.lo:k.hi], k.slots[i*n:(i+1)*n])
		if k.run.maps != nil {
			copy(k.run.maps[k.lo:k.hi], k.maps[i*n:(i+1)*n])
		}
	}
	return k.ids[i]
}

// reset forgets the rows and keeps the room.
func (k *kept) reset() {
	k.ids, k.slots, k.maps = k.ids[:0], k.slots[:0], k.maps[:0]
}
