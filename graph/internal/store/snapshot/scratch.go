package snapshot

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"sync"
)

// extentSize is the unit in which memory and the temporary file are given out.
const extentSize = 64 << 10

// scratch stores the sorted data of a Builder until it is merged, in memory as long as
// the budget allows, then in one temporary file.
type scratch struct {
	files   *Builder
	mu      sync.Mutex
	left    int64    // bytes of memory not given out
	free    [][]byte // extents in memory
	file    File
	path    string
	fileEnd int64
	holes   []int64 // extents of the file
}

// extent is a contiguous part of a blob: in memory, or at an offset of the file.
type extent struct {
	mem []byte
	off int64
}

// buffer returns memory to fill, which keep or giveBack takes.
func (s *scratch) buffer() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.free); n > 0 {
		p := s.free[n-1]
		s.free = s.free[:n-1]
		return p[:0]
	}
	return make([]byte, 0, extentSize)
}

// keep stores the bytes of a buffer and returns a buffer to go on with.
func (s *scratch) keep(p []byte) (extent, []byte, error) {
	s.mu.Lock()
	if s.left >= extentSize {
		s.left -= extentSize
		s.mu.Unlock()
		return extent{mem: p}, s.buffer(), nil
	}
	off, err := s.hole()
	f := s.file
	s.mu.Unlock()
	if err != nil {
		return extent{}, p[:0], err
	}
	if n, err := f.WriteAt(p, off); err != nil || n != len(p) {
		return extent{}, p[:0], fmt.Errorf("writing the temporary file %q: %w", s.path, cause(err))
	}
	return extent{off: off}, p[:0], nil
}

// hole returns room for an extent in the file, which it makes at the first
// time.
func (s *scratch) hole() (int64, error) {
	if s.file == nil {
		f, path, err := s.files.createTemp()
		if err != nil {
			return 0, err
		}
		s.file, s.path = f, path
	}
	if n := len(s.holes); n > 0 {
		off := s.holes[n-1]
		s.holes = s.holes[:n-1]
		return off, nil
	}
	s.fileEnd += extentSize
	return s.fileEnd - extentSize, nil
}

// release takes extents back.
func (s *scratch) release(ext []extent) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range ext {
		if e.mem == nil {
			s.holes = append(s.holes, e.off)
			continue
		}
		s.left += extentSize
		if cap(e.mem) == extentSize {
			s.free = append(s.free, e.mem)
		}
	}
}

// close removes the temporary file.
func (s *scratch) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free = nil
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	s.file = nil
	if e := s.files.remove(s.path); e != nil && err == nil && !errors.Is(e, fs.ErrNotExist) {
		err = e
	}
	if err != nil {
		return fmt.Errorf("removing the temporary file %q: %w", s.path, cause(err))
	}
	return nil
}

// createTemp creates a file with an unused name.
func (b *Builder) createTemp() (File, string, error) {
	for n := 0; ; n++ {
		path := b.temp + strconv.Itoa(os.Getpid()) + "-" + strconv.Itoa(n)
		f, err := b.create(path)
		if err == nil {
			return f, path, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, "", fmt.Errorf("creating the temporary file %q: %w", path, cause(err))
		}
	}
}

// blob is a sequence of bytes in a scratch: written once, then read.
type blob struct {
	s    *scratch
	ext  []extent
	buf  []byte
	size int64
	err  error
}

func (s *scratch) newBlob() *blob { return &blob{s: s} }

// put appends bytes. Its error is kept for finish.
func (b *blob) put(p []byte) {
	if b.err != nil {
		return
	}
	if b.buf == nil {
		b.buf = b.s.buffer()
	}
	b.size += int64(len(p))
	for len(p) > 0 {
		n := copy(b.buf[len(b.buf):extentSize], p)
		b.buf = b.buf[:len(b.buf)+n]
		p = p[n:]
		if len(b.buf) == extentSize {
			var e extent
			e, b.buf, b.err = b.s.keep(b.buf)
			if b.err != nil {
				return
			}
			b.ext = append(b.ext, e)
		}
	}
}

// finish ends the writing. Nothing may be read before.
func (b *blob) finish() error {
	if b.err == nil && len(b.buf) > 0 {
		var e extent
		if e, b.buf, b.err = b.s.keep(b.buf); b.err == nil {
			b.ext = append(b.ext, e)
		}
	}
	b.s.giveBack(b.buf)
	b.buf = nil
	return b.err
}

func (s *scratch) giveBack(p []byte) {
	if cap(p) == extentSize {
		s.mu.Lock()
		s.free = append(s.free, p)
		s.mu.Unlock()
	}
}

// read returns n bytes from an offset, in tmp if they are not contiguous in memory, and
// tmp, perhaps grown. Up to slack bytes are readable after them.
func (b *blob) read(off int64, n int, slack int, tmp []byte) (p, grown []byte, err error) {
	e := off / extentSize
	in := int(off % extentSize)
	if x := b.ext[e]; x.mem != nil && in+n+slack <= cap(x.mem) {
		return x.mem[in : in+n+slack][:n], tmp, nil
	}
	if cap(tmp) < n+slack {
		tmp = make([]byte, n+slack, (n+slack)*3/2)
	}
	tmp = tmp[:n+slack]
	for got := 0; got < n; {
		e, in := b.ext[(off+int64(got))/extentSize], int((off+int64(got))%extentSize)
		part := tmp[got:min(n, got+extentSize-in)]
		if e.mem != nil {
			copy(part, e.mem[in:])
		} else if k, err := b.s.file.ReadAt(part, e.off+int64(in)); k < len(part) {
			return nil, tmp, fmt.Errorf("reading the temporary file %q: %w", b.s.path, cause(err))
		}
		got += len(part)
	}
	return tmp[:n], tmp, nil
}

// copyTo puts all bytes into another sink.
func (b *blob) copyTo(to sink) error {
	var tmp []byte
	for off := int64(0); off < b.size; off += extentSize {
		p, grown, err := b.read(off, int(min(extentSize, b.size-off)), 0, tmp)
		if err != nil {
			return err
		}
		tmp = grown
		to.put(p)
	}
	return nil
}

// free gives the room back; the blob is empty then.
func (b *blob) free() {
	b.s.release(b.ext)
	b.ext = nil
}
