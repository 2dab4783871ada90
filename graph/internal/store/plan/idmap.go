package plan

import "kg/graph/internal/store/term"

// idMap maps ids to numbers. It is a hash table with open addressing: a Go map
// takes three times as long, and recursion and unique live in it.
type idMap struct {
	keys []term.ID // a power of two of them; term.None is free
	vals []uint32
	n    int
}

// put adds an id, unless it is there. It returns the number that is there and
// whether it was there before.
func (m *idMap) put(id term.ID, val uint32) (uint32, bool) {
	if 2*m.n >= len(m.keys) {
		m.grow()
	}
	i := m.find(id)
	if m.keys[i] == id {
		return m.vals[i], true
	}
	m.keys[i], m.vals[i] = id, val
	m.n++
	return val, false
}

// set changes the number of an id that is there.
func (m *idMap) set(id term.ID, val uint32) { m.vals[m.find(id)] = val }

func (m *idMap) get(id term.ID) (uint32, bool) {
	if m.n == 0 {
		return 0, false
	}
	i := m.find(id)
	return m.vals[i], m.keys[i] == id
}

// find is the slot of an id, or the free one where it would be.
func (m *idMap) find(id term.ID) uint32 {
	mask := uint32(len(m.keys) - 1)
	h := uint32(id) * 0x9e3779b1 // ids come in runs: the odd factor spreads them
	i := (h ^ h>>15) & mask
	for m.keys[i] != id && m.keys[i] != term.None {
		i = (i + 1) & mask
	}
	return i
}

func (m *idMap) grow() {
	keys, vals := m.keys, m.vals
	size := max(32, 2*len(keys))
	if size < 4096 {
		size *= 2 // while it costs nothing, fewer steps
	}
	m.keys, m.vals = make([]term.ID, size), make([]uint32, size)
	for i, id := range keys {
		if id != term.None {
			j := m.find(id)
			m.keys[j], m.vals[j] = id, vals[i]
		}
	}
}

// clear empties the map and keeps its room.
func (m *idMap) clear() {
	clear(m.keys)
	m.n = 0
}
