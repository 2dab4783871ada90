package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime/debug"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/wal"
)

// Options say how a store is opened.
type Options struct {
	// ReadOnly opens without a lock, beside a writer in any process, and shows the store
	// in its present state.
	ReadOnly bool
	// Create takes a missing file for an empty store, which the first write
	// makes. Without it, as for ReadOnly, a missing file is an error.
	Create bool
	// Warn is called with findings and failures that lost nothing acknowledged: a Stray
	// that was put aside, a compaction that failed. Without it the latter are errors of
	// Close.
	Warn func(error)
	// Still changes the store by Step alone: without it, opening and closing may compact
	// it, which brings it to another Position.
	Still bool
	// Rewritten is called when a background compaction has put another snapshot in place.
	// Close waits for it.
	Rewritten func()
	// Disk is the file system that is written to; nil is the machine's own.
	Disk Disk
	// Limits are the thresholds of the store; nil is Usual.
	Limits *Thresholds
}

// Open opens the store at path, in milliseconds whatever its size. The error wraps
// fs.ErrNotExist if there is none, and is a *Stray if its file is empty or only its
// journal is there, unless Create, is a *LockedError if another handle writes to it, a
// *snapshot.DamageError or *wal.DamageError if the parts read on opening are damaged.
func Open(path string, o Options) (d *DB, err error) {
	d = newDB(path, o)
	defer func() {
		if err != nil {
			d.cancel()
			if d.lock != nil {
				d.lock.Unlock()
			}
			d, err = nil, fmt.Errorf("opening store %q: %w", path, err)
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // see snapshot.Fault
	defer snapshot.Catch(&err)
	if err := d.finishSwap(); err != nil {
		return d, err
	}
	err = isStore(d.path)
	make := o.Create && !o.ReadOnly && (errors.Is(err, fs.ErrNotExist) || errors.As(err, new(*Stray)))
	switch {
	case err != nil && !make:
		return d, d.noSnapshot(err)
	case o.ReadOnly:
		return d, d.read()
	case !make: // a lock beside what is no store would be litter
		if err := isSnapshot(d.path); err != nil {
			return d, err
		}
	}
	if d.lock, err = lock(d.path); err != nil {
		return d, err
	}
	if err := sweep(d.disk, d.path); err != nil {
		return d, err
	}
	if err = d.openLocked(o.Create); err == nil {
		err = d.tidy()
	}
	if err == nil {
		d.lead.Lock()
		d.compactIfLong()
		d.lead.Unlock()
	}
	return d, err
}

func newDB(path string, o Options) *DB {
	d := &DB{path: resolve(path), disk: o.Disk, limit: Usual, warn: o.Warn, quiet: o.Warn != nil, calm: o.Still, rewritten: o.Rewritten}
	if o.Disk == nil {
		d.disk = OS{}
	}
	if o.Limits != nil {
		d.limit = *o.Limits
	}
	if o.Warn == nil {
		d.warn = func(error) {}
	}
	d.ctx, d.cancel = context.WithCancel(context.Background())
	return d
}

// openLocked reads the files, for a writer. Stray files are put aside.
func (d *DB) openLocked(create bool) error {
	if stray := (*Stray)(nil); create && errors.As(isStore(d.path), &stray) {
		if err := d.setAside(stray); err != nil {
			return err
		}
	}
	err := d.read()
	if !create || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	d.stray = lonelyJournal(d.path)
	d.enter(memtable.New(nil), nil, 0)
	return isOurs(d.path + journalEnd)
}

// read reads the snapshot and the journal. Without the lock a writer can replace both in
// between: then the journal is not the one of the snapshot that was opened, and both are
// read again.
func (d *DB) read() error {
	const patience = 100
	for range patience {
		base, err := openSnapshot(d.path)
		if errors.Is(err, fs.ErrNotExist) && d.lock == nil { // or it is gone for a moment
			if err := d.finishSwap(); err != nil {
				return err
			}
			base, err = openSnapshot(d.path)
		}
		if err != nil {
			return err
		}
		log, err := d.loadJournal()
		if err != nil && d.lock == nil {
			// The journal may have been truncated while it was read.
			log, err = d.loadJournal()
		}
		if err != nil {
			return err
		}
		records, ok, err := d.after(base, log)
		if ok || d.lock != nil || d.still(base) {
			if err != nil {
				return err
			}
			return d.start(base, log, records, ok)
		}
	}
	return errors.New("it is being rewritten all the time: try again")
}

// loadJournal reads the journal. One that is missing has no records.
func (d *DB) loadJournal() (*wal.Log, error) {
	if err := isOurs(d.path + journalEnd); err != nil {
		return nil, err
	}
	log, err := wal.Load(d.path + journalEnd)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return d.settled(log)
}

// after returns the records that a snapshot lacks; ok reports whether the journal, which
// may be nil, is the snapshot's. It is an error if it is not and the mark of the snapshot
// names a journal: then the snapshot is not the whole graph. An unfinished mark is
// ignored beside the journal that it was to name.
func (d *DB) after(base *snapshot.Reader, log *wal.Log) (records []wal.Record, ok bool, err error) {
	mark, err := base.Mark()
	none := err == nil && mark == snapshot.Mark{}
	if log != nil {
		if records, ok = log.After(wal.Identity(base.ID())); ok && (none || err != nil || mark.Names(log.Salt)) {
			return records, true, nil
		}
	}
	switch name := filepath.Base(d.path); {
	case none || err != nil:
		return nil, false, err
	case log == nil:
		return nil, false, fmt.Errorf("%q is missing, and with it what was written last: copy it from where this %q was copied: kg help files", d.path+journalEnd, name)
	default:
		return nil, false, fmt.Errorf("%q is not the journal that this %q goes on in, and what was written last is missing: copy both from one place: kg help files", d.path+journalEnd, name)
	}
}

// still reports whether the snapshot at path is the one that was opened.
func (d *DB) still(base *snapshot.Reader) bool {
	again, err := snapshot.Open(d.path)
	if err != nil {
		return false
	}
	defer again.Close()
	now, _ := again.Mark()
	then, _ := base.Mark()
	return again.ID() == base.ID() && now == then
}

// start makes the first state. The journal of another snapshot, ok being
// false, is none of its.
func (d *DB) start(base *snapshot.Reader, log *wal.Log, records []wal.Record, ok bool) error {
	d.id, d.exists, d.size = base.ID(), true, base.Size()
	d.mark, _ = base.Mark() // the next write finishes one that is unfinished
	switch {
	case ok:
		if d.log = log; log.Torn > 0 {
			d.stray = tornJournal(log)
		}
	case log != nil:
		d.stray = foreignJournal(d.path, log)
	}
	d.opened = positionAfter(d.id, log, records)
	t := memtable.New(base)
	if err := t.Replay(records); err != nil {
		return fmt.Errorf("journal %q: %w", d.path+journalEnd, err)
	}
	d.enter(t, nil, 0)
	return nil
}
