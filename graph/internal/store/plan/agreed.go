package plan

import (
	"context"
	"encoding/binary"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/shape"

	"kg/graph/internal/store/term"
)

// Agreed is the rows of From with tags that bind a whole row: parts of a row that are
// Agreed must have the same node under the same tag. A Unique over them yields a node
// once for each binding. The order of the parts does not matter unless an optional one
// precedes the part that binds it.
type Agreed struct {
	From shape.Shape
	Tags []string
}

// Optimize optimizes the part and offers the whole to the store.
func (a Agreed) Optimize(ctx context.Context, r shape.Optimizer) (shape.Shape, bool) {
	return offerWith(ctx, r, a.From, func(from shape.Shape) shape.Shape { a.From = from; return a })
}

// BuildIterator is for a store that does not plan.
func (Agreed) BuildIterator(graph.QuadStore) iterator.Shape { return unplanned() }

// agreed is Agreed over a plan. It only marks slots: whoever joins rows looks at them.
type agreed struct {
	from node
	tags []string
}

func (n *agreed) tagged() bool { return n.from.tagged() }

func (n *agreed) open(r *run) op {
	lo := len(r.slots)
	o := n.from.open(r)
	for i := lo; i < len(r.slots); i++ {
		if t := r.tags[i]; t.kind == nodeTag && slices.Contains(n.tags, t.name) {
			r.agreed = append(r.agreed, i)
		}
	}
	return o
}

// agrees reports whether member i has, in the slots that bind a row, the nodes of the
// members before it and of the leading one.
func (p *product) agrees(i int) bool {
	for _, slot := range p.members[i].agreed {
		v := p.run.slots[slot]
		if v == term.None {
			continue
		}
		for k := range p.members {
			if k < i || k == p.except {
				if !p.run.alike(p.members[k].agreed, slot, v) {
					return false
				}
			}
		}
	}
	return true
}

// alike reports whether none of some slots has another node under the tag of a slot.
func (r *run) alike(slots []int, slot int, v term.ID) bool {
	for _, other := range slots {
		if w := r.slots[other]; w != term.None && w != v && r.tags[other].name == r.tags[slot].name {
			return false
		}
	}
	return true
}

// appendBound spells the binding of a row by some slots: of each tag the first node.
func (r *run) appendBound(dst []byte, slots []int) []byte {
	for i, slot := range slots {
		same := func(other int) bool { return r.tags[other].name == r.tags[slot].name }
		if slices.ContainsFunc(slots[:i], same) {
			continue
		}
		v := term.None
		for _, other := range slots[i:] {
			if v == term.None && same(other) {
				v = r.slots[other]
			}
		}
		dst = binary.BigEndian.AppendUint32(dst, uint32(v))
	}
	return dst
}

// take goes on to the next row of member i that agrees with those before it.
func (p *product) take(i int) bool {
	for m := &p.members[i]; m.next() != term.None; {
		p.run.step()
		if p.agrees(i) {
			return true
		}
	}
	return false
}

// search is restart where members must agree: the first rows of the members from i on
// that do.
func (p *product) search(i int) bool {
	for i < len(p.members) && (i == p.except || p.members[i].prober == nil) {
		i++
	}
	if i == len(p.members) {
		return true
	}
	m := &p.members[i]
	m.probe(p.row[m.position])
	m.absent = !p.take(i)
	if m.absent {
		clear(p.run.slots[m.lo:m.hi])
		return m.optional && p.search(i+1)
	}
	return p.settle(i)
}

// settle goes on from the row at hand of member i to one that those after it agree with.
func (p *product) settle(i int) bool {
	for !p.search(i + 1) {
		if !p.take(i) {
			return false
		}
	}
	return true
}

// resume is advance where members must agree.
func (p *product) resume() bool {
	for i := len(p.members) - 1; i >= 0; i-- {
		m := &p.members[i]
		if i != p.except && m.prober != nil && !m.absent && p.take(i) && p.settle(i) {
			p.reps = p.again - 1
			return true
		}
	}
	return false
}

// countAgreed is count where members must agree.
func (p *product) countAgreed(row term.Quad) (n uint64) {
	for ok := p.start(row); ok; ok = p.advance() {
		p.run.step()
		n++
	}
	return n
}
