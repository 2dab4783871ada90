package snapshot

import "encoding/binary"

// dictWriter writes the blocks of the dictionary.
type dictWriter struct {
	out     sink
	offsets *framesWriter
	size    uint64
	keys    []byte // of the current block
	ends    []int
	buf     []byte
}

// add appends a key.
func (w *dictWriter) add(key []byte) {
	w.keys = append(w.keys, key...)
	w.ends = append(w.ends, len(w.keys))
	if len(w.ends) == blockKeys {
		w.flush()
	}
}

// flush ends the block, if there is one.
func (w *dictWriter) flush() {
	if len(w.ends) == 0 {
		return
	}
	w.buf = w.encode(w.buf[:0])
	w.offsets.add(w.size)
	w.out.put(w.buf)
	w.size += uint64(len(w.buf))
	w.keys, w.ends = w.keys[:0], w.ends[:0]
}

// encode appends the block to p.
func (w *dictWriter) encode(p []byte) []byte {
	head := w.keys[:w.ends[0]]
	p = binary.AppendUvarint(p, uint64(len(head)))
	p = append(p, head...)
	var shared [blockKeys]int
	for i := 1; i < len(w.ends); i++ {
		key := w.keys[w.ends[i-1]:w.ends[i]]
		shared[i] = commonPrefix(head, key)
		p = binary.AppendUvarint(p, uint64(shared[i]))
		p = binary.AppendUvarint(p, uint64(len(key)-shared[i]))
	}
	for i := 1; i < len(w.ends); i++ {
		p = append(p, w.keys[w.ends[i-1]+shared[i]:w.ends[i]]...)
	}
	return p
}

// finish writes the last block.
func (w *dictWriter) finish() {
	w.flush()
	w.offsets.add(w.size)
}
