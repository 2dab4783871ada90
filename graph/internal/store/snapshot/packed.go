package snapshot

import (
	"encoding/binary"
	"slices"
	"sync/atomic"

	"kg/graph/internal/store/term"
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

// fewRows is the number of rows up to which a linear search is faster.
const fewRows = 32

// narrowTo returns the rows in [i, j) whose first column is a and whose second is in
// [from, to). The rows at both ends are tested first: most spans have one predicate.
func (p *packed) narrowTo(i, j uint64, a, from, to uint32) (uint64, uint64) {
	if i >= j || from >= to {
		return i, i
	}
	if j-i <= fewRows && p.narrow {
		return p.narrowFew(i, j, a, from, to)
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

// narrowFew is narrowTo for few narrow rows.
func (p *packed) narrowFew(i, j uint64, a, from, to uint32) (uint64, uint64) {
	width := p.width()
	bit, end := i*width, j*width
	p.touch(bit>>3, (end+7)>>3+8-bit>>3)
	lo := uint64(a)<<p.b | uint64(from)
	hi := uint64(a)<<p.b | uint64(to-1)
	mask := uint64(1)<<(p.a+p.b) - 1
	if to-1 >= 1<<p.b { // any second column
		hi = uint64(a)<<p.b | (1<<p.b - 1)
	}
	for ; i < j; i, bit = i+1, bit+width {
		if binary.LittleEndian.Uint64(p.data[bit>>3:])>>(bit&7)>>p.c&mask >= lo {
			break
		}
	}
	for k := i; k < j; k, bit = k+1, bit+width {
		if binary.LittleEndian.Uint64(p.data[bit>>3:])>>(bit&7)>>p.c&mask > hi {
			return i, k
		}
	}
	return i, j
}

// countIn is how many rows narrowTo finds.
func (p *packed) countIn(i, j uint64, a, from, to uint32) uint64 {
	if i >= j {
		return 0
	}
	if j-i > fewRows || !p.narrow {
		i, j = p.narrowTo(i, j, a, from, to)
		return j - i
	}
	width := p.width()
	bit, end := i*width, j*width
	p.touch(bit>>3, (end+7)>>3+8-bit>>3)
	lo := uint64(a)<<p.b | uint64(from)
	span := uint64(min(to, 1<<p.b) - from) // at least 1, and below it a row is in
	data, shift, mask := p.data, p.c, uint64(1)<<(p.a+p.b)-1
	n := uint64(0)
	for ; i < j; i, bit = i+1, bit+width { // without a branch to mispredict
		v := binary.LittleEndian.Uint64(data[bit>>3:]) >> (bit & 7) >> shift & mask
		n += (v - lo - span) >> 63 &^ ((v - lo) >> 63)
	}
	return n
}

// appendSecond appends base plus the second column of the rows [i, j), which
// are narrow and of which there is one at least.
func (p *packed) appendSecond(dst []term.ID, i, j uint64, base, span uint32) []term.ID {
	width, mask := p.width(), uint32(1)<<p.b-1
	bit, end := i*width, j*width
	p.touch(bit>>3, (end+7)>>3+8-bit>>3)
	n := len(dst)
	dst = slices.Grow(dst, int(j-i))[:n+int(j-i)]
	data, most := p.data, uint32(0)
	for k := n; k < len(dst); k, bit = k+1, bit+width {
		b := uint32(binary.LittleEndian.Uint64(data[bit>>3:])>>(bit&7)>>p.c) & mask
		most = max(most, b)
		dst[k] = term.ID(base + b)
	}
	if most >= span {
		p.throw(i*width>>3, "a row has term %d of %d", most, span)
	}
	return dst
}

// table is a sorted array of the IDs that occur in a column; a row has the
// rank of an ID in it.
type table struct {
	section
	n     uint32
	most  term.ID                   // the greatest there is
	known atomic.Pointer[[]term.ID] // all of it, if it is short and was read
}

// knownIDs is the length of the longest table that is cached in memory.
const knownIDs = 4096

// id returns the ID of a rank.
func (t *table) id(rank uint32) term.ID {
	if rank >= t.n {
		t.throw(0, "a row has rank %d of %d", rank, t.n)
	}
	t.touch(uint64(rank)*4, 4)
	id := term.ID(binary.LittleEndian.Uint32(t.data[uint64(rank)*4:]))
	if id > t.most {
		t.throw(uint64(rank)*4, "entry %d is term %d of %d", rank, id, t.most)
	}
	return id
}

// rank returns the rank of an ID.
func (t *table) rank(id term.ID) (uint32, bool) {
	if t.n <= knownIDs {
		ids := t.all()
		i := 0
		if len(ids) > 0 && ids[len(ids)-1] < id {
			return 0, false
		}
		for n := len(ids); n > 1; { // without a branch to mispredict
			half := n / 2
			if ids[i+half] <= id {
				i += half
			}
			n -= half
		}
		return uint32(i), i < len(ids) && ids[i] == id
	}
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

// all returns the table.
func (t *table) all() []term.ID {
	if p := t.known.Load(); p != nil {
		return *p
	}
	ids := make([]term.ID, t.n)
	for i := range ids {
		ids[i] = t.id(uint32(i))
	}
	t.known.Store(&ids)
	return ids
}
