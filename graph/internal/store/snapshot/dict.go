package snapshot

import (
	"bytes"
	"encoding/binary"

	"kg/graph/internal/store/term"
)

// keyBlock is a block of the dictionary being read: the keys [first, first+n), of which
// the first is the head and the others share prefixes with it.
type keyBlock struct {
	s       *section
	at      uint64 // of the block, for damage
	head    []byte
	lengths []byte // (shared, rest) of the other keys, then their rests
	n       int
}

// block returns the block with the given number.
func (r *Reader) block(i uint64) keyBlock {
	from, to := r.keyOffsets.pair(i, uint64(len(r.keys.data)))
	b := keyBlock{s: &r.keys, at: from, n: blockKeys}
	if last := r.h.blocks() - 1; i == last {
		b.n = int(uint64(r.h.terms) - last*blockKeys)
	}
	p := r.keys.slice(from, to)
	n, k := uvarint(p)
	if k == 0 || n > uint64(len(p)-k) {
		b.bad()
	}
	b.head, b.lengths = p[k:k+int(n)], p[k+int(n):]
	return b
}

func (b *keyBlock) bad() { b.s.throw(b.at, "a block of keys is not well formed") }

// uvarint is binary.Uvarint, quicker for numbers of one byte; 0 bytes signal a bad
// number.
func uvarint(p []byte) (uint64, int) {
	if len(p) > 0 && p[0] < 0x80 {
		return uint64(p[0]), 1
	}
	v, n := binary.Uvarint(p)
	return v, max(n, 0)
}

// entry reads the lengths at the beginning of p, and returns the bytes after them.
func (b *keyBlock) entry(p []byte) (shared, rest int, tail []byte) {
	s, i := uvarint(p)
	r, j := uvarint(p[i:])
	if i == 0 || j == 0 || s > uint64(len(b.head)) || r > uint64(len(b.lengths)) {
		b.bad()
	}
	return int(s), int(r), p[i+j:]
}

// split returns the lengths of the other keys, if each has one byte, and the
// rests; ok is false if one has more.
func (b *keyBlock) split() (lengths, rests []byte, ok bool) {
	n := 2 * (b.n - 1)
	if n > len(b.lengths) {
		b.bad()
	}
	lengths = b.lengths[:n]
	long := byte(0)
	if n == 2*(blockKeys-1) {
		le := binary.LittleEndian
		w := le.Uint64(lengths) | le.Uint64(lengths[8:]) | le.Uint64(lengths[16:]) | le.Uint64(lengths[n-8:])
		return lengths, b.lengths[n:], w&0x8080808080808080 == 0
	}
	for _, c := range lengths {
		long |= c
	}
	return lengths, b.lengths[n:], long < 0x80
}

// rests returns where the rests begin.
func (b *keyBlock) rests() []byte {
	if _, rests, ok := b.split(); ok {
		return rests
	}
	p := b.lengths
	for i := 1; i < b.n; i++ {
		_, _, p = b.entry(p)
	}
	return p
}

// find returns the length of the prefix that the i-th key, not the head, shares with the
// head, and its rest.
func (b *keyBlock) find(i int) (shared int, rest []byte) {
	lengths, p, ok := b.split()
	skip, n := 0, 0
	if ok {
		for k := 1; k < 2*i-1; k += 2 {
			skip += int(lengths[k])
		}
		shared, n = int(lengths[2*i-2]), int(lengths[2*i-1])
	} else {
		p = b.lengths
		for k := 1; k < b.n; k++ {
			var s, r int
			if s, r, p = b.entry(p); k < i {
				skip += r
			} else if k == i {
				shared, n = s, r
			}
		}
	}
	if shared > len(b.head) || skip+n > len(p) {
		b.bad()
	}
	return shared, p[skip : skip+n]
}

// append appends the i-th key of the block.
func (b *keyBlock) append(dst []byte, i int) []byte {
	if i == 0 {
		return append(dst, b.head...)
	}
	shared, rest := b.find(i)
	return append(append(dst, b.head[:shared]...), rest...)
}

// seek returns the first key of the block that is not less than key, and
// whether it is key; the head must be at most key.
func (b *keyBlock) seek(key []byte) (int, bool) {
	common := commonPrefix(b.head, key)
	if common == len(key) && common == len(b.head) {
		return 0, true
	}
	p, rests := b.lengths, b.rests()
	for i := 1; i < b.n; i++ {
		var shared, rest int
		shared, rest, p = b.entry(p)
		if rest > len(rests) {
			b.bad()
		}
		// A key with a longer prefix in common with the head than ours is less, as the
		// head is; one with a shorter prefix is greater.
		if shared < common {
			return i, false
		}
		if shared == common {
			if c := bytes.Compare(rests[:rest], key[common:]); c >= 0 {
				return i, c == 0
			}
		}
		rests = rests[rest:]
	}
	return b.n, false
}

// commonPrefix returns how many bytes a and b have in common at the beginning.
func commonPrefix(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for ; i+8 <= n; i += 8 {
		if binary.LittleEndian.Uint64(a[i:]) != binary.LittleEndian.Uint64(b[i:]) {
			break
		}
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

// Find returns the ID of the term with the given key.
func (r *Reader) Find(key []byte) (term.ID, bool) {
	id, ok := r.seek(key)
	if !ok {
		return term.None, false
	}
	return id, true
}

// Seek returns the first ID whose key is not less than key, Terms()+1 if there
// is none.
func (r *Reader) Seek(key []byte) term.ID {
	id, _ := r.seek(key)
	return id
}

func (r *Reader) seek(key []byte) (term.ID, bool) {
	i, j := uint64(0), r.h.blocks() // the last block with a head of at most key is in [i-1, j)
	for i < j {
		m := (i + j) / 2
		if b := r.block(m); bytes.Compare(b.head, key) <= 0 {
			i = m + 1
		} else {
			j = m
		}
	}
	if i == 0 {
		return 1, false
	}
	b := r.block(i - 1)
	n, ok := b.seek(key)
	return term.ID((i-1)*blockKeys) + term.ID(n) + 1, ok
}

// AppendKey appends the key of id to dst. It appends nothing for an id that is
// None or greater than Terms.
func (r *Reader) AppendKey(dst []byte, id term.ID) []byte {
	if id == term.None || id > r.Terms() {
		return dst
	}
	b := r.block(uint64(id-1) / blockKeys)
	return b.append(dst, int(id-1)%blockKeys)
}
