package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"kg/graph/internal/store/journal"
	"kg/graph/internal/store/snapshot"
)

// begin makes the journal ready to be written to, the snapshot it belongs to if
// there is none, and the mark that tells of it: from the first commit on, a
// snapshot alone is not the whole. The caller leads.
func (c *core) begin() error {
	if c.journal == nil {
		if err := c.beginJournal(); err != nil {
			return err
		}
	}
	salt := c.journal.Salt()
	if c.mark.Names(salt) {
		return nil
	}
	mark := snapshot.Mark{salt, salt}
	if err := c.writeMark(c.path, c.id, mark); err != nil {
		c.stopped = fmt.Errorf("writing that a journal follows: %w: nothing more is written until the store is opened again", err)
		return c.stopped
	}
	c.mark = mark
	return nil
}

func (c *core) beginJournal() error {
	if c.log != nil && c.log.Size > 0 {
		return c.resumeJournal()
	}
	if err := c.clear(); err != nil {
		return err
	}
	if !c.exists {
		m, err := c.make(c.ctx, newOverlay(nil), least, 1, nil, nil)
		if err != nil {
			return err
		}
		if err := c.install(m, snapshot.Mark{}); err != nil {
			return errors.Join(err, c.discard(m))
		}
	}
	w, err := c.writeJournal(c.id, nil)
	if err != nil {
		return err
	}
	return c.placeJournal(w)
}

func (c *core) resumeJournal() error {
	f, err := c.disk.Open(c.path + journalEnd)
	if err != nil {
		return err
	}
	if c.journal, err = journal.Resume(f, c.log); err != nil {
		return errors.Join(err, f.Close())
	}
	c.log = nil
	return nil
}

// writeMark marks the snapshot id at path.
func (c *core) writeMark(path string, id snapshot.Identity, mark snapshot.Mark) error {
	f, err := c.disk.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(snapshot.WriteMark(f, id, mark), f.Close())
}

// journalTemp is where a journal is written before it has its place.
func (c *core) journalTemp() string { return c.path + tempEnd + "journal" }

// writeJournal writes a journal for a snapshot. It is on disk, but in no place.
func (c *core) writeJournal(id snapshot.Identity, records []journal.Record) (*journal.Writer, error) {
	temp := c.journalTemp()
	if err := c.disk.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	f, err := c.disk.Create(temp)
	if err != nil {
		return nil, err
	}
	err = c.keepMode(temp)
	var w *journal.Writer
	if err == nil {
		w, err = journal.Create(f, c.path+journalEnd, journal.ID(id), records)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close(), c.disk.Remove(temp))
	}
	return w, nil
}

// dropJournal removes a journal, if it is not nil, that did not come into place.
func (c *core) dropJournal(w *journal.Writer) error {
	if w == nil {
		return nil
	}
	return errors.Join(w.Drop(), c.disk.Remove(c.journalTemp()))
}

// placeJournal puts a journal in the place of the one there may be.
func (c *core) placeJournal(w *journal.Writer) error {
	if err := c.disk.Rename(c.journalTemp(), c.path+journalEnd); err != nil {
		return errors.Join(err, c.dropJournal(w))
	}
	if c.journal != nil {
		c.journal.Drop()
	}
	c.journal, c.log = w, nil
	if err := c.disk.SyncDir(filepath.Dir(c.path)); err != nil {
		// The old journal may come back after a power loss, and with it not
		// what is written to the new one.
		return c.stop(fmt.Errorf("its journal is perhaps not: %w", err))
	}
	return nil
}
