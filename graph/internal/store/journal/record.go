package journal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// ID names a snapshot.
type ID [32]byte

// Kind tells what a record is for.
type Kind uint32

// The kinds of records.
const (
	Commit     Kind = 1 // the payload is deltas
	Checkpoint Kind = 2 // the payload is an ID and a number
	Closed     Kind = 3 // no payload
)

const (
	version      = 1
	headerSize   = 64
	recordHeader = 28
	maxPayload   = 1<<31 - 1
)

var (
	fileMagic   = []byte("kgjrnl\r\n")
	recordMagic = []byte("kgrc")
	castagnoli  = crc32.MakeTable(crc32.Castagnoli)
)

// Record is one record of a journal.
type Record struct {
	Kind    Kind
	Number  uint64
	Payload []byte
}

// DamageError tells where a journal is not what was written.
type DamageError struct {
	Path   string
	Offset int64  // in bytes, of the record or header that cannot be read
	Msg    string // what is wrong with it
}

// Error gives the file, the place and what is wrong there.
func (e *DamageError) Error() string {
	return fmt.Sprintf("journal %q is damaged at byte %d: %s: restore it from a backup", e.Path, e.Offset, e.Msg)
}

func appendHeader(dst []byte, id ID, salt [8]byte) []byte {
	at := len(dst)
	dst = append(dst, fileMagic...)
	dst = binary.LittleEndian.AppendUint64(dst, version)
	dst = append(dst, id[:]...)
	dst = append(dst, salt[:]...)
	dst = append(dst, 0, 0, 0, 0)
	return binary.LittleEndian.AppendUint32(dst, crc32.Checksum(dst[at:], castagnoli))
}

// parseHeader reads the header at the start of data, which is long enough.
func parseHeader(path string, data []byte) (id ID, salt [8]byte, err error) {
	if !bytes.HasPrefix(data, fileMagic) {
		return id, salt, &DamageError{path, 0, "it does not begin as a journal does"}
	}
	if sum := binary.LittleEndian.Uint32(data[headerSize-4:]); sum != crc32.Checksum(data[:headerSize-4], castagnoli) {
		return id, salt, &DamageError{path, 0, "the checksum of the header is wrong"}
	}
	if v := binary.LittleEndian.Uint64(data[8:]); v != version {
		return id, salt, fmt.Errorf("journal %q has version %d, expected %d: it was written by another version of this program", path, v, version)
	}
	copy(id[:], data[16:])
	copy(salt[:], data[48:])
	return id, salt, nil
}

func appendRecord(dst []byte, salt [8]byte, r Record) []byte {
	at := len(dst)
	dst = append(dst, recordMagic...)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(r.Kind))
	dst = binary.LittleEndian.AppendUint64(dst, r.Number)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(r.Payload)))
	dst = binary.LittleEndian.AppendUint32(dst, checksum(salt, r.Payload))
	dst = binary.LittleEndian.AppendUint32(dst, checksum(salt, dst[at:]))
	return append(dst, r.Payload...)
}

func checksum(salt [8]byte, b []byte) uint32 {
	return crc32.Update(crc32.Checksum(salt[:], castagnoli), castagnoli, b)
}

// parseRecord reads the record at the start of data, and says what is wrong if
// there is none.
func parseRecord(data []byte, salt [8]byte) (r Record, size int64, fault string) {
	if len(data) < recordHeader {
		return r, 0, "the file ends within the header of a record"
	}
	head := data[:recordHeader]
	if !bytes.HasPrefix(head, recordMagic) || binary.LittleEndian.Uint32(head[24:]) != checksum(salt, head[:24]) {
		return r, 0, "the header of a record has a wrong checksum"
	}
	r.Kind = Kind(binary.LittleEndian.Uint32(head[4:]))
	r.Number = binary.LittleEndian.Uint64(head[8:])
	length := int64(binary.LittleEndian.Uint32(head[16:]))
	rest := data[recordHeader:]
	if length > int64(len(rest)) {
		return r, 0, "the file ends within a record"
	}
	r.Payload = rest[:length:length]
	if binary.LittleEndian.Uint32(head[20:]) != checksum(salt, r.Payload) {
		return r, 0, "a record has a wrong checksum"
	}
	return r, recordHeader + length, ""
}
