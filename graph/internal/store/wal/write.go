package wal

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// File is a file of a Writer; an *os.File is one.
type File interface {
	io.WriterAt
	Sync() error
	Truncate(size int64) error
	Close() error
}

// Writer appends records to a journal. After a failed write it takes no more.
// It is not for concurrent use.
type Writer struct {
	file  File
	path  string
	salt  [8]byte
	last  uint64 // number of the last record on disk
	size  int64  // end of the last record on disk
	dirty bool   // something was written after the last closed record
	fault error
	buf   []byte
}

// Create begins a journal for a snapshot in an empty file, with some records, which are
// renumbered. When it returns without an error, all is on disk but the file's name. The
// caller closes f after an error.
func Create(f File, path string, id Identity, records []Record) (*Writer, error) {
	w := &Writer{file: f, path: path}
	if _, err := rand.Read(w.salt[:]); err != nil {
		return nil, fmt.Errorf("beginning journal: %w", err)
	}
	w.buf = appendHeader(nil, id, w.salt)
	for _, r := range records {
		w.last++
		w.dirty = true
		w.buf = appendRecord(w.buf, w.salt, Record{r.Kind, w.last, r.Payload})
	}
	if err := w.write(); err != nil {
		return nil, fmt.Errorf("beginning journal %q: %w", path, err)
	}
	return w, nil
}

// Resume goes on after the records of a log that was read from f; it must not be empty.
// The bytes after them are truncated.
func Resume(f File, log *Log) (*Writer, error) {
	w := &Writer{file: f, path: log.Path, salt: log.Salt, last: log.Last, size: log.Size, dirty: !log.Closed}
	if log.Size == 0 {
		return nil, fmt.Errorf("resuming journal %q: it has no header", log.Path)
	}
	if err := errors.Join(f.Truncate(w.size), f.Sync()); err != nil {
		return nil, fmt.Errorf("cutting off the unfinished end of journal %q: %w", log.Path, err)
	}
	return w, nil
}

// Size is the length of the journal in bytes.
func (w *Writer) Size() int64 { return w.size }

// Last is the number of the last record.
func (w *Writer) Last() uint64 { return w.last }

// Salt returns the random number of the journal. No other has the same.
func (w *Writer) Salt() [8]byte { return w.salt }

// Err is the error that ended the writing, if any did.
func (w *Writer) Err() error { return w.fault }

// Append writes one record and returns when it is on disk. After an error the record has
// no effect, and every later Append returns that error again: the content of the disk is
// only known after reading it again.
func (w *Writer) Append(kind RecordKind, payload []byte) error {
	if w.fault != nil {
		return w.fault
	}
	if len(payload) > maxPayload {
		return fmt.Errorf("writing journal %q: expected at most %d bytes in a commit, found %d: load them as a file, or in parts", w.path, maxPayload, len(payload))
	}
	w.buf = appendRecord(w.buf[:0], w.salt, Record{kind, w.last + 1, payload})
	if err := w.write(); err != nil {
		w.fault = fmt.Errorf("writing journal %q: %w: nothing more is written until the store is opened again", w.path, err)
		return w.fault
	}
	w.last++
	w.dirty = kind != Closed
	return nil
}

// write puts w.buf at the end and syncs. A file it could not finish is cut
// back; if even that fails, its end is unfinished at least in memory.
func (w *Writer) write() error {
	n, err := w.file.WriteAt(w.buf, w.size)
	if err == nil && n < len(w.buf) {
		err = io.ErrShortWrite
	}
	if err == nil {
		err = w.file.Sync()
	}
	if err != nil {
		return errors.Join(err, w.file.Truncate(w.size), w.file.Sync())
	}
	w.size += int64(n)
	const large = 1 << 20
	if cap(w.buf) > large {
		w.buf = nil
	}
	return nil
}

// Checkpoint writes a checkpoint: the snapshot named holds all records up to
// held.
func (w *Writer) Checkpoint(id Identity, held uint64) error {
	return w.Append(Checkpoint, binary.LittleEndian.AppendUint64(id[:], held))
}

// Drop closes the file without a closing record, for a journal that another has replaced.
func (w *Writer) Drop() error { return w.file.Close() }

// Close writes a closed record, if there is anything it could protect, and
// closes the file.
func (w *Writer) Close() error {
	var err error
	if w.dirty && w.fault == nil {
		err = w.Append(Closed, nil)
	}
	return errors.Join(err, w.file.Close())
}
