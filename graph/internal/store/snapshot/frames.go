package snapshot

import (
	"encoding/binary"
	"math/bits"
)

// frames are numbers below 2^56 in frames of 64: each frame has the least of
// its numbers as its base and the differences to it in a fixed number of bits.
// Any of them is read with two lookups.
type frames struct {
	section
	n   uint64 // how many
	dir uint64 // where the directory begins, after the differences
}

func newFrames(s section, n uint64) frames {
	return frames{section: s, n: n, dir: uint64(len(s.data)) - frameDir(n)}
}

// get returns the i-th number; i must be below n.
func (f *frames) get(i uint64) uint64 {
	e := f.dir + i/frameLen*16
	f.touch(e, 16)
	entry := f.data[e : e+16]
	base, shape := binary.LittleEndian.Uint64(entry), binary.LittleEndian.Uint64(entry[8:])
	width := shape & 0xff
	if width == 0 {
		return base
	}
	bit := i % frameLen * width
	at := shape>>8*8 + bit>>3
	if width > 56 || at > f.dir {
		f.throw(e, "the frame of number %d has width %d and lies at byte %d", i, width, at)
	}
	f.touch(at, 8) // the directory, 16 bytes at least, follows: in bounds
	return base + binary.LittleEndian.Uint64(f.data[at:])>>(bit&7)&(1<<width-1)
}

// pair returns the i-th number and the next, the bounds of a span of rows.
// It panics with a *DamageError if they are not ascending or go beyond limit.
func (f *frames) pair(i, limit uint64) (from, to uint64) {
	if k := i % frameLen; k == frameLen-1 {
		from, to = f.get(i), f.get(i+1)
	} else {
		from, to = f.pairIn(i, k)
	}
	if from > to || to > limit {
		f.throw(f.dir+i/frameLen*16, "rows %d to %d of %d", from, to, limit)
	}
	return from, to
}

// pairIn is pair for numbers of one frame.
func (f *frames) pairIn(i, k uint64) (from, to uint64) {
	e := f.dir + i/frameLen*16
	f.touch(e, 16)
	entry := f.data[e : e+16]
	base, shape := binary.LittleEndian.Uint64(entry), binary.LittleEndian.Uint64(entry[8:])
	width := shape & 0xff
	if width == 0 {
		return base, base
	}
	bit := k * width
	at, next := shape>>8*8+bit>>3, shape>>8*8+(bit+width)>>3
	if width > 56 || at > f.dir {
		f.throw(e, "the frame of number %d has width %d and lies at byte %d", i, width, at)
	}
	f.touch(at, next+8-at) // the directory follows: in bounds
	mask := uint64(1)<<width - 1
	from = binary.LittleEndian.Uint64(f.data[at:]) >> (bit & 7) & mask
	to = binary.LittleEndian.Uint64(f.data[next:]) >> ((bit + width) & 7) & mask
	return base + from, base + to
}

// searchIn returns the first index in [i, j) whose number is at least v, j if
// there is none; the numbers in [i, j) must be ascending.
func (f *frames) searchIn(i, j, v uint64) uint64 {
	for i < j {
		m := (i + j) / 2
		if f.get(m) < v {
			i = m + 1
		} else {
			j = m
		}
	}
	return i
}

// gallop is searchIn for a result that is probably near i.
func (f *frames) gallop(i, j, v uint64) uint64 {
	for step := uint64(1); ; step *= 2 {
		if j-i <= step {
			return f.searchIn(i, j, v)
		}
		if f.get(i+step) >= v {
			return f.searchIn(i, i+step, v)
		}
		i += step + 1
	}
}

// framesWriter writes frames: differences to data, the directory to dir.
type framesWriter struct {
	data, dir sink
	buf       [frameLen]uint64
	n         int
	words     uint64 // written to data, of eight bytes
	out       []byte
}

// sink takes bytes; its errors come out where it is finished.
type sink interface{ put(p []byte) }

func (w *framesWriter) add(v uint64) {
	w.buf[w.n] = v
	w.n++
	if w.n == frameLen {
		w.flush()
	}
}

// flush ends the current frame, if there is one. A short last frame is filled
// with its last number.
func (w *framesWriter) flush() {
	if w.n == 0 {
		return
	}
	for i := w.n; i < frameLen; i++ {
		w.buf[i] = w.buf[w.n-1]
	}
	w.n = 0
	lo, hi := w.buf[0], w.buf[0]
	for _, v := range w.buf[1:] {
		lo, hi = min(lo, v), max(hi, v)
	}
	width := uint(bits.Len64(hi - lo))
	w.out = w.out[:0]
	acc, have := uint64(0), uint(0)
	for _, v := range w.buf {
		v -= lo
		acc |= v << have
		have += width
		if have >= 64 {
			w.out = binary.LittleEndian.AppendUint64(w.out, acc)
			have -= 64
			acc = v >> (width - have)
		}
	}
	w.data.put(w.out)
	var entry [16]byte
	binary.LittleEndian.PutUint64(entry[:], lo)
	binary.LittleEndian.PutUint64(entry[8:], w.words<<8|uint64(width))
	w.dir.put(entry[:])
	w.words += uint64(width)
}
