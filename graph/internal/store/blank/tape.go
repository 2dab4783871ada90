package blank

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// File is a temporary file. *os.File is one.
type File interface {
	io.Writer
	io.ReaderAt
	Close() error
}

// recordTape is records in the order they were added: in memory up to a bound, in a
// file beyond it.
type recordTape struct {
	namer *Namer
	room  int // bytes in memory
	buf   []byte
	file  File
	path  string
	size  int64 // of the file
}

func (n *Namer) newTape(room int) *recordTape {
	t := &recordTape{namer: n, room: room}
	n.tapes = append(n.tapes, t)
	return t
}

// add adds a record made of parts.
func (t *recordTape) add(parts ...[]byte) error {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	t.buf = binary.AppendUvarint(t.buf, uint64(size))
	for _, p := range parts {
		t.buf = append(t.buf, p...)
	}
	if len(t.buf) > t.room {
		return t.flush()
	}
	return nil
}

// flush writes the records in memory to the file.
func (t *recordTape) flush() (err error) {
	if t.file == nil {
		t.namer.files++
		t.path = t.namer.Temp + "blank-" + strconv.Itoa(t.namer.files)
		if t.file, err = t.namer.Create(t.path); err != nil {
			return fmt.Errorf("setting blank nodes aside: %w", err)
		}
	}
	n, err := t.file.Write(t.buf)
	if err == nil && n < len(t.buf) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return fmt.Errorf("setting blank nodes aside in %q: %w", t.path, err)
	}
	t.size += int64(len(t.buf))
	t.buf = t.buf[:0]
	return nil
}

// records reads the part of the file from an offset to another, then the records in
// memory if the part reaches the end. It reads ahead as many bytes.
func (t *recordTape) records(from, to int64, ahead int) *records {
	var r io.Reader = io.NewSectionReader(fileOrNone{t.file}, from, to-from)
	if to == t.size {
		r = io.MultiReader(r, &sliceReader{t.buf})
	}
	return &records{in: bufio.NewReaderSize(r, ahead), path: t.path}
}

const (
	readAhead = 64 << 10
	leastRead = 4 << 10 // ahead, however many runs there are
)

// each gives all records, each good until the next.
func (t *recordTape) each(do func(record []byte) error) error {
	r := t.records(0, t.size, readAhead)
	for {
		ok, err := r.next()
		if err != nil || !ok {
			return err
		}
		if err := do(r.record); err != nil {
			return err
		}
	}
}

// close removes the file. It may be called twice.
func (t *recordTape) close() error {
	t.buf = nil
	if t.file == nil {
		return nil
	}
	err := errors.Join(t.file.Close(), t.namer.Remove(t.path))
	t.file, t.size = nil, 0
	return err
}

// fileOrNone is empty where there is no file.
type fileOrNone struct{ File }

func (f fileOrNone) ReadAt(p []byte, at int64) (int, error) {
	if f.File == nil {
		return 0, io.EOF
	}
	return f.File.ReadAt(p, at)
}

type sliceReader struct{ b []byte }

func (s *sliceReader) Read(p []byte) (int, error) {
	if len(s.b) == 0 {
		return 0, io.EOF
	}
	n := copy(p, s.b)
	s.b = s.b[n:]
	return n, nil
}

// records are read one after the other.
type records struct {
	in     *bufio.Reader
	path   string
	record []byte
}

// next reads the next record; it is false after the last.
func (r *records) next() (bool, error) {
	size, err := binary.ReadUvarint(r.in)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err == nil {
		if uint64(cap(r.record)) < size {
			r.record = make([]byte, size)
		}
		r.record = r.record[:size]
		_, err = io.ReadFull(r.in, r.record)
	}
	if err != nil {
		return false, fmt.Errorf("reading blank nodes that were set aside in %q: %w", r.path, err)
	}
	return true, nil
}
