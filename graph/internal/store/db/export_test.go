package db

import (
	"context"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/wal"
)

// Names for tests outside of the package.
const (
	JournalEnd = journalEnd
	LockEnd    = lockEnd
	TempEnd    = tempEnd
	OldEnd     = oldEnd
)

func (d *DB) Journal() *wal.Writer { return d.journal }

func (d *DB) Size() int64 { return d.size }

// Await waits for the background compaction, and for those that its end begins.
func (d *DB) Await() {
	for again := true; again; {
		d.await()
		d.lead.Lock()
		again = d.background != nil
		d.lead.Unlock()
	}
}

// Failed returns the error of the last background compaction.
func (d *DB) Failed() error {
	d.lead.Lock()
	defer d.lead.Unlock()
	return d.failed
}

// CompactBeside compacts as in the background.
func (d *DB) CompactBeside(ctx context.Context) error { return d.compact(ctx, false) }

// CommitGroup commits transactions that came at once, and gives their errors.
func (d *DB) CommitGroup(list ...*memtable.Transaction) (errs []error) {
	var group []*waiter
	for _, tx := range list {
		group = append(group, &waiter{Transaction: tx})
	}
	d.lead.Lock()
	d.commit(group)
	d.lead.Unlock()
	for _, w := range group {
		errs = append(errs, w.err)
	}
	return errs
}

// WrapDisk changes the file system of an open store.
func (d *DB) WrapDisk(wrap func(Disk) Disk) { d.disk = wrap(d.disk) }

func (s *Transition) FillAdds(ctx context.Context, to Target) error { return s.fillAdds(ctx, to) }

// HalfSwapped reports whether a swap is half done.
func HalfSwapped(path string) (bool, error) { return halfSwapped(path) }
