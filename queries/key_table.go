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

type keySlot struct {
	hash uint64
	f    *fold // nil in an empty one
}

// get is the answer of a key, or nil.
func (t *keyTable) get(key []byte) *fold {
	if t.n == 0 {
		return nil
	}
	return t.slot(maphash.Bytes(t.seed, key), key).f
}

// put adds an answer whose key the table has not.
func (t *keyTable) put(f *fold) {
	if 4*t.n >= 3*len(t.slots) {
		t.grow()
	}
	hash := maphash.Bytes(t.seed, f.key)
	*t.slot(hash, f.key) = keySlot{hash, f}
	t.n++
}

// slot is where a key is, or belongs.
func (t *keyTable) slot(hash uint64, key []byte) *keySlot {
	for i := hash; ; i++ {
		s := &t.slots[i&uint64(len(t.slots)-1)]
		if s.f == nil || s.hash == hash && bytes.Equal(s.f.key, key) {
			return s
		}
	}
}

func (t *keyTable) grow() {
	old := t.slots
	if old == nil {
		t.seed = maphash.MakeSeed()
	}
	t.slots = make([]keySlot, max(16, 4*len(old)))
	for _, s := range old {
		if s.f != nil {
			*t.slot(s.hash, s.f.key) = s
		}
	}
}
