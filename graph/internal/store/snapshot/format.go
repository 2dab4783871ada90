package snapshot

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math/bits"
)

// The numbers of FORMAT.md.
const (
	magic     = "\x89kgs\r\n\x1a\n"
	version   = 1
	latest    = 1 << 16 // numbers beyond it are no format
	pageSize  = 4096
	pageBits  = 12
	blockKeys = 16 // keys in a block of the dictionary
	frameLen  = 64 // values in a frame

	maxTerms = 1<<31 - 2
	maxQuads = 1<<40 - 1
)

// The sections, in the order of the file.
const (
	secDictionary = iota
	secDictionaryOffsets
	secPredicates
	secLabels
	secSubjectRows
	secSubjectOffsets
	secObjectRows
	secObjectOffsets
	secPredicateRows
	secPredicateStarts
	secLabelRuns
	secLabelOffsets
	secLabelStarts
	secChecksums
	secRoot
	sections
)

var sectionNames = [sections]string{
	"dictionary", "dictionary offsets", "predicates", "labels",
	"subject rows", "subject offsets", "object rows", "object offsets",
	"predicate rows", "predicate starts", "label runs", "label offsets", "label starts",
	"checksums", "checksum root",
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// header is the first page of a file.
type header struct {
	size                uint64 // of the file, in bytes
	quads               uint64
	terms               uint32
	predicates, labels  uint32 // entries of the two tables
	subjectFrom, subjTo uint32 // subjects are in [subjectFrom, subjTo)
	objectFrom, objTo   uint32
	root                uint32   // CRC-32C of the checksum root and its padding
	digest              [32]byte // SHA-256 of the section of checksums
	section             [sections]span
}

// span is where a section lies, in bytes; padding is not counted.
type span struct{ off, len uint64 }

const (
	headerDigest   = 64
	headerSections = headerDigest + 32
	headerCRC      = pageSize - 4
)

func (h *header) encode() []byte {
	p := make([]byte, pageSize)
	copy(p, magic)
	le := binary.LittleEndian
	le.PutUint32(p[8:], version)
	le.PutUint32(p[12:], pageSize)
	le.PutUint64(p[16:], h.size)
	le.PutUint64(p[24:], h.quads)
	for i, v := range []uint32{h.terms, h.predicates, h.labels, h.subjectFrom, h.subjTo, h.objectFrom, h.objTo, h.root} {
		le.PutUint32(p[32+4*i:], v)
	}
	copy(p[headerDigest:], h.digest[:])
	for i, s := range h.section {
		le.PutUint64(p[headerSections+16*i:], s.off)
		le.PutUint64(p[headerSections+16*i+8:], s.len)
	}
	le.PutUint32(p[headerCRC:], crc32.Checksum(p[:headerCRC], castagnoli))
	return p
}

// decodeHeader reads the first page of a file of the given size, of which the last bytes
// may be a mark. Its error describes the fault, without the file's name.
func decodeHeader(p []byte, size int) (*header, error) {
	if string(p[:8]) != magic {
		return nil, errors.New("it does not begin as a snapshot does: it is another kind of file, or damaged")
	}
	le := binary.LittleEndian
	v, want := le.Uint32(p[8:]), le.Uint32(p[headerCRC:])
	switch got := crc32.Checksum(p[:headerCRC], castagnoli); {
	case v > version && v <= latest && (got == want || headerSum(p) != want):
		return nil, &NewerError{Format: v}
	case got != want:
		return nil, fmt.Errorf("the checksum is %08x, not %08x", got, want)
	case v != version:
		return nil, fmt.Errorf("it has the unknown format %d", v)
	}
	if v := le.Uint32(p[12:]); v != pageSize {
		return nil, fmt.Errorf("pages have %d bytes, not %d", v, pageSize)
	}
	h := &header{size: le.Uint64(p[16:]), quads: le.Uint64(p[24:])}
	for i, v := range []*uint32{&h.terms, &h.predicates, &h.labels, &h.subjectFrom, &h.subjTo, &h.objectFrom, &h.objTo, &h.root} {
		*v = le.Uint32(p[32+4*i:])
	}
	copy(h.digest[:], p[headerDigest:])
	for i := range h.section {
		h.section[i] = span{le.Uint64(p[headerSections+16*i:]), le.Uint64(p[headerSections+16*i+8:])}
	}
	if uint64(size) < h.size || uint64(size)-h.size > markSize {
		return nil, fmt.Errorf("the file has %d bytes, its header says %d", size, h.size)
	}
	return h, h.check()
}

// headerSum is the checksum that a header would have with this format's number.
// If it is right, the number is damaged, and no other format's.
func headerSum(p []byte) uint32 {
	q := bytes.Clone(p[:headerCRC])
	binary.LittleEndian.PutUint32(q[8:], version)
	return crc32.Checksum(q, castagnoli)
}

// check reports whether the numbers of the header can be true together.
func (h *header) check() error {
	switch {
	case h.terms > maxTerms || h.quads > maxQuads:
		return fmt.Errorf("%d terms or %d quads are more than the format allows", h.terms, h.quads)
	case h.predicates > h.terms || h.labels > h.terms+1:
		return fmt.Errorf("%d predicates and %d labels of %d terms", h.predicates, h.labels, h.terms)
	case h.quads == 0 && (h.terms != 0 || h.predicates != 0 || h.labels != 0 || h.subjTo != 0 || h.objTo != 0 || h.subjectFrom != 0 || h.objectFrom != 0):
		return fmt.Errorf("terms without quads")
	case h.quads > 0 && (h.predicates == 0 || h.labels == 0):
		return fmt.Errorf("quads without predicates or labels")
	case h.quads > 0 && !(0 < h.subjectFrom && h.subjectFrom < h.subjTo && h.subjTo <= h.terms+1):
		return fmt.Errorf("subjects %d to %d of %d terms", h.subjectFrom, h.subjTo, h.terms)
	case h.quads > 0 && !(0 < h.objectFrom && h.objectFrom < h.objTo && h.objTo <= h.terms+1):
		return fmt.Errorf("objects %d to %d of %d terms", h.objectFrom, h.objTo, h.terms)
	}
	at := uint64(pageSize)
	for i, s := range h.section {
		if s.off != at || s.len > h.size || s.off > h.size {
			return fmt.Errorf("section %q lies at byte %d, not %d, or is too long", sectionNames[i], s.off, at)
		}
		if want, fixed := h.wantLen(i); fixed && s.len != want || s.len < want {
			return fmt.Errorf("section %q has %d bytes, not %d", sectionNames[i], s.len, want)
		}
		at += pages(s.len) * pageSize
	}
	if at != h.size {
		return fmt.Errorf("the sections end at byte %d of %d", at, h.size)
	}
	return nil
}

// wantLen returns the length a section must have or, if it is not fixed, must
// have at least.
func (h *header) wantLen(section int) (n uint64, fixed bool) {
	subjects, objects := uint64(h.subjTo-h.subjectFrom), uint64(h.objTo-h.objectFrom)
	switch section {
	case secDictionaryOffsets:
		return frameDir(h.blocks() + 1), false
	case secPredicates:
		return 4 * uint64(h.predicates), true
	case secLabels:
		return 4 * uint64(h.labels), true
	case secSubjectRows:
		return h.subjectLayout().size(h.quads), true
	case secSubjectOffsets:
		return frameDir(subjects + 1), false
	case secObjectRows:
		return h.objectLayout().size(h.quads), true
	case secObjectOffsets:
		return frameDir(objects + 1), false
	case secPredicateStarts:
		return frameDir(uint64(h.predicates) + 1), false
	case secPredicateRows:
		return frameDir(h.quads), false
	case secLabelStarts, secLabelOffsets:
		return frameDir(uint64(h.labels) + 1), false
	case secChecksums:
		return 4 * (h.section[secChecksums].off / pageSize), true
	case secRoot:
		return 4 * pages(h.section[secChecksums].len), true
	}
	return 0, false
}

// blocks returns the number of blocks of the dictionary.
func (h *header) blocks() uint64 { return (uint64(h.terms) + blockKeys - 1) / blockKeys }

// pages returns how many pages n bytes take.
func pages(n uint64) uint64 { return (n + pageSize - 1) / pageSize }

// frameDir returns the bytes of the directory of n framed values.
func frameDir(n uint64) uint64 { return (n + frameLen - 1) / frameLen * 16 }

// layout is how three columns are packed into the bits of a row, the first
// column in the highest. No column has more than 31 bits.
type layout struct{ a, b, c uint }

func (l layout) width() uint64 { return uint64(l.a + l.b + l.c) }

// size returns the bytes of n rows, with eight more, so that every column can
// be read with one load of eight bytes.
func (l layout) size(n uint64) uint64 { return (n*l.width()+7)/8 + 8 }

// subjectLayout is predicate rank, object less objectFrom, label rank.
func (h *header) subjectLayout() layout {
	return layout{bitsFor(h.predicates), bitsFor(h.objTo - h.objectFrom), bitsFor(h.labels)}
}

// objectLayout is predicate rank, subject less subjectFrom, label rank.
func (h *header) objectLayout() layout {
	return layout{bitsFor(h.predicates), bitsFor(h.subjTo - h.subjectFrom), bitsFor(h.labels)}
}

// bitsFor returns the bits that number n values.
func bitsFor(n uint32) uint {
	if n == 0 {
		return 0
	}
	return uint(bits.Len32(n - 1))
}
