package snapshot

import (
	"encoding/binary"

	"kg/graph/store/term"
)

// packed are rows of three columns at fixed width, so that any of them is read
// with one load of eight bytes, or three where the columns have more than 57
// bits.
type packed struct {
	section
	layout
	n      uint64
	narrow bool
}

func newPacked(s section, l layout, n uint64) packed {
	return packed{section: s, layout: l, n: n, narrow: l.width() <= 57}
}

// get returns the columns of the i-th row; i must be below n, which makes all
// loads in bounds, by the check of the header.
func (p *packed) get(i uint64) (a, b, c uint32) {
	bit := i * p.width()
	at := bit >> 3
	if p.narrow {
		p.touch(at, 8)
		return p.split(binary.LittleEndian.Uint64(p.data[at:]) >> (bit & 7))
	}
	return p.bits(bit+uint64(p.c+p.b), p.a), p.bits(bit+uint64(p.c), p.b), p.bits(bit, p.c)
}

// split takes a narrow row, that begins in the lowest bit of v, apart.
func (p *packed) split(v uint64) (a, b, c uint32) {
	return uint32(v>>(p.b+p.c)) & (1<<p.a - 1), uint32(v>>p.c) & (1<<p.b - 1), uint32(v) & (1<<p.c - 1)
}

func (p *packed) bits(bit uint64, width uint) uint32 {
	return uint32(p.word(bit>>3)>>(bit&7)) & (1<<width - 1)
}

// search returns the first row in [i, j) that is not less than (a, b, c), j if
// there is none.
func (p *packed) search(i, j uint64, a, b, c uint32) uint64 {
	for i < j {
		m := (i + j) / 2
		ra, rb, rc := p.get(m)
		if ra < a || ra == a && (rb < b || rb == b && rc < c) {
			i = m + 1
		} else {
			j = m
		}
	}
	return i
}

// narrowTo returns the rows in [i, j) whose first column is a and whose second
// is in [from, to). The rows at both ends are looked at first: most stretches
// have one predicate.
func (p *packed) narrowTo(i, j uint64, a, from, to uint32) (uint64, uint64) {
	if i >= j || from >= to {
		return i, i
	}
	if fa, fb, _ := p.get(i); fa > a || fa == a && fb >= to {
		return i, i
	} else if fa < a || fb < from {
		i = p.search(i+1, j, a, from, 0)
		if i == j {
			return i, i
		}
	}
	if la, lb, _ := p.get(j - 1); la > a || la == a && lb >= to {
		j = p.search(i, j-1, a, to, 0)
	}
	return i, j
}

// table is a sorted array of the IDs that occur in a column; a row has the
// rank of an ID in it.
type table struct {
	section
	n uint32
}

// id returns the ID of a rank.
func (t *table) id(rank uint32) term.ID {
	if rank >= t.n {
		t.throw(0, "a row has rank %d of %d", rank, t.n)
	}
	t.touch(uint64(rank)*4, 4)
	return term.ID(binary.LittleEndian.Uint32(t.data[rank*4:]))
}

// rank returns the rank of an ID.
func (t *table) rank(id term.ID) (uint32, bool) {
	i, j := uint32(0), t.n
	for i < j {
		m := (i + j) / 2
		if t.id(m) < id {
			i = m + 1
		} else {
			j = m
		}
	}
	return i, i < t.n && t.id(i) == id
}
