package snapshot

import (
	"math/bits"
	"sync/atomic"
)

// idSet is a set of small numbers that many goroutines add to. After seal it returns the
// rank of each.
type idSet struct {
	words []uint64
	ranks []uint32 // of the first number of each word
	n     uint32
}

func newIDSet(most uint32) *idSet { return &idSet{words: make([]uint64, most/64+1)} }

func (s *idSet) add(id uint32) {
	w, bit := &s.words[id/64], uint64(1)<<(id%64)
	if atomic.LoadUint64(w)&bit == 0 {
		atomic.OrUint64(w, bit)
	}
}

func (s *idSet) has(id uint32) bool { return s.words[id/64]&(1<<(id%64)) != 0 }

func (s *idSet) seal() {
	s.ranks = make([]uint32, len(s.words))
	for i, w := range s.words {
		s.ranks[i] = s.n
		s.n += uint32(bits.OnesCount64(w))
	}
}

// rank returns how many numbers of the set are less than id.
func (s *idSet) rank(id uint32) uint32 {
	return s.ranks[id/64] + uint32(bits.OnesCount64(s.words[id/64]&(1<<(id%64)-1)))
}

// each calls f with the numbers in the set, ascending.
func (s *idSet) each(f func(id uint32)) {
	for i, w := range s.words {
		for ; w != 0; w &= w - 1 {
			f(uint32(i*64 + bits.TrailingZeros64(w)))
		}
	}
}
