package snapshot

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"sync"
)

// Builder makes a snapshot from quads given as keys, in any order and with any
// repetitions. The file depends on nothing but the set of quads.
//
//	b := NewBuilder("dir/kg.db.tmp-", 512<<20, 2)
//	defer b.Close()
//	batch := b.NewBatch() // one for each goroutine that adds
//	batch.Add(s, p, o, l) ...
//	batch.Close()
//	b.Finish(ctx, "dir/kg.db.tmp-new", nil)
//
// NewBatch and AddSnapshot may be called from several goroutines at once.
type Builder struct {
	// Create makes a new file, for temporary files and for the snapshot; if
	// one is there already, the error is fs.ErrExist. Nil is the file system
	// of the machine; it can be set to something that fails.
	Create func(path string) (File, error)
	// Remove removes a file that Create made. Nil is os.Remove.
	Remove func(path string) error

	temp    string
	limits  limits
	workers int
	scratch *scratch

	mu   sync.Mutex
	open int // batches
	runs []batchRun
	err  error // the first of any batch
	end  error // of Finish or Close: why nothing more can be done
}

// batchRun is the content of one batch or snapshot: its keys, and its quads by their
// ranks, counted from 1, among those keys.
type batchRun struct {
	keys *keyRun
	rows *rowRun
}

// File is a file of a Builder. *os.File is one.
type File interface {
	io.Writer
	io.WriterAt
	io.ReaderAt
	Sync() error
	Close() error
}

// limits are sizes of memory, from the budget.
type limits struct {
	rows    int // in a batch
	sort    int // rows in a buffer of the big sorter
	sortFew int // rows in a buffer of the small sorters
	extents int64
}

// share divides a budget: half to batches or, after them, to the sorters; half
// to sorted runs in memory.
func share(budget int64, batches int) limits {
	const (
		bytesPerRow = 72  // two rows, half a term: hash table, key, end, rank
		least       = 512 // rows; below this the budget is not respected
	)
	rows := int(budget / 2 / int64(max(batches, 1)) / bytesPerRow)
	rows = min(max(rows, least), 1<<26)
	sort := min(max(int(budget/4/48), least), 1<<21) // more would make Finish slow to stop
	return limits{
		rows:    rows,
		sort:    sort,
		sortFew: max(sort/8, least),
		extents: budget / 2,
	}
}

// room is the memory budget of a batch.
type room struct {
	rows  int
	terms int
	arena int // bytes of keys
}

func roomFor(rows int) room { return room{rows, rows / 2, rows * 28} }

// NewBuilder returns a Builder. Data beyond budget bytes of memory, of which it uses
// about as much in all, spills to a file whose name begins with temp; Close removes it,
// and that of a killed process is to be removed by the next writer. batches is how many
// batches will be in use at once: they share the budget.
func NewBuilder(temp string, budget int64, batches int) *Builder {
	b := &Builder{temp: temp, limits: share(budget, batches), workers: runtime.GOMAXPROCS(0)}
	b.scratch = &scratch{files: b, left: b.limits.extents}
	return b
}

func (b *Builder) create(path string) (File, error) {
	if b.Create != nil {
		return b.Create(path)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err // not f: an interface that holds a nil is not nil
	}
	return f, nil
}

func (b *Builder) remove(path string) error {
	if b.Remove != nil {
		return b.Remove(path)
	}
	return os.Remove(path)
}

var (
	errFinished = errors.New("snapshot builder: used after Finish or Close")
	errOpen     = errors.New("snapshot builder: a batch is still open; close all before Finish")
)

// addRun adds a run.
func (b *Builder) addRun(r batchRun) {
	b.mu.Lock()
	b.runs = append(b.runs, r)
	b.mu.Unlock()
}

// fail keeps the first error of any batch, for Finish.
func (b *Builder) fail(err error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err == nil {
		b.err = err
	}
	return err
}

// begin takes the runs for Finish.
func (b *Builder) begin() ([]batchRun, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.end != nil:
		return nil, b.end
	case b.err != nil:
		return nil, fmt.Errorf("snapshot builder: an earlier step failed: %w", b.err)
	case b.open > 0:
		return nil, errOpen
	}
	b.end = errFinished
	return b.runs, nil
}

// Close releases the Builder's memory and removes its temporary file. It must be called,
// whether or not Finish was, when no other method runs any more. It may be called twice.
func (b *Builder) Close() error {
	b.mu.Lock()
	b.end, b.runs = errFinished, nil
	b.mu.Unlock()
	return b.scratch.close()
}

// cause is why an operation on a file failed, without the path that the error
// around it names; an operation that did less than asked fails too.
func cause(err error) error {
	if err == nil {
		return io.ErrShortWrite
	}
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}
