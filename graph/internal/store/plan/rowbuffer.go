package plan

import (
	"slices"

	"kg/graph/internal/store/term"
)

// rowBuffer holds rows: their nodes, and the values of their tags' slots, with the slots
// of the nodes that surrounding recursions went on from.
type rowBuffer struct {
	run    *run
	lo, hi int // the slots
	seeds  []int
	ids    []term.ID
	slots  []term.ID
	wide   bool  // a slot holds a value that is no ID
	extra  []any // of a wide one, as in a run
}

// keep makes a buffer for rows of a plan opened in a frame.
func keep(r *run, m seedFrame) rowBuffer {
	wide := slices.ContainsFunc(r.tags[m.slots:], func(t tag) bool { return t.kind == foreignTag || t.kind == bundleTag })
	return rowBuffer{run: r, lo: m.slots, hi: len(r.slots), seeds: r.outer(m), wide: wide}
}

// outer are the slots of the seeds that were used in a frame, of recursions
// that were opened before.
func (r *run) outer(m seedFrame) []int {
	var slots []int
	for _, f := range r.used[m.used:] {
		if f.slot < m.slots && !slices.Contains(slots, f.slot) {
			slots = append(slots, f.slot)
		}
	}
	return slots
}

// width is how many slots a row has.
func (k *rowBuffer) width() int { return k.hi - k.lo + len(k.seeds) }

// add keeps the row the run stands at.
func (k *rowBuffer) add(id term.ID) {
	k.ids = append(k.ids, id)
	k.slots = append(k.slots, k.run.slots[k.lo:k.hi]...)
	for _, s := range k.seeds {
		k.slots = append(k.slots, k.run.slots[s])
	}
	if k.wide {
		k.extra = append(k.extra, k.run.extra[k.lo:k.hi]...)
	}
}

// load makes a row the one the run stands at and returns its node.
func (k *rowBuffer) load(i int) term.ID {
	if w, n := k.width(), k.hi-k.lo; w > 0 {
		row := k.slots[i*w : (i+1)*w]
		copy(k.run.slots[k.lo:k.hi], row)
		for j, s := range k.seeds {
			k.run.slots[s] = row[n+j]
		}
		if k.wide {
			copy(k.run.extra[k.lo:k.hi], k.extra[i*n:(i+1)*n])
		}
	}
	return k.ids[i]
}

// reset forgets the rows and keeps the room.
func (k *rowBuffer) reset() {
	k.ids, k.slots, k.extra = k.ids[:0], k.slots[:0], k.extra[:0]
}
