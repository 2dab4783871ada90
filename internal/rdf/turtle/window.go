package turtle

import (
	"errors"
	"io"
	"slices"
)

const (
	windowSize = 256 << 10 // of what is read at once, at least
	longest    = 64 << 20  // of what must be held as one
)

var (
	errTooLong = errors.New("too long")
	errNotUTF8 = errors.New("not UTF-8")
)

// window is what a Reader holds of the text.
type window struct {
	src    io.Reader
	size   int
	most   int
	text   []byte // known to be UTF-8
	rest   []byte // behind it in the same memory: the beginning of a character, or what is none
	ended  bool   // text is up to the end
	unread error  // what comes behind text
}

// slide gives the text from a place on with more of it, half of that at least.
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
