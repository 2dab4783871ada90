package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"kg/graph/internal/store/journal"
	"kg/graph/internal/store/snapshot"
)

// next is what comes into place with a new snapshot.
type next struct {
	mark    snapshot.Mark   // of the snapshot, zero if no commit came after it
	journal *journal.Writer // has these commits, and is in no place yet; nil if there are none
	overlay *overlay        // what this process reads from now on; nil if it goes on as it is
}

// replace puts a snapshot that holds all records up to number held in place,
// and after it a journal with those that came later. Between the two the old
// journal's checkpoint says which of its records count. If adopt is set it is
// what this process reads from now on; else that goes on as it is, with the
// same quads. The caller leads.
func (c *core) replace(m *made, held uint64, adopt bool) error {
	n, err := c.prepare(m, held, adopt)
	if err == nil {
		err = c.install(m, n.mark)
	}
	if err != nil {
		return errors.Join(err, c.dropJournal(n.journal), c.discard(m))
	}
	if adopt {
		c.rebase(n.overlay)
	}
	if err := c.renew(n.journal); err != nil {
		// What was asked for is done. Close will tell.
		c.failed = fmt.Errorf("making a new journal: %w", err)
	}
	return nil
}

// prepare does what comes before a snapshot is renamed: the commits that it
// lacks go into a journal of their own, which the snapshot is marked with, and
// the old journal gets a checkpoint. The mark is for both, since the old one
// counts until the new one has its place.
func (c *core) prepare(m *made, held uint64, adopt bool) (n next, err error) {
	if err := c.writable(); err != nil {
		return n, err
	}
	if c.log != nil && c.log.Size > 0 {
		if err := c.begin(); err != nil {
			return n, err
		}
	}
	records, err := c.later(held)
	if err != nil {
		return n, err
	}
	if adopt {
		n.overlay = newOverlay(m.Reader)
		if err := n.overlay.replay(records); err != nil {
			return n, err
		}
	}
	if c.journal == nil {
		// One that belongs to a snapshot that was here once must not count
		// again, should the new one be its like.
		return n, c.clear()
	}
	if len(records) > 0 {
		if n.journal, err = c.writeJournal(m.ID(), records); err != nil {
			return n, err
		}
		n.mark = snapshot.Mark{c.journal.Salt(), n.journal.Salt()}
		if err := c.writeMark(m.path, m.ID(), n.mark); err != nil {
			return n, err
		}
	}
	return n, c.journal.Checkpoint(journal.ID(m.ID()), held)
}

// install renames a snapshot, which has the mark, into place.
func (c *core) install(m *made, mark snapshot.Mark) error {
	if err := c.keepMode(m.path); err != nil {
		return err
	}
	if err := c.disk.Rename(m.path, c.path); err != nil {
		return err
	}
	c.id, c.mark, c.exists, c.size, c.seen = m.ID(), mark, true, m.Size(), nil
	if err := c.disk.SyncDir(filepath.Dir(c.path)); err != nil {
		return c.stop(fmt.Errorf("a power loss may undo that: %w", err))
	}
	return nil
}

// keepMode gives a file the permissions that somebody gave the store.
func (c *core) keepMode(path string) error {
	old, err := os.Stat(c.path)
	if err != nil {
		old, err = os.Stat(c.like)
	}
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

// clear puts a journal aside that does not count: somebody put it there since
// the store was opened.
func (c *core) clear() error {
	path := c.path + journalEnd
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return c.setAside(&Stray{"journal of another store", path, "it came while the store was written to"})
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

// renew puts a new journal in place of the old, or none if it is nil. If it
// fails the old one still counts, by its checkpoint.
func (c *core) renew(w *journal.Writer) error {
	if w != nil {
		return c.placeJournal(w)
	}
	if c.journal != nil {
		c.journal.Drop()
		c.journal = nil
	}
	c.log = nil
	if err := c.disk.Remove(c.path + journalEnd); err != nil && !errors.Is(err, fs.ErrNotExist) {
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
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // see snapshot.Fault
	defer catch(&err)
	c.rewriting.Lock()
	defer c.rewriting.Unlock()
	ctx, done := c.untilClosed(ctx, &err)
	defer done()
	now, held, err := c.position()
	if err != nil || adopt && now.plain && held == 0 || c.unsaved {
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

// fold makes a small store one file again when its writing ends: people copy
// the file they know of. Windows replaces no file that is mapped.
func (c *core) fold() error {
	c.lead.Lock()
	journal := c.journalSize()
	small := journal > 0 && c.size+journal <= c.limit.fold && c.writable() == nil
	c.lead.Unlock()
	if !small || runtime.GOOS == "windows" {
		return nil
	}
	if err := c.compact(c.ctx, false); err != nil && !errors.Is(err, errClosed) {
		return fmt.Errorf("putting snapshot and journal into one file: %w", err)
	}
	return nil
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
	if base.ID() != c.id {
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

// position gives the state, and the number of the last record it holds.
func (c *core) position() (*state, uint64, error) {
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
