package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime/debug"

	"kg/graph/internal/store/journal"
	"kg/graph/internal/store/snapshot"
)

// Options say how a store is opened.
type Options struct {
	// ReadOnly opens without a lock, beside a writer in any process, and shows
	// the store as it is at this moment.
	ReadOnly bool
	// Create takes a missing file for an empty store, which the first write
	// makes. Without it, as for ReadOnly, a missing file is an error.
	Create bool
	// Warn is told of what was found or went wrong and lost nothing that was
	// acknowledged: a Stray that was put aside, a compaction that failed.
	// Without it the latter are errors of Close.
	Warn func(error)
}

// Open opens the store at path, in milliseconds whatever its size. The error
// wraps fs.ErrNotExist if there is none, and is a *Stray if its file is empty or
// only its journal is there, unless Create, is a *LockedError if another
// handle writes to it, a *snapshot.DamageError or *journal.DamageError if what
// is read on opening is damaged.
func Open(path string, o Options) (*QuadStore, error) {
	return open(path, o, realDisk{}, usual)
}

// usual are the limits of a store. A journal of 128 KiB, about a thousand
// commits of one quad, is read in some milliseconds; 100,000 changes take some
// 50 MB; 8 MiB are written anew in a few tenths of a second.
var usual = limits{floor: 128 << 10, share: 256, memory: 256 << 20, short: 64 << 10, beside: 100_000, fold: 8 << 20}

func open(path string, o Options, d disk, l limits) (qs *QuadStore, err error) {
	c := &core{path: resolve(path), disk: d, limit: l, warn: o.Warn, quiet: o.Warn != nil}
	if o.Warn == nil {
		c.warn = func(error) {}
	}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	defer func() {
		if err != nil {
			c.cancel()
			if c.lock != nil {
				c.lock.Unlock()
			}
			err = fmt.Errorf("opening store %q: %w", path, err)
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // see snapshot.Fault
	defer catch(&err)
	err = isStore(c.path)
	make := o.Create && !o.ReadOnly && (errors.Is(err, fs.ErrNotExist) || errors.As(err, new(*Stray)))
	switch {
	case err != nil && !make:
		return nil, c.noSnapshot(err)
	case o.ReadOnly:
		return &QuadStore{core: c}, c.read()
	case !make: // a lock beside what is no store would be litter
		if err := isSnapshot(c.path); err != nil {
			return nil, err
		}
	}
	if c.lock, err = lock(c.path); err != nil {
		return nil, err
	}
	if err := sweep(c.disk, c.path); err != nil {
		return nil, err
	}
	if err = c.openLocked(o.Create); err == nil {
		err = c.tidy()
	}
	if err == nil {
		c.lead.Lock()
		c.compactIfLong()
		c.lead.Unlock()
	}
	return &QuadStore{core: c}, err
}

// openLocked reads what is there, for a writer. What is in the way of a new store
// is put aside.
func (c *core) openLocked(create bool) error {
	if stray := (*Stray)(nil); create && errors.As(isStore(c.path), &stray) {
		if err := c.setAside(stray); err != nil {
			return err
		}
	}
	err := c.read()
	if !create || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	c.stray = lonelyJournal(c.path)
	c.now.Store(newState(newOverlay(nil), newNumbering(c, nil), 0))
	return isOurs(c.path + journalEnd)
}

// read reads the snapshot and the journal. Without the lock a writer can put
// new ones into place in between: then the journal is not the one of the
// snapshot that was opened, and both are read again.
func (c *core) read() error {
	const patience = 100
	for range patience {
		base, err := openSnapshot(c.path)
		if err != nil {
			return err
		}
		log, err := c.loadJournal()
		if err != nil && c.lock == nil {
			// It may have been cut back while it was read.
			log, err = c.loadJournal()
		}
		if err != nil {
			return err
		}
		records, ok, err := c.after(base, log)
		if ok || c.lock != nil || c.still(base) {
			if err != nil {
				return err
			}
			return c.start(base, log, records, ok)
		}
	}
	return errors.New("it is being rewritten all the time: try again")
}

// loadJournal reads the journal. One that is missing has no records.
func (c *core) loadJournal() (*journal.Log, error) {
	if err := isOurs(c.path + journalEnd); err != nil {
		return nil, err
	}
	log, err := journal.Load(c.path + journalEnd)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return c.settled(log)
}

// after gives the records that a snapshot lacks; ok tells whether the journal,
// which may be nil, is the snapshot's. That it is not is an error if the mark of
// the snapshot says that there is one: then it is not the whole graph. A mark
// that was not finished is none beside the journal that it was to tell of.
func (c *core) after(base *snapshot.Reader, log *journal.Log) (records []journal.Record, ok bool, err error) {
	mark, err := base.Mark()
	none := err == nil && mark == snapshot.Mark{}
	if log != nil {
		if records, ok = log.After(journal.ID(base.ID())); ok && (none || err != nil || mark.Names(log.Salt)) {
			return records, true, nil
		}
	}
	switch name := filepath.Base(c.path); {
	case none || err != nil:
		return nil, false, err
	case log == nil:
		return nil, false, fmt.Errorf("%q is missing, and with it what was written last: copy it from where this %q was copied: kg help files", c.path+journalEnd, name)
	default:
		return nil, false, fmt.Errorf("%q is not the journal that this %q goes on in, and what was written last is missing: copy both from one place: kg help files", c.path+journalEnd, name)
	}
}

// still tells whether the snapshot at path is the one that was opened.
func (c *core) still(base *snapshot.Reader) bool {
	again, err := snapshot.Open(c.path)
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
func (c *core) start(base *snapshot.Reader, log *journal.Log, records []journal.Record, ok bool) error {
	c.id, c.exists, c.size = base.ID(), true, base.Size()
	c.mark, _ = base.Mark() // the next write finishes one that is unfinished
	switch {
	case ok:
		if c.log = log; log.Torn > 0 {
			c.stray = tornJournal(log)
		}
	case log != nil:
		c.stray = foreignJournal(c.path, log)
	}
	o := newOverlay(base)
	if err := o.replay(records); err != nil {
		return fmt.Errorf("journal %q: %w", c.path+journalEnd, err)
	}
	c.now.Store(newState(o, newNumbering(c, nil), 0))
	return nil
}
