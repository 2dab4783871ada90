package snapshot

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"sync/atomic"
	"syscall"

	"github.com/edsrzf/mmap-go"

	"kg/graph/internal/store/term"
	"kg/internal/files"
)

// Identity identifies a snapshot: the SHA-256 of a file's header, which covers the
// checksums of all that follows. Equal sets of quads have equal files.
type Identity [sha256.Size]byte

// Reader reads one snapshot file. It may be used by many goroutines at once.
type Reader struct {
	path string
	data mmap.MMap
	info fs.FileInfo // of the file when it was opened
	id   Identity
	h    *header
	tail []byte // the bytes after the last section
	sec  [sections]section

	keys                    section
	keyOffsets              frames
	predicates, labels      table
	bySubject, byObject     packed
	subjects, objects       frames // first row of each subject and object
	predStarts, predRows    frames
	labelStarts, labelBytes frames
	labelRuns               section

	columns atomic.Pointer[columns]
}

// Open maps the snapshot at path and checks its header; pages are checked when
// they are first read. A damaged file is a *DamageError, one of a later format a
// *NewerError.
func Open(path string) (*Reader, error) { return openAs(path, newReader) }

// OpenFile is Open for a file that is open already, and may be closed then; path
// is for errors.
func OpenFile(path string, f *os.File) (*Reader, error) { return mapFile(path, f, newReader) }

type openFunc func(path string, data []byte) (*Reader, error)

func openAs(path string, read openFunc) (*Reader, error) {
	f, err := files.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0) // a pipe would be waited for
	if err != nil {
		return nil, err // it names the operation and the path
	}
	defer f.Close()
	return mapFile(path, f, read)
}

func mapFile(path string, f *os.File, read openFunc) (*Reader, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open snapshot", Path: path, Err: errors.New("not a regular file")}
	}
	if info.Size() == 0 {
		return read(path, nil) // which no system maps
	}
	data, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, &fs.PathError{Op: "map snapshot", Path: path, Err: err}
	}
	r, err := read(path, data)
	if err != nil {
		data.Unmap()
		return nil, err
	}
	r.info = info
	return r, nil
}

// Overwritten reports whether the file that is mapped, and still is at path, has
// another content by now. A file that was renamed over it is another one, and
// a Mark no change.
func (r *Reader) Overwritten(path string) bool {
	now, err := os.Stat(path)
	if err != nil || r.info == nil || !os.SameFile(now, r.info) {
		return false
	}
	if now.Size() == r.info.Size() && now.ModTime().Equal(r.info.ModTime()) {
		return false
	}
	return now.Size() < r.Size() || !IsAt(path, r.id)
}

// IsAt reports whether the file at path begins as the snapshot id does.
func IsAt(path string, id Identity) bool {
	f, err := files.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	page := make([]byte, pageSize)
	_, err = f.ReadAt(page, 0)
	return err == nil && sha256.Sum256(page) == id
}

// newReader returns a reader of the bytes of a file. It checks the header and
// the root of the checksums.
func newReader(path string, data []byte) (r *Reader, err error) {
	if r, err = newUnchecked(path, data); err != nil {
		return nil, err
	}
	defer Catch(&err)
	r.checkRoot()
	return r, nil
}

// newUnchecked is newReader without the check of the root.
func newUnchecked(path string, data []byte) (r *Reader, err error) {
	r = &Reader{path: path, data: data}
	bad := func(err error) (*Reader, error) {
		return nil, &DamageError{path, "header", 0, err.Error()}
	}
	if len(data) < pageSize {
		return bad(fmt.Errorf("the file has %d bytes, less than a header", len(data)))
	}
	if _, err := r.checksum(0); err != nil {
		return bad(fmt.Errorf("it cannot be read: %v", err))
	}
	r.h, err = decodeHeader(data[:pageSize], len(data))
	if newer := (*NewerError)(nil); errors.As(err, &newer) {
		newer.Path = path
		return nil, newer
	}
	if err != nil {
		return bad(err)
	}
	if r.tail, err = r.copyTail(); err != nil {
		return bad(err)
	}
	r.id = sha256.Sum256(data[:pageSize])
	for i, s := range r.h.section {
		r.sec[i] = section{r: r, seen: newPageSet(s.len), index: i, off: s.off, data: data[s.off : s.off+s.len]}
	}
	r.layOut()
	return r, nil
}

// checkRoot checks the pages of the checksum root.
func (r *Reader) checkRoot() {
	root := &r.sec[secRoot]
	sum := uint32(0)
	for at := root.off; at < r.h.size; at += pageSize {
		if _, err := r.checksum(at >> pageBits); err != nil {
			root.throw(at-root.off, "the page cannot be read: %v", err)
		}
		sum = crc32.Update(sum, castagnoli, r.data[at:at+pageSize])
	}
	if sum != r.h.root {
		root.throw(0, "the checksum is %08x, not %08x", sum, r.h.root)
	}
}

func (r *Reader) layOut() {
	h := r.h
	r.keys = r.sec[secDictionary]
	r.keyOffsets = newFrames(r.sec[secDictionaryOffsets], h.blocks()+1)
	r.predicates = table{section: r.sec[secPredicates], n: h.predicates, most: r.Terms()}
	r.labels = table{section: r.sec[secLabels], n: h.labels, most: r.Terms()}
	r.bySubject = newPacked(r.sec[secSubjectRows], h.subjectLayout(), h.quads)
	r.byObject = newPacked(r.sec[secObjectRows], h.objectLayout(), h.quads)
	r.subjects = newFrames(r.sec[secSubjectOffsets], uint64(h.subjTo-h.subjectFrom)+1)
	r.objects = newFrames(r.sec[secObjectOffsets], uint64(h.objTo-h.objectFrom)+1)
	r.predStarts = newFrames(r.sec[secPredicateStarts], uint64(h.predicates)+1)
	r.predRows = newFrames(r.sec[secPredicateRows], h.quads)
	r.labelStarts = newFrames(r.sec[secLabelStarts], uint64(h.labels)+1)
	r.labelBytes = newFrames(r.sec[secLabelOffsets], uint64(h.labels)+1)
	r.labelRuns = r.sec[secLabelRuns]
}

// Close unmaps the file. No other method may run then or later.
func (r *Reader) Close() error {
	if r.data == nil {
		return nil
	}
	if err := r.data.Unmap(); err != nil {
		return &fs.PathError{Op: "unmap snapshot", Path: r.path, Err: err}
	}
	return nil
}

// ID returns the identity of the snapshot.
func (r *Reader) ID() Identity { return r.id }

// Terms returns the number of terms, which is the greatest ID.
func (r *Reader) Terms() term.ID { return term.ID(r.h.terms) }

// Quads returns the number of quads.
func (r *Reader) Quads() uint64 { return r.h.quads }

// Size returns the length of the file in bytes, without a mark.
func (r *Reader) Size() int64 { return int64(r.h.size) }
