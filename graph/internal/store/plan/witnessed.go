package plan

import (
	"encoding/binary"
	"slices"

	"kg/graph/internal/store/term"
)

// witnessed is Witnessed over a plan.
type witnessed struct {
	from   node
	traces []string
	tag    string
}

func (*witnessed) tagged() bool { return true }

// witnessedOp must see all rows before it gives the first. In the step of a
// recursion a node comes once for each node that the step went on from, and where rows
// are bound once for each of what they are bound to.
type witnessedOp struct {
	lister
	kept    // the first row of each node
	run     *run
	traces  traces
	shown   shown
	slot    int // of the Bundle
	numbers idMap
	agreed  []int             // the slots that bind a row, see Agreed
	byKey   map[string]uint32 // in the place of numbers, where rows of a node are apart by more
	alike   []string          // what the first row of each node shows
	all     []*Ways           // to each node
	at      int
	spelled []byte
}

func (n *witnessed) open(r *run) op {
	m, bound := r.frame(), len(r.agreed)
	o := &witnessedOp{run: r, lister: list(r, n.from), byKey: map[string]uint32{}}
	o.agreed = slices.Clip(r.agreed[bound:])
	o.kept = keep(r, m)
	o.traces, o.shown = newTraces(r, n.traces, m.slots), newShown(r, m)
	o.slot = r.slot(tag{name: n.tag, kind: bundleTag})
	return o
}

func (o *witnessedOp) scan() {
	o.lister.scan()
	o.gather()
}

func (o *witnessedOp) probe(id term.ID) {
	o.lister.probe(id)
	o.gather()
}

// gather folds the rows of each node.
func (o *witnessedOp) gather() {
	o.kept.reset()
	o.numbers.clear()
	clear(o.byKey)
	o.alike, o.all, o.at = o.alike[:0], o.all[:0], 0
	for id := o.lister.next(); id != term.None; id = o.lister.next() {
		o.run.step()
		o.spelled, _ = o.shown.append(o.spelled[:0], nil)
		n, had := o.number(id)
		switch {
		case !had:
			o.kept.add(id)
			o.alike = append(o.alike, string(o.spelled))
			o.all = append(o.all, &Ways{})
		case o.alike[n] != string(o.spelled):
			continue
		}
		o.all[n].Join(o.traces.ways())
	}
}

// number is that of a node, and whether it had one.
func (o *witnessedOp) number(id term.ID) (uint32, bool) {
	next := uint32(len(o.all))
	if len(o.kept.seeds)+len(o.agreed) == 0 {
		return o.numbers.put(id, next)
	}
	key := binary.BigEndian.AppendUint32(nil, uint32(id))
	for _, slot := range o.kept.seeds {
		key = binary.BigEndian.AppendUint32(key, uint32(o.run.slots[slot]))
	}
	key = o.run.appendBound(key, o.agreed)
	n, had := o.byKey[string(key)]
	if !had {
		n, o.byKey[string(key)] = next, next
	}
	return n, had
}

func (o *witnessedOp) next() term.ID {
	if o.at == len(o.all) {
		return term.None
	}
	o.at++
	o.run.slots[o.slot], o.run.extra[o.slot] = 1, &Bundle{Ways: o.all[o.at-1]}
	return o.kept.load(o.at - 1)
}

func (o *witnessedOp) multiplicity(id term.ID) uint64 {
	if len(o.agreed) > 0 {
		o.probe(id)
		return uint64(len(o.all))
	}
	return min(1, o.lister.multiplicity(id))
}

func (o *witnessedOp) total(*int) (uint64, bool) { return 0, false }
