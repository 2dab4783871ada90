package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"kg/graph/store/journal"
)

// replace puts a snapshot that holds all records up to number held in place,
// and after it a journal with those that came later. Between the two the old
// journal's checkpoint says which of its records count. If adopt is set it is
// what this process reads from now on; else that goes on as it is, with the
// same quads. The caller leads.
func (c *core) replace(m *made, held uint64, adopt bool) error {
	err := c.writable()
	if err == nil && c.log != nil && c.log.Size > 0 {
		err = c.begin()
	}
	var records []journal.Record
	if err == nil {
		records, err = c.later(held)
	}
	var o *overlay
	if err == nil && adopt {
		o = newOverlay(m.Reader)
		err = o.replay(records)
	}
	same := c.exists && journal.ID(m.ID()) == c.id
	switch {
	case err != nil:
	case c.journal != nil:
		err = c.journal.Mark(journal.ID(m.ID()), held)
	default:
		// One that belongs to a snapshot that was here once must not count
		// again, should the new one be its like.
		err = c.clear()
	}
	if err == nil {
		if same { // the checkpoint alone says that it holds more
			err = c.discard(m)
		} else {
			err = c.install(m)
		}
	}
	if err != nil {
		return errors.Join(err, c.discard(m))
	}
	if adopt {
		c.rebase(o)
	}
	if err := c.renew(records); err != nil {
		// What was asked for is done. Close will tell.
		c.failed = fmt.Errorf("making a new journal: %w", err)
	}
	return nil
}

// install renames a snapshot into place.
func (c *core) install(m *made) error {
	if err := c.keepMode(m.path); err != nil {
		return err
	}
	if err := c.disk.Rename(m.path, c.path); err != nil {
		return err
	}
	c.id, c.exists, c.size = journal.ID(m.ID()), true, m.Size()
	if err := c.disk.SyncDir(filepath.Dir(c.path)); err != nil {
		return c.stop(fmt.Errorf("a power loss may undo that: %w", err))
	}
	return nil
}

// keepMode gives a file the permissions that somebody gave the store.
func (c *core) keepMode(path string) error {
	old, err := os.Stat(c.path)
	if err != nil {
		return nil // there is none yet
	}
	return os.Chmod(path, old.Mode().Perm())
}

// discard removes a snapshot that did not come into place.
func (c *core) discard(m *made) error {
	if err := c.disk.Remove(m.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// stop ends the writing for good where it is not known what the disk holds.
func (c *core) stop(err error) error {
	c.stopped = fmt.Errorf("the store was rewritten, but %w: nothing more is written until it is opened again", err)
	return c.stopped
}

// clear removes a journal that does not count.
func (c *core) clear() error {
	if err := c.disk.Remove(c.path + journalEnd); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	return c.disk.SyncDir(filepath.Dir(c.path))
}

// later gives the commits after a number.
func (c *core) later(held uint64) ([]journal.Record, error) {
	if c.journal == nil || c.journal.Last() <= held {
		return nil, nil
	}
	log, err := journal.Load(c.path + journalEnd)
	if err != nil {
		return nil, err
	}
	var records []journal.Record
	for _, r := range log.Records {
		if r.Number > held && r.Kind == journal.Commit {
			records = append(records, r)
		}
	}
	return records, nil
}

// renew puts a new journal in place of the old, or none if it would be empty.
// If it fails the old one still counts, by its checkpoint.
func (c *core) renew(records []journal.Record) error {
	path := c.path + journalEnd
	if len(records) > 0 {
		return c.newJournal(records)
	}
	if c.journal != nil {
		c.journal.Drop()
		c.journal = nil
	}
	c.log = nil
	if err := c.disk.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c.reload(err)
	}
	return nil
}

// reload goes back to the journal that is in place.
func (c *core) reload(cause error) error {
	log, err := journal.Load(c.path + journalEnd)
	if err != nil {
		return c.stop(errors.Join(cause, err))
	}
	c.journal, c.log = nil, log
	return cause
}

// begin makes the journal ready to be written to, and the snapshot it belongs
// to if there is none. The caller leads.
func (c *core) begin() error {
	switch {
	case c.journal != nil:
		return nil
	case c.log != nil && c.log.Size > 0:
		f, err := c.disk.Open(c.path + journalEnd)
		if err != nil {
			return err
		}
		if c.journal, err = journal.Resume(f, c.log); err != nil {
			f.Close()
			return err
		}
		c.log = nil
		return nil
	case !c.exists:
		m, err := c.make(c.ctx, newOverlay(nil), least, 1, nil, nil)
		if err != nil {
			return err
		}
		if err = c.clear(); err == nil {
			err = c.install(m)
		}
		if err != nil {
			return errors.Join(err, c.discard(m))
		}
	}
	return c.newJournal(nil)
}

// newJournal puts a journal for the snapshot in place.
func (c *core) newJournal(records []journal.Record) error {
	path, temp := c.path+journalEnd, c.path+tempEnd+"journal"
	if err := c.disk.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := c.disk.Create(temp)
	if err != nil {
		return err
	}
	err = c.keepMode(temp)
	var w *journal.Writer
	if err == nil {
		w, err = journal.Create(f, path, c.id, records)
	}
	if err == nil {
		err = c.disk.Rename(temp, path)
	}
	if err != nil {
		c.disk.Remove(temp)
		return errors.Join(err, f.Close())
	}
	if c.journal != nil {
		c.journal.Drop()
	}
	c.journal, c.log = w, nil
	if err := c.disk.SyncDir(filepath.Dir(path)); err != nil {
		// The old journal may come back after a power loss, and with it not
		// what is written to the new one.
		return c.stop(fmt.Errorf("its journal is perhaps not: %w", err))
	}
	return nil
}

// Compact writes everything into a new snapshot, which is then read in place of
// snapshot and journal: it makes the store smaller and quicker to open and to
// ask. Commits go on meanwhile.
//
// A store does it by itself when its journal has grown long, for those who open
// it next: its own handles go on with the snapshot they have and what came
// after it in memory, until that is much.
func (qs *QuadStore) Compact(ctx context.Context) error {
	err := errReadOnly
	if !qs.shadow {
		err = qs.core.compact(ctx, true)
	}
	if err != nil {
		return fmt.Errorf("compacting store %q: %w", qs.core.path, err)
	}
	return nil
}

func (c *core) compact(ctx context.Context, adopt bool) (err error) {
	defer catch(&err)
	c.rewriting.Lock()
	defer c.rewriting.Unlock()
	ctx, done := c.untilClosed(ctx, &err)
	defer done()
	now, held, err := c.mark()
	if err != nil || now.plain && held == 0 {
		return err
	}
	if held == 0 && adopt { // the snapshot at path has it all
		if done, err := c.adopt(); done || err != nil {
			return err
		}
	}
	m, err := c.make(ctx, now.overlay, min(c.limit.memory, now.need()), 1, nil, nil)
	if err != nil {
		return err
	}
	c.lead.Lock()
	defer c.lead.Unlock()
	return c.replace(m, held, adopt || c.now.Load().len() > c.limit.beside)
}

// adopt makes the snapshot that is in place, and the journal after it, what
// this process reads. It is not done if somebody else put another there.
func (c *core) adopt() (done bool, err error) {
	base, err := openSnapshot(c.path)
	if err != nil {
		return false, nil // and so it is written again
	}
	c.lead.Lock()
	defer c.lead.Unlock()
	if journal.ID(base.ID()) != c.id {
		return false, nil
	}
	records, err := c.later(0)
	if err != nil {
		return false, err
	}
	o := newOverlay(base)
	if err := o.replay(records); err != nil {
		return false, err
	}
	c.rebase(o)
	return true, nil
}

// mark gives the state, and the number of the last record it holds.
func (c *core) mark() (*state, uint64, error) {
	c.lead.Lock()
	defer c.lead.Unlock()
	var held uint64
	switch {
	case c.journal != nil:
		held = c.journal.Last()
	case c.log != nil:
		held = c.log.Last
	}
	return c.now.Load(), held, c.writable()
}

// journalSize is the length of the journal in bytes. The caller leads.
func (c *core) journalSize() int64 {
	switch {
	case c.journal != nil:
		return c.journal.Size()
	case c.log != nil:
		return c.log.Size
	}
	return 0
}

// compactIfLong begins a compaction that nobody waits for, if the journal has
// grown long. One that fails is tried again when it has grown half as long
// again, and reported by Close. The caller leads.
func (c *core) compactIfLong() {
	size := c.journalSize()
	if c.lock == nil || c.background != nil || size < max(c.limit.floor, c.size/c.limit.share, c.retryAt) {
		return
	}
	done := make(chan struct{})
	c.background = done
	go func() {
		defer close(done)
		err := c.compact(c.ctx, false)
		c.lead.Lock()
		defer c.lead.Unlock()
		c.background, c.retryAt, c.failed = nil, 0, nil
		if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, errClosed) {
			c.failed = fmt.Errorf("compacting: %w", err)
			c.retryAt = size + size/2
		}
	}()
}
