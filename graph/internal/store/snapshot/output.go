package snapshot

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// output writes the pages of a file and keeps their checksums.
type output struct {
	file File
	path string
	h    *header
	buf  []byte
	off  uint64 // of the end of buf in the file
	sums []byte // CRC-32C of each page before buf, little endian
	err  error
}

// outputBuffer is the length that buf grows to: that of a small snapshot stays small.
const outputBuffer = 1 << 20

func newOutput(file File, path string, h *header) *output {
	o := &output{file: file, path: path, h: h, off: pageSize, buf: make([]byte, pageSize, 4*pageSize)}
	return o // with room for the header
}

// put appends bytes to the open section. Its error is kept for finish.
func (o *output) put(p []byte) {
	o.off += uint64(len(p))
	for len(p) > 0 && o.err == nil {
		n := min(outputBuffer-len(o.buf), len(p))
		o.buf = append(o.buf, p[:n]...)
		p = p[n:]
		if len(o.buf) == outputBuffer {
			o.flush()
		}
	}
}

// flush writes the buffer, which has whole pages.
func (o *output) flush() {
	for at := 0; at < len(o.buf); at += pageSize {
		o.sums = binary.LittleEndian.AppendUint32(o.sums, crc32.Checksum(o.buf[at:at+pageSize], castagnoli))
	}
	if o.err == nil {
		o.err = o.write(o.buf)
	}
	o.buf = o.buf[:0]
}

func (o *output) write(p []byte) error {
	if n, err := o.file.Write(p); err != nil || n != len(p) {
		return fmt.Errorf("writing snapshot %q: %w", o.path, cause(err))
	}
	return nil
}

// begin opens a section.
func (o *output) begin(section int) { o.h.section[section].off = o.off }

// end closes it.
func (o *output) end(section int) error {
	o.h.section[section].len = o.off - o.h.section[section].off
	if rest := o.off % pageSize; rest != 0 {
		o.put(make([]byte, pageSize-rest))
	}
	return o.err
}

// finish writes checksums, root and header, and syncs the file.
func (o *output) finish() error {
	o.begin(secChecksums)
	o.flush()
	clear(o.sums[:4]) // page 0 is the header, which has its own
	table := o.sums
	o.sums = nil
	o.h.digest = sha256.Sum256(table)
	o.put(table)
	o.end(secChecksums)
	o.begin(secRoot)
	o.flush()
	root := o.sums
	o.put(root)
	o.end(secRoot)
	o.h.root = crc32.Checksum(o.buf, castagnoli)
	o.flush()
	o.h.size = o.off
	if o.err != nil {
		return o.err
	}
	if n, err := o.file.WriteAt(o.h.encode(), 0); err != nil || n != pageSize {
		return fmt.Errorf("writing snapshot %q: %w", o.path, cause(err))
	}
	if err := o.file.Sync(); err != nil {
		return fmt.Errorf("syncing snapshot %q: %w", o.path, cause(err))
	}
	return nil
}

// spool keeps frames until their section's turn to be written has come.
type spool struct {
	framesWriter
	diffs, entries *blob
}

func (s *scratch) newSpool() *spool {
	w := &spool{diffs: s.newBlob(), entries: s.newBlob()}
	w.data, w.dir = w.diffs, w.entries
	return w
}

// writeTo writes all as a section.
func (w *spool) writeTo(o *output, section int) error {
	w.flush()
	if err := w.diffs.finish(); err != nil {
		return err
	}
	if err := w.entries.finish(); err != nil {
		return err
	}
	o.begin(section)
	if err := w.diffs.copyTo(o); err != nil {
		return err
	}
	if err := w.entries.copyTo(o); err != nil {
		return err
	}
	w.diffs.free()
	w.entries.free()
	return o.end(section)
}

// rowWriter packs rows.
type rowWriter struct {
	layout
	out  sink
	acc  uint64
	have uint
	buf  []byte
}

func (w *rowWriter) add(a, b, c uint32) {
	w.bits(uint64(b)<<w.c|uint64(c), w.b+w.c)
	w.bits(uint64(a), w.a)
}

// bits appends the lowest n bits of v, at most 62, of which no others are set.
func (w *rowWriter) bits(v uint64, n uint) {
	w.acc |= v << w.have
	w.have += n
	if w.have >= 64 {
		w.buf = binary.LittleEndian.AppendUint64(w.buf, w.acc)
		w.have -= 64
		w.acc = v >> (n - w.have)
		if len(w.buf) >= 1<<16 {
			w.out.put(w.buf)
			w.buf = w.buf[:0]
		}
	}
}

// finish writes the last bits and the eight bytes after them.
func (w *rowWriter) finish() {
	for w.have > 0 {
		w.buf = append(w.buf, byte(w.acc))
		w.acc >>= 8
		w.have -= min(w.have, 8)
	}
	w.out.put(append(w.buf, make([]byte, 8)...))
}
