package wal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// Identity is that of a snapshot.
type Identity [32]byte

// RecordKind is the purpose of a record.
type RecordKind uint32

// The kinds of records.
const (
	Commit     RecordKind = 1 // the payload is deltas
	Checkpoint RecordKind = 2 // the payload is an identity and a number
	Closed     RecordKind = 3 // no payload
)

const (
	version      = 1
	latest       = 1 << 16 // numbers beyond it are no format
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
	Kind    RecordKind
	Number  uint64
	Payload []byte
}

// DamageError reports where a journal differs from what was written.
type DamageError struct {
	Path   string
	Offset int64  // in bytes, of the record or header that cannot be read
	Msg    string // what is wrong
}

// Error returns the file, the offset and the message.
func (e *DamageError) Error() string {
	return fmt.Sprintf("journal %q is damaged at byte %d: %s: restore it from a backup, or save what is whole: kg recover", e.Path, e.Offset, e.Msg)
}

// NewerError is a journal of a format that is later than this program.
type NewerError struct {
	Path   string
	Format uint64
}

// Error gives the file and both formats.
func (e *NewerError) Error() string {
	return fmt.Sprintf("journal %q was made by a newer kg: it has format %d, and this kg reads format %d: use the newer kg, or kg export there and kg load here", e.Path, e.Format, version)
}

func appendHeader(dst []byte, id Identity, salt [8]byte) []byte {
	at := len(dst)
	dst = append(dst, fileMagic...)
	dst = binary.LittleEndian.AppendUint64(dst, version)
	dst = append(dst, id[:]...)
	dst = append(dst, salt[:]...)
	dst = append(dst, 0, 0, 0, 0)
	return binary.LittleEndian.AppendUint32(dst, crc32.Checksum(dst[at:], castagnoli))
}

// parseHeader reads the header at the start of data, which is long enough.
func parseHeader(path string, data []byte) (id Identity, salt [8]byte, err error) {
	if !bytes.HasPrefix(data, fileMagic) {
		return id, salt, &DamageError{path, 0, "it does not begin as a journal does"}
	}
	v := binary.LittleEndian.Uint64(data[8:])
	switch right := rightSum(data); {
	case v > version && v <= latest && (right || !rightSum(asVersion(data))):
		return id, salt, &NewerError{path, v}
	case !right:
		return id, salt, &DamageError{path, 0, "the checksum of the header is wrong"}
	case v != version:
		return id, salt, &DamageError{path, 8, fmt.Sprintf("it has the unknown format %d", v)}
	}
	copy(id[:], data[16:])
	copy(salt[:], data[48:])
	return id, salt, nil
}

func rightSum(header []byte) bool {
	return binary.LittleEndian.Uint32(header[headerSize-4:]) == crc32.Checksum(header[:headerSize-4], castagnoli)
}

// asVersion is a header with this format's number. If its checksum is right
// then, the number is damaged, and no other format's.
func asVersion(header []byte) []byte {
	header = bytes.Clone(header[:headerSize])
	binary.LittleEndian.PutUint64(header[8:], version)
	return header
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

// header is the header of a record.
type header struct {
	kind   RecordKind
	number uint64
	length int64  // of the payload
	sum    uint32 // of salt and payload
}

// parseHead reads the header of a record from p, which has its length. It is
// not ok if it is none.
func parseHead(p []byte, salt [8]byte) (h header, ok bool) {
	if !bytes.HasPrefix(p, recordMagic) || binary.LittleEndian.Uint32(p[24:]) != checksum(salt, p[:24]) {
		return h, false
	}
	return header{
		kind:   RecordKind(binary.LittleEndian.Uint32(p[4:])),
		number: binary.LittleEndian.Uint64(p[8:]),
		length: int64(binary.LittleEndian.Uint32(p[16:])),
		sum:    binary.LittleEndian.Uint32(p[20:]),
	}, true
}
