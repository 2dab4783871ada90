package answers

import (
	"bytes"
	"hash/maphash"
)

// keyTable is a hash table from keys to the first group of each, with open addressing. A
// Go map would hash a key twice and allocate it.
type keyTable struct {
	seed  maphash.Seed
	slots []keySlot // a power of two, at least one in four empty
	n     int
}

// keySlot is a group, numbered from 1 (0 in an empty slot), and half of its key's hash.
type keySlot struct{ hash, n uint32 }

// get returns the group of a key, or nil.
func (gs *groups) get(key []byte) *group {
	t := &gs.table
	if t.n == 0 {
		return nil
	}
	if s := gs.slot(uint32(maphash.Bytes(t.seed, key)), key); s.n > 0 {
		return gs.at(int(s.n) - 1)
	}
	return nil
}

// index adds the group of a number and a key that the table does not have.
func (gs *groups) index(n int, key []byte) {
	t := &gs.table
	if 4*t.n >= 3*len(t.slots) {
		t.grow()
	}
	hash := uint32(maphash.Bytes(t.seed, key))
	*gs.slot(hash, key) = keySlot{hash, uint32(n + 1)}
	t.n++
}

// slot returns the slot of a key, or the empty one that it belongs in.
func (gs *groups) slot(hash uint32, key []byte) *keySlot {
	for i := hash; ; i++ {
		s := &gs.table.slots[i&uint32(len(gs.table.slots)-1)]
		if s.n == 0 || s.hash == hash && bytes.Equal(gs.keyOf(gs.at(int(s.n)-1)), key) {
			return s
		}
	}
}

func (t *keyTable) grow() {
	old := t.slots
	if old == nil {
		t.seed = maphash.MakeSeed()
	}
	t.slots = make([]keySlot, max(16, 2*len(old)))
	mask := uint32(len(t.slots) - 1)
	for _, s := range old {
		if s.n > 0 {
			i := s.hash & mask
			for t.slots[i].n > 0 {
				i = (i + 1) & mask
			}
			t.slots[i] = s
		}
	}
}

// keyTexts holds the bytes of keys in chunks.
type keyTexts struct{ chunks [][]byte }

// keyText is the position of a key in keyTexts.
type keyText struct{ chunk, from, to uint32 }

func (t *keyTexts) add(key []byte) keyText {
	last := len(t.chunks) - 1
	if last < 0 || len(t.chunks[last])+len(key) > cap(t.chunks[last]) {
		size := 64
		if last >= 0 {
			size = 2 * cap(t.chunks[last])
		}
		t.chunks = append(t.chunks, make([]byte, 0, max(len(key), min(1<<16, size))))
		last++
	}
	from := len(t.chunks[last])
	t.chunks[last] = append(t.chunks[last], key...)
	return keyText{uint32(last), uint32(from), uint32(len(t.chunks[last]))}
}

func (t *keyTexts) get(k keyText) []byte { return t.chunks[k.chunk][k.from:k.to] }
