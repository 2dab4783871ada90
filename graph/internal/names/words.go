package names

import (
	"bytes"
	"encoding/binary"
	"sort"
)

// Words counts the words.
func (r *Reader) Words() int { return r.size(secWords)/4 - 1 }

// Word is a word by its number.
func (r *Reader) Word(n uint32) []byte {
	from, to := int(r.uint32(secWords, int(n))), int(r.uint32(secWords, int(n)+1))
	return r.bytes(secText, from, max(from, to-1))
}

// AppendKey appends the key that has some words.
func (r *Reader) AppendKey(dst []byte, words []uint32) []byte {
	for i, n := range words {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, r.Word(n)...)
	}
	return dst
}

// seek is the number of the first word that is not before some text.
func (r *Reader) seek(text []byte) uint32 {
	return uint32(sort.Search(r.Words(), func(i int) bool { return bytes.Compare(r.Word(uint32(i)), text) >= 0 }))
}

// Find is the number of a word.
func (r *Reader) Find(word string) (n uint32, ok bool) {
	n = r.seek([]byte(word))
	return n, int(n) < r.Words() && string(r.Word(n)) == word
}

// Beginning are the words that begin so, from one number up to another.
func (r *Reader) Beginning(text string) (from, to uint32) {
	from = r.seek([]byte(text))
	rest := r.Words() - int(from)
	return from, from + uint32(sort.Search(rest, func(i int) bool { return !bytes.HasPrefix(r.Word(from+uint32(i)), []byte(text)) }))
}

// Containing appends the numbers of the words that have a text somewhere, in
// order. It has no space in it.
func (r *Reader) Containing(dst []uint32, text string) []uint32 {
	all, want := r.bytes(secText, 0, r.size(secText)), []byte(text)
	from := uint32(0)
	for at := 0; ; {
		i := bytes.Index(all[at:], want)
		if i < 0 {
			return dst
		}
		at += i
		// The word that begins last before it.
		n := from + uint32(sort.Search(r.Words()-int(from), func(i int) bool { return int(r.uint32(secWords, int(from)+i)) > at })) - 1
		if int(n) >= r.Words() {
			r.throw("byte %d is in none of its words", at)
		}
		dst = append(dst, n)
		from = n + 1
		if at = int(r.uint32(secWords, int(from))); int(from) == r.Words() {
			return dst
		}
	}
}

// postings returns the encoded nodes of consecutive words.
func (r *Reader) postings(n uint32) []byte {
	b := r.bytes(secPostings, 8*int(n), 8*int(n)+16)
	return r.bytes(secNumbers, int(le.Uint64(b)), int(le.Uint64(b[8:])))
}

// Weight returns the length of a word's encoded nodes in bytes: at least the number of
// nodes.
func (r *Reader) Weight(n uint32) int {
	b := r.bytes(secPostings, 8*int(n), 8*int(n)+16)
	return int(le.Uint64(b[8:]) - le.Uint64(b))
}

// Having calls do with the nodes that have a word, ascending.
func (r *Reader) Having(n uint32, do func(node int)) {
	node := uint64(0)
	for b := r.postings(n); len(b) > 0; {
		step, size := binary.Uvarint(b)
		if node += step; size <= 0 || step == 0 || node > uint64(r.Nodes()) {
			r.throw("word %d has nodes that are none", n)
		}
		b = b[size:]
		do(int(node - 1))
	}
}
