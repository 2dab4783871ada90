package names

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"slices"
)

// Dict numbers words as they come, until Sort. It has no pointers for each word:
// there are tens of millions.
type Dict struct {
	text  []byte
	ends  []uint32 // of each word in text
	table []uint64 // half of the hash, and the word and one; 0 is free
	seed  maphash.Seed
	odd   bool     // a word has a character that sorts before a space, or there are too many
	order []uint32 // the words in order, after Sort
}

// NewDict returns one without words.
func NewDict() *Dict { return &Dict{table: make([]uint64, 1<<10), seed: maphash.MakeSeed()} }

// Append appends the numbers of the words of a key.
func (d *Dict) Append(dst []uint32, key []byte) []uint32 {
	for from := 0; ; {
		n := bytes.IndexByte(key[from:], ' ')
		if n < 0 {
			return append(dst, d.number(key[from:]))
		}
		dst = append(dst, d.number(key[from:from+n]))
		from += n + 1
	}
}

func (d *Dict) number(word []byte) uint32 {
	hash := maphash.Bytes(d.seed, word)
	mask := uint64(len(d.table) - 1)
	at := hash >> 32 & mask
	for ; d.table[at] != 0; at = (at + 1) & mask {
		if n := uint32(d.table[at]) - 1; d.table[at]>>32 == hash>>32 && bytes.Equal(d.word(n), word) {
			return n
		}
	}
	n := uint32(len(d.ends))
	d.odd = d.odd || len(d.text)+len(word) > most || bytes.ContainsFunc(word, func(r rune) bool { return r < ' ' })
	d.text = append(d.text, word...)
	d.ends = append(d.ends, uint32(len(d.text)))
	d.table[at] = hash>>32<<32 | uint64(n+1)
	if len(d.ends) > len(d.table)/8*7 {
		d.grow()
	}
	return n
}

func (d *Dict) grow() {
	old := d.table
	d.table = make([]uint64, 2*len(old))
	mask := uint64(len(d.table) - 1)
	for _, entry := range old {
		if entry == 0 {
			continue
		}
		at := entry >> 32 & mask
		for d.table[at] != 0 {
			at = (at + 1) & mask
		}
		d.table[at] = entry
	}
}

func (d *Dict) word(n uint32) []byte {
	from := uint32(0)
	if n > 0 {
		from = d.ends[n-1]
	}
	return d.text[from:d.ends[n]]
}

// Size is about how many bytes the words take.
func (d *Dict) Size() int { return cap(d.text) + 4*cap(d.ends) + 8*len(d.table) }

// Sort sorts the words, and returns the position of each.
func (d *Dict) Sort() (rank []uint32) {
	type entry struct {
		begin uint64 // the first eight bytes, which mostly decide
		n     uint32
	}
	d.table = nil
	list := make([]entry, len(d.ends))
	for i := range list {
		var begin [8]byte
		copy(begin[:], d.word(uint32(i)))
		list[i] = entry{binary.BigEndian.Uint64(begin[:]), uint32(i)}
	}
	slices.SortFunc(list, func(x, y entry) int {
		if x.begin != y.begin {
			return cmp.Compare(x.begin, y.begin)
		}
		return bytes.Compare(d.word(x.n), d.word(y.n))
	})
	d.order, rank = make([]uint32, len(list)), make([]uint32, len(list))
	for at, e := range list {
		d.order[at], rank[e.n] = e.n, uint32(at)
	}
	return rank
}
