package db

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/wal"
)

// next is the files that are put in place with a new snapshot.
type next struct {
	mark    snapshot.Mark   // of the snapshot, zero if no commit came after it
	journal *wal.Writer     // has these commits, and is not in place yet; nil if there are none
	table   *memtable.Table // the state that this process reads from now on; nil if unchanged
}

// replace puts a snapshot that holds all records up to number held in place, and after it
// a journal with those that came later. Between the two the old journal's checkpoint says
// which of its records count. If adopt is set this process reads it from now on;
// otherwise it goes on with its present state, which has the same quads. The caller
// leads.
func (d *DB) replace(m *made, held uint64, adopt bool) error {
	n, err := d.prepare(m, held, adopt)
	if err == nil {
		err = d.install(m, n.mark)
	}
	if err != nil {
		return errors.Join(err, d.dropJournal(n.journal), d.discard(m))
	}
	if adopt {
		d.rebase(n.table)
	}
	if err := d.renew(n.journal); err != nil {
		// The requested work is done. Close reports the error.
		d.failed = fmt.Errorf("making a new journal: %w", err)
	}
	if adopt {
		return nil
	}
	return m.Close()
}

// prepare does the work before a snapshot is renamed: the commits that it lacks go into a
// journal of their own, with which the snapshot is marked, and the old journal gets a
// checkpoint. The mark names both, since the old one is valid until the new one is in
// place.
func (d *DB) prepare(m *made, held uint64, adopt bool) (n next, err error) {
	if err := d.writable(); err != nil {
		return n, err
	}
	if d.log != nil && d.log.Size > 0 {
		if err := d.begin(); err != nil {
			return n, err
		}
	}
	records, err := d.later(held)
	if err != nil {
		return n, err
	}
	if adopt {
		n.table = memtable.New(m.Reader)
		if err := n.table.Replay(records); err != nil {
			return n, err
		}
	}
	if d.journal == nil {
		// One that belongs to a snapshot that was here once must not count
		// again, should the new one be its like.
		return n, d.clear()
	}
	if len(records) > 0 {
		if n.journal, err = d.writeJournal(m.ID(), records); err != nil {
			return n, err
		}
		n.mark = snapshot.Mark{d.journal.Salt(), n.journal.Salt()}
		if err := d.writeMark(m.path, m.ID(), n.mark); err != nil {
			return n, err
		}
	}
	return n, d.journal.Checkpoint(wal.Identity(m.ID()), held)
}

// install renames a snapshot, which has the mark, into place.
func (d *DB) install(m *made, mark snapshot.Mark) error {
	if err := d.keepMode(m.path); err != nil {
		return err
	}
	if err := d.swap(); err != nil {
		return err
	}
	d.id, d.mark, d.exists, d.size, d.seen = m.ID(), mark, true, m.Size(), nil
	if err := d.disk.SyncDir(filepath.Dir(d.path)); err != nil {
		return d.stop(fmt.Errorf("a power loss may undo that: %w", err))
	}
	return nil
}

// keepMode gives a file the permissions of the store.
func (d *DB) keepMode(path string) error {
	old, err := os.Stat(d.path)
	if err != nil {
		old, err = os.Stat(d.like)
	}
	if err != nil {
		return nil // there is none yet
	}
	return os.Chmod(path, old.Mode().Perm())
}

// discard removes a snapshot that was not renamed into place, and has no readers.
func (d *DB) discard(m *made) error {
	if m.Reader != nil { // Windows removes nothing that is mapped
		if err := m.Close(); err != nil {
			return err
		}
	}
	if err := d.disk.Remove(m.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// stop ends the writing for good when the content of the disk is unknown.
func (d *DB) stop(err error) error {
	d.stopped = fmt.Errorf("the store was rewritten, but %w: nothing more is written until it is opened again", err)
	return d.stopped
}

// clear puts a foreign journal aside: it was put there since the store was opened.
func (d *DB) clear() error {
	path := d.path + journalEnd
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return d.setAside(&Stray{"journal of another store", path, "it came while the store was written to"})
}

// later gives the commits after a number.
func (d *DB) later(held uint64) ([]wal.Record, error) {
	if d.journal == nil || d.journal.Last() <= held {
		return nil, nil
	}
	log, err := wal.Load(d.path + journalEnd)
	if err != nil {
		return nil, err
	}
	var records []wal.Record
	for _, r := range log.Records {
		if r.Number > held && r.Kind == wal.Commit {
			records = append(records, r)
		}
	}
	return records, nil
}

// renew puts a new journal in place of the old, or none if it is nil. If it fails the old
// one is still valid, by its checkpoint.
func (d *DB) renew(w *wal.Writer) error {
	if w != nil {
		return d.installJournal(w)
	}
	if d.journal != nil {
		d.journal.Drop()
		d.journal = nil
	}
	d.log = nil
	err := d.disk.Remove(d.path + journalEnd)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return d.reload(err)
	}
	// A journal that comes back after a power loss, beside a later snapshot equal to the
	// one it follows, would be applied again.
	if err := d.disk.SyncDir(filepath.Dir(d.path)); err != nil {
		return d.stop(fmt.Errorf("its journal is perhaps still there: %w", err))
	}
	return nil
}

// reload returns to the journal that is in place.
func (d *DB) reload(cause error) error {
	log, err := wal.Load(d.path + journalEnd)
	if err != nil {
		return d.stop(errors.Join(cause, err))
	}
	d.journal, d.log = nil, log
	return cause
}
