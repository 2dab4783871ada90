package main

import "hash/maphash"

// dict numbers terms from 1 in the order they come. The peers take encoded
// columns; this is the fastest way we know to make them (open addressing on
// a 64-bit hash), so that the encoding, which counts in their time, costs
// them as little as it can.
type dict struct {
	seed   maphash.Seed
	slots  []uint64 // upper half: of the hash; lower half: the number, 0 is free
	ends   []termSpan
	chunks [][]byte
}

// termSpan is the position of a term's bytes.
type termSpan struct{ chunk, from, to uint32 }

const chunkSize = 1 << 22

func newDict() *dict {
	return &dict{seed: maphash.MakeSeed(), slots: make([]uint64, 1<<16)}
}

// len gives the number of terms, which is the last number given.
func (d *dict) len() int { return len(d.ends) }

// term gives the bytes of a numbered term. They never change.
func (d *dict) term(id uint32) []byte {
	p := d.ends[id-1]
	return d.chunks[p.chunk][p.from:p.to:p.to]
}

// add gives the number of a term, a new one if it was not seen before.
func (d *dict) add(term []byte) (id uint32) {
	if 4*len(d.ends) >= 3*len(d.slots) {
		d.grow()
	}
	h := maphash.Bytes(d.seed, term)
	for i := h & uint64(len(d.slots)-1); ; i = (i + 1) & uint64(len(d.slots)-1) {
		slot := d.slots[i]
		if slot == 0 {
			d.store(term)
			d.slots[i] = h&^0xffffffff | uint64(len(d.ends))
			return uint32(len(d.ends))
		}
		if slot>>32 == h>>32 && string(d.term(uint32(slot))) == string(term) {
			return uint32(slot)
		}
	}
}

// find gives the number of a term, or 0.
func (d *dict) find(term string) uint32 {
	h := maphash.String(d.seed, term)
	for i := h & uint64(len(d.slots)-1); d.slots[i] != 0; i = (i + 1) & uint64(len(d.slots)-1) {
		if id := uint32(d.slots[i]); string(d.term(id)) == term {
			return id
		}
	}
	return 0
}

func (d *dict) store(term []byte) {
	last := len(d.chunks) - 1
	if last < 0 || len(d.chunks[last])+len(term) > cap(d.chunks[last]) {
		d.chunks = append(d.chunks, make([]byte, 0, max(chunkSize, len(term))))
		last++
	}
	from := len(d.chunks[last])
	d.chunks[last] = append(d.chunks[last], term...)
	d.ends = append(d.ends, termSpan{uint32(last), uint32(from), uint32(from + len(term))})
}

func (d *dict) grow() {
	d.slots = make([]uint64, 2*len(d.slots))
	for id := range uint32(len(d.ends)) {
		h := maphash.Bytes(d.seed, d.term(id+1))
		i := h & uint64(len(d.slots)-1)
		for d.slots[i] != 0 {
			i = (i + 1) & uint64(len(d.slots)-1)
		}
		d.slots[i] = h&^0xffffffff | uint64(id+1)
	}
}
