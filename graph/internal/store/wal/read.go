package wal

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"kg/internal/files"
)

// Log is the content of a journal. The Log of a file shorter than a header has neither ID
// nor records.
type Log struct {
	Path    string
	ID      Identity // the snapshot that the records come after
	Records []Record // commits and checkpoints, in order
	Size    int64    // up to where the file can be read, in bytes
	Torn    int64    // bytes after that, which are no whole record
	Last    uint64   // the number of the last record, a closed one too
	Closed  bool     // the writer ended after the last record
	Salt    [8]byte  // random, from the file's creation: identifies it
}

// Load reads the journal at path. A missing one is an error that wraps fs.ErrNotExist,
// one of a later format a *NewerError, a damaged one a *DamageError: the Log returned
// with it has the records before the damage.
func Load(path string) (*Log, error) {
	f, err := files.OpenFile(path, os.O_RDONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("reading journal: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("reading journal: %w", err)
	}
	return Read(path, f, info.Size())
}

// Read is Load for a file of a size that is open already; path is for errors. In addition
// to the records it needs memory of a few windows, whatever the size.
func Read(path string, in io.ReaderAt, size int64) (*Log, error) {
	log, err := read(path, &file{in: in, size: size})
	if fault := (*readError)(nil); errors.As(err, &fault) {
		return nil, fmt.Errorf("reading journal %q: %w", path, fault.err)
	}
	return log, err
}

func read(path string, f *file) (*Log, error) {
	log := &Log{Path: path, Torn: f.size}
	if f.size < headerSize {
		return log, nil
	}
	head, err := f.bytes(0, headerSize)
	if err != nil {
		return nil, err
	}
	if log.ID, log.Salt, err = parseHeader(path, head); err != nil {
		return log, err
	}
	f.salt = log.Salt
	for log.Size = headerSize; log.Size < f.size; {
		r, size, fault, err := f.record(log.Size)
		if err != nil {
			return nil, err
		}
		if fault == "" {
			fault = log.misfit(r)
		}
		if fault != "" {
			log.Torn = f.size - log.Size
			good := size > 0
			if !good {
				good, err = f.goodAfter(log.Size+1, log.Last)
			}
			if good {
				err = &DamageError{path, log.Size, fault}
			}
			return log, err
		}
		log.Last = r.Number
		log.Size += size
		if log.Closed = r.Kind == Closed; !log.Closed {
			log.Records = append(log.Records, r)
		}
	}
	log.Torn = 0
	return log, nil
}

// misfit returns why a valid record cannot stand here.
func (l *Log) misfit(r Record) string {
	switch {
	case r.Number != l.Last+1:
		return fmt.Sprintf("expected record %d, found record %d", l.Last+1, r.Number)
	case r.Kind == Checkpoint && len(r.Payload) != len(Identity{})+8:
		return fmt.Sprintf("a checkpoint of %d bytes", len(r.Payload))
	case r.Kind < Commit || r.Kind > Closed:
		return fmt.Sprintf("a record of the unknown kind %d", r.Kind)
	}
	return ""
}

// After returns the records that a snapshot lacks: those after the last checkpoint that
// names it, or else all of them if the journal was begun for it. The checkpoint takes
// precedence: alternating additions and removals return to the snapshot they began with.
// ok is false if the journal belongs to another snapshot.
func (l *Log) After(id Identity) (records []Record, ok bool) {
	for i := len(l.Records) - 1; i >= 0; i-- {
		r := l.Records[i]
		if r.Kind != Checkpoint || Identity(r.Payload[:len(id)]) != id {
			continue
		}
		held := binary.LittleEndian.Uint64(r.Payload[len(id):])
		for from := range l.Records {
			if l.Records[from].Number > held {
				return l.Records[from:], true
			}
		}
	}
	if l.Size > 0 && l.ID == id {
		return l.Records, true
	}
	return nil, false
}
