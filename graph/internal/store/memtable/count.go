package memtable

import "kg/graph/internal/store/term"

// Quads is the number of quads.
func (t *Table) Quads() uint64 {
	n := t.added - t.removed
	if t.base != nil {
		n += t.base.Quads()
	}
	return n
}

// Nodes is the number of terms that some quad has.
func (t *Table) Nodes() uint64 { return uint64(int64(t.terms) + t.nodes) }

// Count is the number of quads that a pattern selects, exactly.
func (t *Table) Count(p term.Pattern) uint64 {
	var n uint64
	if t.base != nil && t.Fits(p) {
		n = t.base.Count(p)
	}
	if !t.Changed(&p) {
		return n
	}
	for c := t.walk(p, byObjectFirst(p)); c.on; c.next() {
		if c.iter.Item().added {
			n++
		} else {
			n--
		}
	}
	return n
}

// Fits reports whether the snapshot can hold quads of a pattern: it knows all
// its terms.
func (t *Table) Fits(p term.Pattern) bool {
	for _, id := range p.Quad {
		if id > t.terms {
			return false
		}
	}
	return true
}

// EachAdded calls do with each quad that the snapshot has not, until do returns
// false.
func (t *Table) EachAdded(do func(term.Quad) bool) {
	t.orders[bySubject].Scan(func(c change) bool { return !c.added || do(c.key) })
}

// Removes reports whether a quad of the snapshot is gone.
func (t *Table) Removes(q term.Quad) bool {
	if t.removed == 0 {
		return false
	}
	c, ok := t.orders[bySubject].Get(change{key: q})
	return ok && !c.added
}
