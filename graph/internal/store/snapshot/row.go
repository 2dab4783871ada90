package snapshot

import (
	"encoding/binary"
	"math/bits"
)

// row is four numbers of 32 bits, the first in the high half of a, the last in the low
// half of b, so that rows compare as numbers of 128 bits. Until it is written to the file
// a quad is a row, and so are other data that have to be sorted.
type row struct{ a, b uint64 }

func makeRow(c0, c1, c2, c3 uint32) row {
	return row{uint64(c0)<<32 | uint64(c1), uint64(c2)<<32 | uint64(c3)}
}

func (r row) columns() (c0, c1, c2, c3 uint32) {
	return uint32(r.a >> 32), uint32(r.a), uint32(r.b >> 32), uint32(r.b)
}

func (r row) less(o row) bool { return r.a < o.a || r.a == o.a && r.b < o.b }

func compareRows(r, o row) int {
	switch {
	case r.less(o):
		return -1
	case r == o:
		return 0
	}
	return 1
}

// Rows in a run are coded as differences, by exclusive or, to the row before:
// a byte with two bits for the length of each column's difference (0, 1, 3 or
// 4 bytes), then the differences.

var codeBytes = [4]uint{0, 1, 3, 4}
var codeMask = [4]uint32{0, 0xff, 0xffffff, 0xffffffff}

func appendRow(dst []byte, prev, r row) []byte {
	da, db := r.a^prev.a, r.b^prev.b
	at := len(dst)
	dst = append(dst, 0)
	code := byte(0)
	for i, d := range [4]uint32{uint32(da >> 32), uint32(da), uint32(db >> 32), uint32(db)} {
		switch n := bits.Len32(d); {
		case n == 0:
			continue
		case n <= 8:
			dst = append(dst, byte(d))
			code |= 1 << (2 * i)
		case n <= 24:
			dst = append(dst, byte(d), byte(d>>8), byte(d>>16))
			code |= 2 << (2 * i)
		default:
			dst = binary.LittleEndian.AppendUint32(dst, d)
			code |= 3 << (2 * i)
		}
	}
	dst[at] = code
	return dst
}

// rowSlack is how many bytes must follow coded rows, so that four can be
// loaded at any difference.
const rowSlack = 4

// decodeRows decodes n rows, the first of which follows the zero row, and
// appends them to dst.
func decodeRows(dst []row, p []byte, n int) []row {
	var c [4]uint32
	for range n {
		code := p[0]
		p = p[1:]
		for i := range c {
			k := code & 3
			code >>= 2
			c[i] ^= binary.LittleEndian.Uint32(p) & codeMask[k]
			p = p[codeBytes[k]:]
		}
		dst = append(dst, makeRow(c[0], c[1], c[2], c[3]))
	}
	return dst
}
