package bulk

import (
	"errors"
	"fmt"
	"io"
	"math"
	"sync"
	"time"

	"kg/internal/rdf/nquads"
)

// textBlocks yields the blocks of all texts, one after the other, and collects their
// results in the same order.
type textBlocks struct {
	mu     sync.Mutex
	inputs []Input
	names  []string       // of all inputs, those that are read included
	blocks *nquads.Blocks // of inputs[0], nil if it is not open
	parts  Parts          // or these
	text   io.Closer
	number int // of the block before
	read   int64
	total  int64

	quads, rejected uint64
	rejects         map[int][]byte // of blocks that are done before their turn
	turn            int            // the block whose rejects are to be written next

	err    error
	failed int // the number of the block that err is from

	progress Progress
	shown    time.Time
}

// numberedBlock is a block with its number and its result.
type numberedBlock struct {
	nquads.Block
	part     Part // instead of a block
	text     int  // the index of its name
	number   int  // from 1
	quads    uint64
	rejected uint64
	rejects  []byte
}

func newTexts(inputs []Input) *textBlocks {
	s := &textBlocks{inputs: inputs, failed: math.MaxInt, turn: 1, rejects: map[int][]byte{}}
	known := true
	for _, in := range inputs {
		s.names = append(s.names, in.Name)
		s.total += in.Size
		known = known && in.Size > 0
	}
	if !known {
		s.total = 0
	}
	return s
}

// next reads the next block of the texts. It returns io.EOF at their end, and after
// another block failed.
func (s *textBlocks) next(b *numberedBlock) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.number++
	b.number, b.quads, b.rejected, b.rejects = s.number, 0, 0, b.rejects[:0]
	for s.err == nil && len(s.inputs) > 0 {
		in := s.inputs[0]
		b.text = len(s.names) - len(s.inputs)
		if s.text == nil {
			if err := s.open(in); err != nil {
				return fmt.Errorf("reading quads %q: %w", in.Name, err)
			}
		}
		var err error
		if b.part = nil; s.parts != nil {
			b.part, err = s.parts.Next()
		} else {
			err = s.blocks.Next(&b.Block)
		}
		if !errors.Is(err, io.EOF) {
			return err
		}
		s.inputs = s.inputs[1:]
		if err := s.close(); err != nil {
			return fmt.Errorf("reading quads %q: %w", in.Name, err)
		}
	}
	return io.EOF
}

// open opens a text.
func (s *textBlocks) open(in Input) (err error) {
	if in.Parts != nil {
		if s.parts, err = in.Parts(); err == nil {
			s.text = s.parts
		}
		return err
	}
	text, err := in.Open()
	if err == nil {
		s.text, s.blocks = text, nquads.NewBlocks(&counter{text, &s.read}, in.Name)
	}
	return err
}

// close closes the text that is open.
func (s *textBlocks) close() error {
	if s.text == nil {
		return nil
	}
	err := s.text.Close()
	s.text, s.blocks, s.parts = nil, nil, nil
	return err
}

// counter counts the bytes read.
type counter struct {
	io.Reader
	n *int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	*c.n += int64(n)
	return n, err
}

// fail records the error of a block and ends the reading. Other blocks in progress may
// fail too: the error of the first block is kept.
func (s *textBlocks) fail(number int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil || number < s.failed {
		s.err, s.failed = err, number
	}
}

// done records the result of a block.
func (s *textBlocks) done(b *numberedBlock, o Options) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.quads += b.quads
	s.rejected += b.rejected
	if o.Rejects != nil {
		s.rejects[b.number] = append([]byte(nil), b.rejects...)
		for text, ok := s.rejects[s.turn]; ok; text, ok = s.rejects[s.turn] {
			delete(s.rejects, s.turn)
			s.turn++
			if len(text) == 0 {
				continue
			}
			if _, err := o.Rejects.Write(text); err != nil {
				return fmt.Errorf("writing the rejected lines: %w", err)
			}
		}
	}
	s.progress = Progress{Quads: s.quads, Bytes: s.read, Total: s.total}
	s.show(o.Progress)
	return nil
}

// show reports the progress, a few times per second.
func (s *textBlocks) show(tell func(Progress)) {
	if now := time.Now(); tell != nil && now.Sub(s.shown) > time.Second/10 {
		s.shown = now
		tell(s.progress)
	}
}

// writing reports the progress of the writing.
func (im *importer) writing(done, steps uint64) {
	s := im.texts
	s.mu.Lock()
	defer s.mu.Unlock()
	s.progress.Done, s.progress.Steps = done, steps
	s.show(im.options.Progress)
}

// reject notes a line that is no quad.
func (b *numberedBlock) reject(line []byte, err error) {
	b.rejected++
	b.rejects = fmt.Appendf(b.rejects, "# %v\n%s\n", err, line)
}
