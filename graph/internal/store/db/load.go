package db

import (
	"context"
	"errors"
	"math"
	"runtime"
	"runtime/debug"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/wal"
)

// Load is quads to add to a store, all or none, in any order and number.
type Load struct {
	// Size is that of the texts they come from in bytes, 0 if unknown. A short text is
	// committed if there is a store already; otherwise the snapshot is rewritten.
	Size int64
	// Memory is about how many bytes are used; data that does not fit spills to files
	// beside the store. 0 is UsualMemory.
	Memory int64
	// DryRun computes how many quads would be added, and writes nothing to the store or
	// beside it.
	DryRun bool
	// Remove is taken away first, in the same step: it only removes.
	Remove *memtable.Transaction
	// New, if it is not 0, is how many of the quads must be new: if another number
	// of them are, nothing is done, and the error is ErrNotNew.
	New uint64
	// Progress is called with the progress of writing a new snapshot. It may be nil.
	Progress func(done, total uint64)
	// Fill gives all quads to the target.
	Fill func(context.Context, Target) error
}

// ErrNotNew is a quad of a Load that was there, or came twice.
var ErrNotNew = errors.New("a quad that is to be new is there")

// Target is the destination of a load's quads, with the resources it may use.
type Target struct {
	Workers int         // useful number of goroutines
	NewSink func() Sink // for each of them
	Memory  int64       // in bytes, for the load as a whole
	Temp    string      // prefix of the names of its files
	Create  func(path string) (File, error)
	Remove  func(path string) error
}

// Sink takes quads as the keys of their terms; the label's is empty if there is
// none.
type Sink interface {
	Add(subject, predicate, object, label []byte) error
	Close() error
}

// Load adds quads, and returns how many were not there. When it returns they are on disk.
// Commits go on meanwhile, and are kept. If nothing is new the store does not change.
func (d *DB) Load(ctx context.Context, l Load) (added uint64, err error) {
	err = d.rewrite(ctx, func(ctx context.Context) error {
		var err error
		added, err = d.load(ctx, &l)
		return err
	})
	return added, err
}

func (d *DB) load(ctx context.Context, l *Load) (added uint64, err error) {
	if l.DryRun {
		return d.tryLoad(ctx, l)
	}
	if d.unsaved {
		return d.loadScratch(ctx, l)
	}
	now, held, err := d.position()
	if err != nil {
		return 0, err
	}
	if l.New == 0 && l.Size > 0 && l.Size <= d.limit.Short && now.Base() != nil {
		return d.loadShort(ctx, l)
	}
	rest, err := l.rest(now.Table)
	if err != nil {
		return 0, err
	}
	m, err := l.make(ctx, d, rest)
	if err != nil {
		return 0, err
	}
	added = m.Quads() - rest.Quads()
	d.lead.Lock()
	defer d.lead.Unlock()
	switch {
	case l.New != 0 && added != l.New:
		return 0, errors.Join(ErrNotNew, d.discard(m))
	case added == 0 && d.exists:
		return 0, d.discard(m)
	}
	return added, d.replace(m, held, true)
}

// rest returns a table without the quads that the load removes.
func (l *Load) rest(t *memtable.Table) (*memtable.Table, error) {
	if l.Remove == nil || len(l.Remove.Deltas) == 0 {
		return t, nil
	}
	rest := t.Edit()
	_, err := rest.Apply(l.Remove, &wal.Encoder{})
	return rest, err
}

// make writes a snapshot of a table and the quads.
func (l *Load) make(ctx context.Context, d *DB, t *memtable.Table) (*made, error) {
	memory := l.Memory
	if memory == 0 {
		memory = UsualMemory()
	}
	if l.Size > 0 { // a small text cannot fill more
		const perByte = 4
		memory = min(memory, t.Need()+l.Size*perByte)
	}
	to := d.target(runtime.GOMAXPROCS(0), memory)
	return d.make(ctx, t, memory, to.Workers, func(b *snapshot.Builder) error {
		to.NewSink = func() Sink { return b.NewBatch() }
		return l.Fill(ctx, to)
	}, l.Progress)
}

// loadShort commits the quads.
func (d *DB) loadShort(ctx context.Context, l *Load) (added uint64, err error) {
	tx := &memtable.Transaction{IgnoreDup: true}
	to := d.target(1, d.limit.Memory)
	to.NewSink = func() Sink { return tx }
	if err := l.Fill(ctx, to); err != nil {
		return 0, err
	}
	return d.Commit(tx)
}

func (d *DB) target(workers int, memory int64) Target {
	return Target{Workers: workers, Memory: memory, Temp: d.path + tempEnd, Create: d.createTemp, Remove: d.disk.Remove}
}

// UsualMemory returns the default memory of a load in bytes: half a GiB, or 2/5 of
// GOMEMLIMIT if that is less.
func UsualMemory() int64 {
	const usual = 512 << 20
	if limit := debug.SetMemoryLimit(-1); limit < math.MaxInt64 {
		return min(usual, limit/5*2)
	}
	return usual
}
