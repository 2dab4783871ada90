package wal

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// Delta adds a quad or removes one. The keys are those of subject, predicate,
// object and label; that of the label is empty if there is none.
type Delta struct {
	Remove bool
	Keys   [4][]byte
}

// Each delta begins with a byte: bit 0 is set if it removes, bit 1+i if term i
// is the same as in the delta before. The other terms follow in order, each
// its length as a varint (encoding/binary) and its key.
const (
	removes = 1 << 0
	repeats = 1 << 1
	unknown = 0xFF &^ (removes | 0xF*repeats)
)

// Encoder puts deltas into the payload of a commit.
type Encoder struct {
	Payload []byte
	last    [4][2]int // start and end of each term of the last delta in Payload
}

// Add appends a delta.
func (e *Encoder) Add(d Delta) {
	at := len(e.Payload)
	first := at == 0
	e.Payload = append(e.Payload, 0)
	for i, key := range d.Keys {
		if old := e.last[i]; !first && bytes.Equal(e.Payload[old[0]:old[1]], key) {
			e.Payload[at] |= repeats << i
			continue
		}
		e.Payload = binary.AppendUvarint(e.Payload, uint64(len(key)))
		start := len(e.Payload)
		e.Payload = append(e.Payload, key...)
		e.last[i] = [2]int{start, len(e.Payload)}
	}
	if d.Remove {
		e.Payload[at] |= removes
	}
}

// Reset empties the encoder and keeps its memory.
func (e *Encoder) Reset() { e.Payload = e.Payload[:0] }

// Decode calls do with each delta of a payload, in order; its keys point into
// the payload. It ends with the first error of do.
func Decode(payload []byte, do func(Delta) error) error {
	var d Delta
	for first := true; len(payload) > 0; first = false {
		op := payload[0]
		payload = payload[1:]
		if op&unknown != 0 || first && op&^removes != 0 {
			return errors.New("a commit holds a delta of an unknown kind")
		}
		d.Remove = op&removes != 0
		for i := range d.Keys {
			if op&(repeats<<i) != 0 {
				continue
			}
			length, n := binary.Uvarint(payload)
			if n <= 0 || length > uint64(len(payload)-n) {
				return errors.New("a commit ends within a term")
			}
			end := n + int(length)
			d.Keys[i] = payload[n:end:end]
			payload = payload[end:]
		}
		if err := do(d); err != nil {
			return err
		}
	}
	return nil
}
