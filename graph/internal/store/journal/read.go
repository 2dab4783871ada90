package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Log is what a journal holds. The Log of a file shorter than a header has
// neither ID nor records.
type Log struct {
	Path    string
	ID      ID       // the snapshot that the records come after
	Records []Record // commits and checkpoints, in order
	Size    int64    // up to where the file can be read, in bytes
	Last    uint64   // the number of the last record, a closed one too
	Closed  bool     // the writer ended after the last record
	Salt    [8]byte  // drawn when the file was made: tells it from all others
}

// Load reads the journal at path. A missing one is an error that wraps
// fs.ErrNotExist, a damaged one a *DamageError.
func Load(path string) (*Log, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("reading journal: %w", err)
	}
	return Read(path, data)
}

// Read is Load for bytes that were read already; path is for errors. The
// records point into data.
func Read(path string, data []byte) (*Log, error) {
	log := &Log{Path: path}
	if len(data) < headerSize {
		return log, nil
	}
	var err error
	if log.ID, log.Salt, err = parseHeader(path, data); err != nil {
		return nil, err
	}
	log.Size = headerSize
	for log.Size < int64(len(data)) {
		r, size, fault := parseRecord(data[log.Size:], log.Salt)
		if fault == "" {
			fault = log.misfit(r)
		}
		if fault != "" {
			if log.goodAfter(data[log.Size+1:]) || size > 0 {
				return nil, &DamageError{path, log.Size, fault}
			}
			return log, nil
		}
		log.Last = r.Number
		log.Size += size
		if log.Closed = r.Kind == Closed; !log.Closed {
			log.Records = append(log.Records, r)
		}
	}
	return log, nil
}

// misfit tells why a record that is whole cannot stand here.
func (l *Log) misfit(r Record) string {
	switch {
	case r.Number != l.Last+1:
		return fmt.Sprintf("expected record %d, found record %d", l.Last+1, r.Number)
	case r.Kind == Checkpoint && len(r.Payload) != len(ID{})+8:
		return fmt.Sprintf("a checkpoint of %d bytes", len(r.Payload))
	case r.Kind < Commit || r.Kind > Closed:
		return fmt.Sprintf("a record of the unknown kind %d", r.Kind)
	}
	return ""
}

// goodAfter tells whether a later record stands anywhere in data.
func (l *Log) goodAfter(data []byte) bool {
	for {
		at := bytes.Index(data, recordMagic)
		if at < 0 {
			return false
		}
		data = data[at:]
		if r, _, fault := parseRecord(data, l.Salt); fault == "" && r.Number > l.Last {
			return true
		}
		data = data[1:]
	}
}

// After returns the records that a snapshot lacks: those after the last
// checkpoint that names it, or else all of them if the journal was begun for
// it. The checkpoint comes first: what adds and removes in turn comes back to
// the snapshot it began with.
// It is not ok if the journal belongs to another snapshot.
func (l *Log) After(id ID) (records []Record, ok bool) {
	for i := len(l.Records) - 1; i >= 0; i-- {
		r := l.Records[i]
		if r.Kind != Checkpoint || ID(r.Payload[:len(id)]) != id {
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
