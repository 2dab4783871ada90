package db

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/snapshot"
)

// Compact writes everything into a new snapshot, which is then read in place of snapshot
// and journal: the store becomes smaller, and quicker to open and to query. Commits go on
// meanwhile.
//
// A store compacts itself when its journal has grown long, for processes that open it
// next: its own handles go on with their snapshot and the later changes in memory, until
// these are many.
func (d *DB) Compact(ctx context.Context) error {
	if err := d.compact(ctx, true); err != nil {
		return fmt.Errorf("compacting store %q: %w", d.path, err)
	}
	return nil
}

func (d *DB) compact(ctx context.Context, adopt bool) error {
	return d.rewrite(ctx, func(ctx context.Context) error { return d.compactNow(ctx, adopt) })
}

// rewrite calls do where a new snapshot may be made: alone, until the store is closed,
// and with damage as an error.
func (d *DB) rewrite(ctx context.Context, do func(context.Context) error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // see snapshot.Fault
	defer snapshot.Catch(&err)
	d.rewriting.Lock()
	defer d.rewriting.Unlock()
	ctx, done := d.untilClosed(ctx, &err)
	defer done()
	return do(ctx)
}

func (d *DB) compactNow(ctx context.Context, adopt bool) error {
	now, held, err := d.position()
	if err != nil || adopt && now.Len() == 0 && held == 0 || d.unsaved {
		return err
	}
	if held == 0 && adopt { // the snapshot at path has all quads
		if done, err := d.adopt(); done || err != nil {
			return err
		}
	}
	m, err := d.make(ctx, now.Table, min(d.limit.Memory, now.Need()), 1, nil, nil)
	if err != nil {
		return err
	}
	d.lead.Lock()
	defer d.lead.Unlock()
	return d.replace(m, held, adopt || d.now.Load().Len() > d.limit.Beside)
}

// adopt makes the snapshot that is in place, and the journal after it, the state that
// this process reads. It does nothing if another process put a different one there.
func (d *DB) adopt() (done bool, err error) {
	base, err := openSnapshot(d.path)
	if err != nil {
		return false, nil // and so it is written again
	}
	d.lead.Lock()
	defer d.lead.Unlock()
	if base.ID() != d.id {
		return false, nil
	}
	records, err := d.later(0)
	if err != nil {
		return false, err
	}
	t := memtable.New(base)
	if err := t.Replay(records); err != nil {
		return false, err
	}
	d.rebase(t)
	return true, nil
}

// position gives the state, and the number of the last record it holds.
func (d *DB) position() (*State, uint64, error) {
	d.lead.Lock()
	defer d.lead.Unlock()
	var held uint64
	switch {
	case d.journal != nil:
		held = d.journal.Last()
	case d.log != nil:
		held = d.log.Last
	}
	return d.now.Load(), held, d.writable()
}

// journalSize is the length of the journal in bytes. The caller leads.
func (d *DB) journalSize() int64 {
	switch {
	case d.journal != nil:
		return d.journal.Size()
	case d.log != nil:
		return d.log.Size
	}
	return 0
}

// small reports whether a store with so long a journal becomes one file when it is
// closed.
func (d *DB) small(journal int64) bool { return d.size+journal <= d.limit.Fold }

// long is how long a journal is that is to be compacted.
func (d *DB) long() int64 { return max(d.limit.Floor, d.size/d.limit.Share) }

// compactIfLong starts a background compaction, if the journal has grown long. One that
// fails is tried again when the journal has grown half as long again, and reported by
// Close. The caller leads.
func (d *DB) compactIfLong() {
	size := d.journalSize()
	if d.lock == nil || d.calm || d.background != nil || size < max(d.long(), d.retryAt) {
		return
	}
	done := make(chan struct{})
	d.background = done
	go func() {
		defer close(done)
		err := d.compact(d.ctx, false)
		if err == nil && d.rewritten != nil {
			d.rewritten()
		}
		d.lead.Lock()
		defer d.lead.Unlock()
		d.background, d.retryAt, d.failed = nil, 0, nil
		if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, ErrClosed) {
			d.failed = fmt.Errorf("compacting: %w", err)
			d.retryAt = size + size/2
		}
		if err == nil && !d.closed.Load() {
			d.compactIfLong()
		}
	}()
}
