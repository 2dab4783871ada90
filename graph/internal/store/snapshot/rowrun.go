package snapshot

import (
	"context"
	"slices"
	"sort"
	"sync/atomic"
)

// blockRows is how many rows of a run are coded one after the other; each
// block can be decoded by itself.
const blockRows = 512

// rowRun is a sorted sequence of rows in a scratch.
type rowRun struct {
	blob   *blob
	n      int // rows
	blocks []rowBlock
}

// rowBlock is where a block begins, and with which row.
type rowBlock struct {
	first row
	off   int64
}

// rowRunWriter writes a run.
type rowRunWriter struct {
	run *rowRun
	buf []byte
}

func (s *scratch) newRowRun() *rowRunWriter {
	return &rowRunWriter{run: &rowRun{blob: s.newBlob()}}
}

// add appends rows. All but the last call give a multiple of blockRows.
func (w *rowRunWriter) add(rows []row) {
	for len(rows) > 0 {
		n := min(len(rows), blockRows)
		w.buf = appendBlock(w.buf[:0], rows[:n])
		w.addBlock(rows[0], n, w.buf)
		rows = rows[n:]
	}
}

// addBlock appends a block of n rows that is already coded.
func (w *rowRunWriter) addBlock(first row, n int, coded []byte) {
	w.run.blocks = append(w.run.blocks, rowBlock{first, w.run.blob.size})
	w.run.blob.put(coded)
	w.run.n += n
}

func appendBlock(dst []byte, rows []row) []byte {
	prev := row{}
	for _, r := range rows {
		dst = appendRow(dst, prev, r)
		prev = r
	}
	return dst
}

func (w *rowRunWriter) finish() (*rowRun, error) {
	return w.run, w.run.blob.finish()
}

// read appends the rows of a block to dst. tmp is memory for it.
func (r *rowRun) read(dst []row, block int, tmp *[]byte) ([]row, error) {
	from, to := r.blocks[block].off, r.blob.size
	n := r.n - block*blockRows
	if block+1 < len(r.blocks) {
		to, n = r.blocks[block+1].off, blockRows
	}
	p, grown, err := r.blob.read(from, int(to-from), rowSlack, *tmp)
	*tmp = grown
	if err != nil {
		return dst, err
	}
	return decodeRows(dst, p[:len(p)+rowSlack], n), nil
}

// readRange appends the rows in [lo, hi) to dst; a nil bound is none.
func (r *rowRun) readRange(dst []row, lo, hi *row, tmp *[]byte) ([]row, error) {
	block := 0
	if lo != nil {
		block = sort.Search(len(r.blocks), func(i int) bool { return lo.less(r.blocks[i].first) }) - 1
		block = max(block, 0)
	}
	from := len(dst)
	for ; block < len(r.blocks) && (hi == nil || r.blocks[block].first.less(*hi)); block++ {
		var err error
		if dst, err = r.read(dst, block, tmp); err != nil {
			return dst, err
		}
		if lo != nil { // in the first block
			got := dst[from:]
			i := sort.Search(len(got), func(i int) bool { return !got[i].less(*lo) })
			dst = append(dst[:from], got[i:]...)
			lo = nil
		}
	}
	if hi != nil {
		got := dst[from:]
		dst = dst[:from+sort.Search(len(got), func(i int) bool { return !got[i].less(*hi) })]
	}
	return dst, nil
}

// mergeRows passes the rows of all runs to use, sorted, each once, in chunks. The work is
// split by ranges of rows, each decoded and sorted by one goroutine; change, which may be
// nil, is called there for the sorted chunk.
func (b *Builder) mergeRows(ctx context.Context, runs []*rowRun, change func([]row), use func(*rowRange) error) error {
	const perPiece = 128 // blocks
	var firsts []row
	for _, r := range runs {
		for _, x := range r.blocks {
			firsts = append(firsts, x.first)
		}
	}
	slices.SortFunc(firsts, compareRows)
	var bounds []row
	for i := perPiece; i < len(firsts); i += perPiece {
		if n := len(bounds); n == 0 || bounds[n-1] != firsts[i] {
			bounds = append(bounds, firsts[i])
		}
	}
	if len(firsts) == 0 {
		return ctx.Err()
	}
	var pieces pool[*rowRange]
	work := func(i int) (*rowRange, error) {
		p := pieces.get()
		if p == nil {
			p = &rowRange{}
		}
		var lo, hi *row
		if i > 0 {
			lo = &bounds[i-1]
		}
		if i < len(bounds) {
			hi = &bounds[i]
		}
		return p, p.load(runs, lo, hi, change)
	}
	return ordered(ctx, b.workers, len(bounds)+1, work, func(p *rowRange) error {
		defer pieces.put(p)
		return use(p)
	})
}

// rowRange is a range of rows being merged.
type rowRange struct {
	rows, spare []row
	read        int // rows before those that came twice were dropped
	tmp         []byte
}

func (p *rowRange) load(runs []*rowRun, lo, hi *row, change func([]row)) (err error) {
	p.rows = p.rows[:0]
	for _, r := range runs {
		if p.rows, err = r.readRange(p.rows, lo, hi, &p.tmp); err != nil {
			return err
		}
	}
	if len(p.spare) < len(p.rows) {
		p.spare = make([]row, cap(p.rows))
	}
	p.read = len(p.rows)
	sortRows(p.rows, p.spare)
	p.rows = slices.Compact(p.rows)
	if change != nil {
		change(p.rows)
	}
	return nil
}

// sorter sorts rows of which there may be more than fit in memory.
type sorter struct {
	b    *Builder
	cap  int
	buf  []row
	runs []*rowRun
	busy chan error // the run being written, if any
	quit atomic.Bool
	pool pool[[]row]
}

// newSorter returns a sorter with buffers of n rows, or of most if no more come;
// it uses three.
func (b *Builder) newSorter(n int, most uint64) *sorter {
	return &sorter{b: b, cap: int(max(1, min(uint64(n), most)))}
}

func (s *sorter) buffer() []row {
	if p := s.pool.get(); p != nil {
		return p[:0]
	}
	return make([]row, 0, s.cap)
}

// add takes a row, in any order.
func (s *sorter) add(r row) error {
	if s.buf == nil {
		s.buf = s.buffer()
	}
	s.buf = append(s.buf, r)
	if len(s.buf) < s.cap {
		return nil
	}
	return s.flush()
}

// flush sorts and writes the buffer in the background.
func (s *sorter) flush() error {
	if err := s.wait(); err != nil {
		return err
	}
	rows := s.buf
	s.buf = nil
	s.runs = append(s.runs, nil)
	at := &s.runs[len(s.runs)-1]
	done := make(chan error, 1)
	s.busy = done
	go func() {
		spare := s.buffer()
		sortRows(rows, spare[:s.cap])
		w := s.b.scratch.newRowRun()
		if !s.quit.Load() {
			w.add(rows)
		}
		run, err := w.finish()
		*at = run
		s.pool.put(rows)
		s.pool.put(spare)
		done <- err
	}()
	return nil
}

// wait waits for the run being written.
func (s *sorter) wait() error {
	if s.busy == nil {
		return nil
	}
	err := <-s.busy
	s.busy = nil
	return err
}

// stop ends the background work, soon. The runs are invalid then.
func (s *sorter) stop() {
	s.quit.Store(true)
	s.wait() // its error came too late
}

// finish returns the runs.
func (s *sorter) finish() ([]*rowRun, error) {
	if len(s.buf) > 0 {
		if err := s.flush(); err != nil {
			return nil, err
		}
	}
	err := s.wait()
	s.buf, s.pool.free = nil, nil
	return s.runs, err
}

// freeRows releases the memory of the runs.
func freeRows(runs []*rowRun) {
	for _, r := range runs {
		r.blob.free()
	}
}

// addBlocks appends n rows in blocks already coded, at offsets in coded.
func (w *rowRunWriter) addBlocks(blocks []rowBlock, n int, coded []byte) {
	for _, b := range blocks {
		w.run.blocks = append(w.run.blocks, rowBlock{b.first, w.run.blob.size + b.off})
	}
	w.run.blob.put(coded)
	w.run.n += n
}
