package plan

import (
	"bytes"
	"encoding/binary"
	"slices"

	"kg/graph/internal/store/term"
)

// witnessedPlan is Witnessed over a plan.
type witnessedPlan struct {
	from   node
	traces []string
	tag    string
}

func (*witnessedPlan) tagged() bool { return true }

// witnessedOp must read all rows before it yields the first. In the step of a recursion a
// node is yielded once for each node that the step went on from, and where rows are bound
// once for each binding.
type witnessedOp struct {
	lister
	rowBuffer // the first row of each node
	run       *run
	traces    traces
	shown     shown
	slot      int // of the Bundle
	numbers   idMap
	agreed    []int             // the slots that bind a row, see Agreed
	byKey     map[string]uint32 // instead of numbers, where rows of a node differ by more
	alike     []byte            // the shown tags of the first row of each node
	ends      []uint32          // of each node, in alike
	all       []*Ways           // to each node; nil of one whose ways are packed
	packs     bool              // there can be many nodes
	packed    Packed            // to nodes whose rows came one after the other, as most do
	places    []uint32          // of each node: where its ways are in packed, from 1
	open      uint32            // the node whose rows come, from 1; its ways are packed next
	at        int
	spelled   []byte
}

func (n *witnessedPlan) open(r *run) op {
	m, bound := r.frame(), len(r.agreed)
	o := &witnessedOp{run: r, lister: list(r, n.from), byKey: map[string]uint32{}}
	o.agreed = slices.Clip(r.agreed[bound:])
	o.rowBuffer = keep(r, m)
	o.traces, o.shown = newTraces(r, n.traces, m.slots), newShown(r, m)
	o.slot = r.slot(tag{name: n.tag, kind: bundleTag})
	return o
}

func (o *witnessedOp) scan() {
	o.lister.scan()
	o.packs = true
	o.gather()
}

func (o *witnessedOp) probe(id term.ID) {
	o.lister.probe(id)
	o.packs = false
	o.gather()
}

// gather folds the rows of each node.
func (o *witnessedOp) gather() {
	o.rowBuffer.reset()
	o.numbers.clear()
	clear(o.byKey)
	o.alike, o.ends, o.all, o.at = o.alike[:0], o.ends[:0], o.all[:0], 0
	o.packed, o.places, o.open = Packed{}, o.places[:0], 0
	for id := o.lister.next(); id != term.None; id = o.lister.next() {
		o.run.step()
		o.spelled, _ = o.shown.append(o.spelled[:0], nil)
		n, had := o.number(id)
		switch {
		case !had:
			o.rowBuffer.add(id)
			o.alike = append(o.alike, o.spelled...)
			o.ends, o.places = append(o.ends, uint32(len(o.alike))), append(o.places, 0)
			o.pack()
			o.all, o.open = append(o.all, &Ways{}), n+1
		case !bytes.Equal(o.first(n), o.spelled):
			continue
		}
		o.waysTo(n).Join(o.traces.ways())
	}
	o.pack()
}

// first returns the shown tags of the first row of a node.
func (o *witnessedOp) first(n uint32) []byte {
	from := uint32(0)
	if n > 0 {
		from = o.ends[n-1]
	}
	return o.alike[from:o.ends[n]]
}

// pack packs the ways to the node whose rows came last. Those to one whose rows come
// again stay as they are after that.
func (o *witnessedOp) pack() {
	if o.open == 0 || !o.packs || o.places[o.open-1] > 0 {
		return
	}
	o.packed.Add(o.all[o.open-1])
	o.all[o.open-1], o.places[o.open-1] = nil, uint32(o.packed.Len())
}

// waysTo are the ways to a node, for more to be added.
func (o *witnessedOp) waysTo(n uint32) *Ways {
	if o.all[n] == nil {
		o.all[n] = o.packed.Ways(int(o.places[n] - 1))
	}
	return o.all[n]
}

// number is that of a node, and whether it had one.
func (o *witnessedOp) number(id term.ID) (uint32, bool) {
	next := uint32(len(o.all))
	if len(o.rowBuffer.seeds)+len(o.agreed) == 0 {
		return o.numbers.put(id, next)
	}
	key := binary.BigEndian.AppendUint32(nil, uint32(id))
	for _, slot := range o.rowBuffer.seeds {
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
	ways := o.all[o.at-1]
	if ways == nil {
		ways = o.packed.Ways(int(o.places[o.at-1] - 1))
	}
	o.run.slots[o.slot], o.run.extra[o.slot] = 1, &Bundle{Ways: ways}
	return o.rowBuffer.load(o.at - 1)
}

func (o *witnessedOp) multiplicity(id term.ID) uint64 {
	if len(o.agreed) > 0 {
		o.probe(id)
		return uint64(len(o.all))
	}
	return min(1, o.lister.multiplicity(id))
}

func (o *witnessedOp) total(*int) (uint64, bool) { return 0, false }
