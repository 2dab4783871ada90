package queries

import (
	"bytes"
	"hash/maphash"
)

// keyTable finds the first answer of each key. It is a map whose keys are those of the
// answers: it hashes each once, and allocates none.
type keyTable struct {
	seed  maphash.Seed
	slots []keySlot // a power of two, at least one in four empty
	n     int
}

// keySlot is an answer by its number from 1, 0 in an empty one, and half of the hash of
// its key.
type keySlot struct{ hash, n uint32 }

// get is the answer of a key, or nil.
func (a *folds) get(key []byte) *fold {
	t := &a.byKey
	if t.n == 0 {
		return nil
	}
	if s := a.slot(uint32(maphash.Bytes(t.seed, key)), key); s.n > 0 {
		return a.at(int(s.n) - 1)
	}
	return nil
}

// index adds an answer, by its number, whose key the table has not.
func (a *folds) index(n int, key []byte) {
	t := &a.byKey
	if 4*t.n >= 3*len(t.slots) {
		t.grow()
	}
	hash := uint32(maphash.Bytes(t.seed, key))
	*a.slot(hash, key) = keySlot{hash, uint32(n + 1)}
	t.n++
}

// slot is where a key is, or belongs.
func (a *folds) slot(hash uint32, key []byte) *keySlot {
	for i := hash; ; i++ {
		s := &a.byKey.slots[i&uint32(len(a.byKey.slots)-1)]
		if s.n == 0 || s.hash == hash && bytes.Equal(a.keyOf(a.at(int(s.n)-1)), key) {
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

// keyTexts are the keys of answers, one after the other.
type keyTexts struct{ chunks [][]byte }

// keyText is where a key is.
type keyText struct{ chunk, from, to uint32 }

func (t *keyTexts) add(key []byte) keyText {
	last := len(t.chunks) - 1
	if last < 0 || len(t.chunks[last])+len(key) > cap(t.chunks[last]) {
		room := 64
		if last >= 0 {
			room = 2 * cap(t.chunks[last])
		}
		t.chunks = append(t.chunks, make([]byte, 0, max(len(key), min(1<<16, room))))
		last++
	}
	from := len(t.chunks[last])
	t.chunks[last] = append(t.chunks[last], key...)
	return keyText{uint32(last), uint32(from), uint32(len(t.chunks[last]))}
}

func (t *keyTexts) get(k keyText) []byte { return t.chunks[k.chunk][k.from:k.to] }
