package nquads

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
)

const (
	// maxLine is the length of the longest line, in bytes without its end. It bounds the
	// memory that a broken or hostile file can make a Reader use, and the writer keeps to
	// it so that all it writes can be read.
	maxLine = 16 << 20

	// blockSize keeps goroutines busy long enough between two blocks.
	blockSize = 1 << 20

	// leastRead is the room below which asking the source for more is a waste.
	leastRead = 4 << 10
)

// Block is some whole lines of a text, which Blocks gave. The zero Block has
// none.
type Block struct {
	text []byte // each line ends in LF; the last one of the text need not
	line int    // the number of the first
	name string
}

// Blocks splits a text into blocks of whole lines, for Readers that share the work:
//
//	blocks := nquads.NewBlocks(file, path)
//	// in each of several goroutines:
//	var block nquads.Block
//	var reader nquads.Reader
//	for blocks.Next(&block) == nil { // io.EOF at the end
//		reader.Reset(&block)
//		for reader.ReadTerms(&terms) == nil { … } // io.EOF at the end of the block
//	}
//
// Errors of the Readers have the position in the whole text.
type Blocks struct {
	mu   sync.Mutex
	src  lineEnds
	name string
	size int
	line int    // the number of the next block's first line
	rest []byte // bytes read beyond the last block
	skip bool   // the source stands within a line that was too long
	err  error  // the error that ended the source
}

// NewBlocks gives the blocks of r. Errors call the text by name, as those of
// NewReader do.
func NewBlocks(r io.Reader, name string) *Blocks { return newBlocks(r, name, blockSize) }

func newBlocks(r io.Reader, name string, size int) *Blocks {
	return &Blocks{src: lineEnds{src: r}, name: name, size: size, line: 1}
}

// Next reads the next block into b, whose memory it reuses: about 1 MiB, more where a
// line is longer. It returns io.EOF after the last block or, after the blocks read
// before, the error of the source. It is safe for concurrent use.
func (s *Blocks) Next(b *Block) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	text, end := s.fill(append(b.text[:0], s.rest...))
	b.text, b.line, b.name = text[:end], s.line, s.name
	s.rest = append(s.rest[:0], text[end:]...)
	s.line += bytes.Count(b.text, lf)
	switch {
	case end > 0:
		if b.text[end-1] != '\n' {
			s.line++
		}
		return nil
	case errors.Is(s.err, io.EOF):
		return io.EOF
	}
	// The rest of the line is unknown, so a syntax error in it does not count.
	return fmt.Errorf("reading quads %q: line %d: %w", s.name, s.line, s.err)
}

var lf = []byte{'\n'}

// fill reads on from text, which holds no line end, and gives it with the end
// of its last line. That is 0 only if the source has ended. A line beyond the
// limit is cut there, which leaves it to the Reader to refuse.
func (s *Blocks) fill(text []byte) ([]byte, int) {
	text = slices.Grow(text, max(0, s.size-len(text)))
	end := 0
	for s.err == nil && (end == 0 || s.size-len(text) >= leastRead) {
		if len(text) > maxLine && end == 0 {
			s.skip = true
			return text[:maxLine+1], maxLine + 1
		}
		if cap(text)-len(text) < leastRead {
			text = slices.Grow(text, max(leastRead, len(text)))
		}
		var part []byte
		part, s.err = s.read(text[len(text):cap(text)])
		if n := bytes.LastIndexByte(part, '\n'); n >= 0 {
			end = len(text) + n + 1
		}
		text = text[:len(text)+len(part)]
	}
	if errors.Is(s.err, io.EOF) {
		end = len(text)
	}
	return text, end
}

// read reads into room, without the skipped bytes.
func (s *Blocks) read(room []byte) ([]byte, error) {
	n, err := s.src.Read(room)
	part := room[:n]
	if s.skip {
		skipped := bytes.IndexByte(part, '\n') + 1
		s.skip = skipped == 0
		if s.skip {
			skipped = n
		}
		part = part[:copy(part, part[skipped:])]
	}
	return part, err
}

// lineEnds turns CRLF and CR into LF. That loses nothing: EOL is [#xD#xA]+,
// and no other production takes either character unescaped. Doing it here
// lets a file with CR alone be read line by line too.
type lineEnds struct {
	src io.Reader
	cr  bool // the last byte was a CR, so a LF now belongs to it
}

// Read implements io.Reader, and never gives nothing without an error.
func (l *lineEnds) Read(p []byte) (int, error) {
	const patience = 100 // as that of bufio
	for range patience {
		n, err := l.src.Read(p)
		if n = l.normalise(p[:n]); n > 0 || err != nil {
			return n, err
		}
	}
	return 0, io.ErrNoProgress
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
