package snapshot

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"runtime/debug"
	"sync/atomic"
)

// section is one section of a mapped file. Its methods check pages at their
// first touch and throw a *DamageError for bytes that are not there.
type section struct {
	r     *Reader
	seen  pageSet // its pages that were found right
	index int
	off   uint64 // in the file
	data  []byte // without padding
}

// throw panics with the damage at byte at of the section.
func (s *section) throw(at uint64, format string, args ...any) {
	panic(&DamageError{s.r.path, sectionNames[s.index], int64(s.off + at), fmt.Sprintf(format, args...)})
}

// word returns the eight bytes at byte at as a number.
func (s *section) word(at uint64) uint64 {
	if at+8 > uint64(len(s.data)) || at+8 < at {
		s.throw(0, "it ends before byte %d that other sections point to", at)
	}
	s.touch(at, 8)
	return binary.LittleEndian.Uint64(s.data[at:])
}

// slice returns the bytes [from, to).
func (s *section) slice(from, to uint64) []byte {
	if from > to || to > uint64(len(s.data)) {
		s.throw(0, "it has no bytes %d to %d that other sections point to", from, to)
	}
	if from < to {
		s.touch(from, to-from)
	}
	return s.data[from:to]
}

// touch checks the pages of n bytes, at least one, that lie in the section.
func (s *section) touch(at, n uint64) {
	page := at >> pageBits
	if page != (at+n-1)>>pageBits || !s.seen.has(page) {
		s.checkAll(page, (at+n-1)>>pageBits)
	}
}

func (s *section) checkAll(first, last uint64) {
	for page := first; page <= last; page++ {
		if !s.seen.has(page) {
			s.check(page)
		}
	}
}

// check compares a page of the section with its checksum, and the page of the
// table that the checksum is in with the root.
func (s *section) check(page uint64) {
	table, root := &s.r.sec[secChecksums], &s.r.sec[secRoot]
	entry := 4 * (s.off>>pageBits + page)
	if p := entry >> pageBits; !table.seen.has(p) {
		table.compare(p, binary.LittleEndian.Uint32(root.data[4*p:]))
	}
	s.compare(page, binary.LittleEndian.Uint32(table.data[entry:]))
}

func (s *section) compare(page uint64, want uint32) {
	got, err := s.r.checksum(s.off>>pageBits + page)
	if err != nil {
		s.throw(page<<pageBits, "the page cannot be read: %v", err)
	}
	if got != want {
		s.throw(page<<pageBits, "the checksum of the page is %08x, not %08x", got, want)
	}
	s.seen.set(page)
}

// checksum returns the CRC-32C of a page. Unreadable pages (a failing disk, a file
// truncated while it is mapped) are an error instead of the end of the process; pages
// checked before are not protected so.
func (r *Reader) checksum(page uint64) (sum uint32, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("%v", e)
		}
	}()
	return crc32.Checksum(r.data[page<<pageBits:(page+1)<<pageBits], castagnoli), nil
}

// pageSet is a set of pages that only grows.
type pageSet []atomic.Uint64

func newPageSet(bytes uint64) pageSet { return make(pageSet, pages(bytes)/64+1) }

func (s pageSet) has(page uint64) bool { return s[page/64].Load()&(1<<(page%64)) != 0 }
func (s pageSet) set(page uint64)      { s[page/64].Or(1 << (page % 64)) }
