package snapshot

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"math/bits"
)

// keyNumbers numbers keys from 0 in the order in which they come. Numbers, lengths
// and keys lie together in an arena, so that a lookup reads two spans, the
// slot and the key.
type keyNumbers struct {
	seed  maphash.Seed
	slots []uint64 // by hash: its high half, then the offset of the key in arena
	arena []byte   // for each key its number, its length, four bytes each, itself
	at    []uint32 // by number: the offset of the key in arena
}

// keyHead is the length of the header of a key in the arena.
const keyHead = 8

func newKeyTable(terms, arena int) keyNumbers {
	return keyNumbers{
		seed:  maphash.MakeSeed(),
		slots: make([]uint64, 1<<bits.Len(uint(2*terms))),
		arena: make([]byte, 0, arena),
		at:    make([]uint32, 0, terms),
	}
}

// grow makes room for more.
func (t *keyNumbers) grow(terms, arena int) {
	old := *t
	*t = newKeyTable(terms, arena)
	t.seed = old.seed
	t.arena, t.at = append(t.arena, old.arena...), append(t.at, old.at...)
	mask := uint64(len(t.slots) - 1)
	for _, at := range t.at {
		h := t.hash(t.keyAt(at))
		i := h & mask
		for t.slots[i] != 0 {
			i = (i + 1) & mask
		}
		t.slots[i] = h&^(1<<32-1) | uint64(at)
	}
}

func (t *keyNumbers) clear() {
	clear(t.slots)
	t.arena, t.at = t.arena[:0], t.at[:0]
}

// key returns the key of a number.
func (t *keyNumbers) key(i uint32) []byte { return t.keyAt(t.at[i]) }

func (t *keyNumbers) keyAt(at uint32) []byte {
	return t.arena[at : at+binary.LittleEndian.Uint32(t.arena[at-4:])]
}

func (t *keyNumbers) hash(key []byte) uint64 { return maphash.Bytes(t.seed, key) }

// number returns the number of a key with the given hash.
func (t *keyNumbers) number(key []byte, h uint64) uint32 {
	mask := uint64(len(t.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		e := t.slots[i]
		if e == 0 {
			t.slots[i] = h&^(1<<32-1) | uint64(len(t.arena)+keyHead)
			return t.append(key)
		}
		if (e^h)>>32 == 0 && bytes.Equal(t.keyAt(uint32(e)), key) {
			return binary.LittleEndian.Uint32(t.arena[uint32(e)-keyHead:])
		}
	}
}

func (t *keyNumbers) append(key []byte) uint32 {
	n := uint32(len(t.at))
	t.arena = binary.LittleEndian.AppendUint32(t.arena, n)
	t.arena = binary.LittleEndian.AppendUint32(t.arena, uint32(len(key)))
	t.at = append(t.at, uint32(len(t.arena)))
	t.arena = append(t.arena, key...)
	return n
}

// fetch loads the entries that number will read into the processor's cache, for many keys
// at once: their misses overlap instead of following each other. Its result has no
// meaning; it keeps the loads from being optimized away.
func (t *keyNumbers) fetch(hashes []uint64) (sum uint64) {
	mask := uint64(len(t.slots) - 1)
	var found [fetchKeys]uint64
	for i, h := range hashes {
		found[i] = t.slots[h&mask]
	}
	for i, h := range hashes {
		if e := found[i]; e != 0 && (e^h)>>32 == 0 {
			sum += uint64(t.arena[uint32(e)-keyHead]) + uint64(t.arena[uint32(e)])
		}
	}
	return sum
}

// fetchKeys is how many keys fetch takes at most.
const fetchKeys = 96
