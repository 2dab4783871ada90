package nquads

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// maxLine is the length of the longest line, in bytes without its end. It
// bounds what a broken or hostile file can make the Reader hold, and the
// writer keeps to it so that all it writes can be read.
const maxLine = 16 << 20

var byteOrderMark = []byte("\ufeff")

// next moves to the next line: r.cur is its text, valid UTF-8 without its
// end, until the next call.
func (r *Reader) next() error {
	r.line++
	r.pos = 0
	line, err := r.readLine()
	r.cur = line
	switch {
	case len(line) > maxLine:
		return r.failFound(maxLine, fmt.Sprintf("a line of at most %d bytes", maxLine), "a longer one")
	case err != nil && !errors.Is(err, io.EOF):
		// The rest of the line is unknown, so what came of it does not count.
		return fmt.Errorf("reading quads %q: line %d: %w", r.name, r.line, err)
	case err != nil && len(line) == 0:
		return io.EOF
	case r.line == 1 && bytes.HasPrefix(line, byteOrderMark):
		return r.failFound(0, "UTF-8 without a byte order mark", "U+FEFF")
	case !utf8.Valid(line):
		return r.fail(invalidAt(line), "UTF-8")
	}
	return nil
}

// readLine gives the next line without its end. Most lines stand whole in
// the buffer of r.src and are not copied.
func (r *Reader) readLine() ([]byte, error) {
	r.long = r.long[:0]
	for {
		part, err := r.src.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			r.long = append(r.long, part...)
			if len(r.long) <= maxLine {
				continue
			}
			return r.long, nil
		}
		if err == nil {
			part = part[:len(part)-1]
		}
		if len(r.long) > 0 {
			r.long = append(r.long, part...)
			part = r.long
		}
		return part, err
	}
}

// invalidAt is the place of the first byte that is not UTF-8.
func invalidAt(line []byte) int {
	for i := 0; i < len(line); {
		c, size := utf8.DecodeRune(line[i:])
		if c == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(line)
}

// lineEnds turns CRLF and CR into LF. That loses nothing: EOL is [#xD#xA]+,
// and no other production takes either character unescaped. Doing it here
// lets a file with CR alone be read line by line too.
type lineEnds struct {
	src io.Reader
	cr  bool // the last byte was a CR, so a LF now belongs to it
}

// Read implements io.Reader.
func (l *lineEnds) Read(p []byte) (int, error) {
	for {
		n, err := l.src.Read(p)
		kept := l.normalise(p[:n])
		// Only a LF may have been dropped: then there is more to read.
		if kept > 0 || n == 0 || err != nil {
			return kept, err
		}
	}
}

func (l *lineEnds) normalise(b []byte) int {
	if !l.cr && bytes.IndexByte(b, '\r') < 0 {
		return len(b)
	}
	out := b[:0]
	for _, c := range b {
		if c == '\n' && l.cr {
			l.cr = false
			continue
		}
		l.cr = c == '\r'
		if l.cr {
			c = '\n'
		}
		out = append(out, c)
	}
	return len(out)
}
