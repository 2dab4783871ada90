package turtle

import (
	"errors"
	"io"
	"slices"
)

const (
	windowSize = 256 << 10 // of one read, at least
	longest    = 64 << 20  // of the longest text that must be held at once
)

var (
	errTooLong = errors.New("too long")
	errNotUTF8 = errors.New("not UTF-8")
)

// window is the part of the text that a Reader holds.
type window struct {
	src    io.Reader
	size   int
	most   int
	text   []byte // known to be UTF-8
	rest   []byte // after text in the same memory: the beginning of a character, or invalid bytes
	ended  bool   // text is up to the end
	unread error  // the error after text
}

// slide returns the text from an offset on with more of it, at least half as much again.
func (w *window) slide(from int) ([]byte, error) {
	if w.unread != nil {
		return w.text[from:], w.unread
	}
	kept := len(w.text) - from
	if kept > w.most {
		return w.text[from:], errTooLong
	}
	all := w.text[from : len(w.text)+len(w.rest)]
	copy(w.text[:cap(w.text)], all)
	all = slices.Grow(w.text[:len(all)], max(w.size, kept))
	for room := len(all) + max(w.size/2, kept/2); len(all) < room && !w.ended && w.unread == nil; {
		n, err := w.read(all[len(all):cap(all)])
		all = all[:len(all)+n]
		if w.ended = errors.Is(err, io.EOF); !w.ended {
			w.unread = err
		}
	}
	n, cut := validUpTo(all)
	w.text, w.rest = all[:n], all[n:]
	if len(w.rest) > 0 && (!cut || w.ended) {
		w.ended, w.unread = false, errNotUTF8
	}
	return w.text, nil
}

// read reads into room, and never gives nothing without an error.
func (w *window) read(room []byte) (int, error) {
	const patience = 100 // as that of bufio
	for range patience {
		if n, err := w.src.Read(room); n > 0 || err != nil {
			return n, err
		}
	}
	return 0, io.ErrNoProgress
}
