package names

import (
	"bufio"
	"encoding/binary"
	"io"
)

// postings writes the nodes of each word. It reads the names that were written, once for
// each range of words whose nodes the memory budget holds: a pass over them takes less
// than sorting pairs of word and node would, and no other file.
func (w *Writer) postings() error {
	at := make([]uint32, w.words)
	for from := 0; from < w.words; {
		to, size := from, 0
		for to < w.words && (to == from || size+int(w.uses[to]) <= w.budget) {
			at[to] = uint32(size)
			size += int(w.uses[to])
			to++
		}
		clear(w.last)
		out := make([]byte, size)
		err := w.each(func(node, word uint32) {
			if int(word) < from || int(word) >= to || w.last[word] == node {
				return
			}
			at[word] += uint32(binary.PutUvarint(out[at[word]:], uint64(node-w.last[word])))
			w.last[word] = node
		})
		if err != nil {
			return err
		}
		w.out[secNumbers].Write(out)
		from = to
	}
	return w.out[secNumbers].Flush()
}

// each calls do with each node plus one, and each of its words, as often as it has it.
func (w *Writer) each(do func(node, word uint32)) error {
	names := bufio.NewReaderSize(io.NewSectionReader(w.f, w.from[secNames], w.names), 1<<18)
	begins := bufio.NewReaderSize(io.NewSectionReader(w.f, w.from[secNodes]+4, int64(4*w.node)), 1<<18)
	var end [4]byte
	var b []byte
	from := uint32(0)
	for node := range w.node {
		if _, err := io.ReadFull(begins, end[:]); err != nil {
			return err
		}
		to := le.Uint32(end[:])
		if n := int(to - from); n > cap(b) {
			b = make([]byte, 2*n)
		}
		b = b[:to-from]
		if _, err := io.ReadFull(names, b); err != nil {
			return err
		}
		from = to
		for rest := b; len(rest) > 0; {
			_, n := uvarint(rest[1:])
			rest = rest[1+n:]
			count, n := uvarint(rest)
			rest = rest[n:]
			for range count {
				word, n := uvarint(rest)
				rest = rest[n:]
				do(node+1, word)
			}
		}
	}
	return nil
}

// uvarint is binary.Uvarint for bytes that were just written.
func uvarint(b []byte) (v uint32, n int) {
	for {
		c := b[n]
		v |= uint32(c&0x7f) << (7 * n)
		if n++; c < 0x80 {
			return v, n
		}
	}
}
