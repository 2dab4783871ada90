package snapshot

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"runtime/debug"
)

// Mark names the journal of a snapshot, which is not the whole store then: one of two
// journals continues it. They are two because a snapshot and its journal cannot be
// replaced in one step; a mark for one journal has its name twice. The zero Mark is none.
// A mark stands after the last section of a file, outside of all checksums and of the
// identity, so that it can be added while the file is read.
type Mark [2][8]byte

const (
	markMagic = "kgmark\r\n"
	markSize  = 32
)

// Names reports whether the mark names a journal.
func (m Mark) Names(journal [8]byte) bool { return m[0] == journal || m[1] == journal }

func (m Mark) encode() []byte {
	p := append([]byte(markMagic), m[0][:]...)
	p = append(p, m[1][:]...)
	p = append(p, 0, 0, 0, 0)
	return binary.LittleEndian.AppendUint32(p, crc32.Checksum(p, castagnoli))
}

// WriteMark writes a mark after the snapshot id in f and syncs it. It refuses a file with
// other content.
func WriteMark(f File, id Identity, m Mark) error {
	page := make([]byte, pageSize)
	if _, err := f.ReadAt(page, 0); err != nil {
		return err
	}
	if sha256.Sum256(page) != id {
		return errors.New("another file has taken its place")
	}
	size := binary.LittleEndian.Uint64(page[16:])
	if n, err := f.WriteAt(m.encode(), int64(size)); err != nil || n != markSize {
		return cause(err)
	}
	return f.Sync()
}

// Mark returns the mark of the file. Other bytes in its position are a *DamageError: a
// mark that was not finished, or is damaged.
func (r *Reader) Mark() (m Mark, err error) {
	if len(r.tail) == 0 {
		return m, nil
	}
	if len(r.tail) == markSize {
		copy(m[0][:], r.tail[8:])
		copy(m[1][:], r.tail[16:])
		if bytes.Equal(m.encode(), r.tail) {
			return m, nil
		}
	}
	return Mark{}, &DamageError{r.path, "mark", int64(r.h.size), "it was not finished, or the checksum is wrong"}
}

// copyTail copies the bytes after the last section: they may change while the file is
// mapped. Unreadable bytes are an error, see checksum.
func (r *Reader) copyTail() (tail []byte, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("it cannot be read: %v", e)
		}
	}()
	return bytes.Clone(r.data[r.h.size:]), nil
}
