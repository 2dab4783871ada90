package wal

import (
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"runtime"
	"syscall"
)

// file is a journal being read. No more of it is in memory at once than a window,
// and the payloads of records whose checksum is right: a damaged length, or a file that
// is mostly holes, does not fill the memory.
type file struct {
	in   io.ReaderAt
	size int64
	salt [8]byte
}

const window = 1 << 20

// readError is an error of the system, not of the file's content.
type readError struct{ err error }

func (e *readError) Error() string { return e.err.Error() }

// bytes reads n bytes at an offset.
func (f *file) bytes(at, n int64) ([]byte, error) {
	p := make([]byte, n)
	return p, f.fill(p, at)
}

func (f *file) fill(p []byte, at int64) error {
	n, err := f.in.ReadAt(p, at)
	if n == len(p) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return &readError{err}
}

// record reads the record at an offset, and returns the fault if there is none. size is 0
// then.
func (f *file) record(at int64) (r Record, size int64, fault string, err error) {
	if f.size-at < recordHeader {
		return r, 0, "the file ends within the header of a record", nil
	}
	p, err := f.bytes(at, recordHeader)
	if err != nil {
		return r, 0, "", err
	}
	h, ok := parseHead(p, f.salt)
	switch {
	case !ok:
		return r, 0, "the header of a record has a wrong checksum", nil
	case h.length > f.size-at-recordHeader:
		return r, 0, "the file ends within a record", nil
	}
	if h.length > window { // allocate only for a valid header
		if ok, err := f.wholePayload(at, h); err != nil || !ok {
			return r, 0, "a record has a wrong checksum", err
		}
	}
	r = Record{Kind: h.kind, Number: h.number}
	if r.Payload, err = f.bytes(at+recordHeader, h.length); err != nil {
		return r, 0, "", err
	}
	if h.length <= window && checksum(f.salt, r.Payload) != h.sum {
		return r, 0, "a record has a wrong checksum", nil
	}
	return r, recordHeader + h.length, "", nil
}

// wholePayload reports whether the payload of the record at an offset has the
// checksum that its header says.
func (f *file) wholePayload(at int64, h header) (bool, error) {
	sum := checksum(f.salt, nil)
	at += recordHeader
	buf := make([]byte, min(window, h.length))
	for left := h.length; left > 0; {
		p := buf[:min(int64(len(buf)), left)]
		if err := f.fill(p, at); err != nil {
			return false, err
		}
		sum = crc32.Update(sum, castagnoli, p)
		at, left = at+int64(len(p)), left-int64(len(p))
	}
	return sum == h.sum, nil
}

// goodAfter reports whether a record that is later than the last stands anywhere
// from an offset on.
func (f *file) goodAfter(at int64, last uint64) (bool, error) {
	buf := make([]byte, min(window, f.size-at))
	for at = f.skipHole(at); f.size-at >= recordHeader; at = f.skipHole(at) {
		p := buf[:min(int64(len(buf)), f.size-at)]
		if err := f.fill(p, at); err != nil {
			return false, err
		}
		for i := 0; len(p)-i >= recordHeader; i++ {
			next := bytes.Index(p[i:], recordMagic)
			if next < 0 {
				break
			}
			if i += next; len(p)-i < recordHeader {
				break
			}
			if ok, err := f.goodAt(at+int64(i), p[i:i+recordHeader], last); ok || err != nil {
				return ok, err
			}
		}
		at += int64(len(p)) - recordHeader + 1
	}
	return false, nil
}

// skipHole returns the next offset at which the file can have other bytes than the zeros
// of a hole, as far as the system reports.
func (f *file) skipHole(at int64) int64 {
	const seekData = 3 // of Linux; elsewhere the zeros are read
	in, ok := f.in.(io.Seeker)
	if !ok || runtime.GOOS != "linux" {
		return at
	}
	next, err := in.Seek(at, seekData)
	switch {
	case errors.Is(err, syscall.ENXIO):
		return f.size
	case err != nil:
		return at
	}
	return max(at, next)
}

// goodAt reports whether a header, which stands at an offset, is that of a whole
// record that is later than the last.
func (f *file) goodAt(at int64, header []byte, last uint64) (bool, error) {
	h, ok := parseHead(header, f.salt)
	if !ok || h.number <= last || h.length > f.size-at-recordHeader {
		return false, nil
	}
	return f.wholePayload(at, h)
}
