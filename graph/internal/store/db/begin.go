package db

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/wal"
)

// begin creates the journal, the snapshot it belongs to if there is none, and the
// snapshot's mark that names the journal: from the first commit on, a snapshot alone is
// not the whole store. The caller leads.
func (d *DB) begin() error {
	if d.journal == nil {
		if err := d.beginJournal(); err != nil {
			return err
		}
	}
	salt := d.journal.Salt()
	if d.mark.Names(salt) {
		return nil
	}
	mark := snapshot.Mark{salt, salt}
	if err := d.writeMark(d.path, d.id, mark); err != nil {
		d.stopped = fmt.Errorf("writing that a journal follows: %w: nothing more is written until the store is opened again", err)
		return d.stopped
	}
	d.mark = mark
	return nil
}

// Init makes the files of a new store. If there is one already the error is
// fs.ErrExist.
func (d *DB) Init() error {
	d.lead.Lock()
	defer d.lead.Unlock()
	if d.exists {
		return fmt.Errorf("making store %q: %w", d.path, fs.ErrExist)
	}
	return d.begin()
}

func (d *DB) beginJournal() error {
	if d.log != nil && d.log.Size > 0 {
		return d.resumeJournal()
	}
	if err := d.clear(); err != nil {
		return err
	}
	if !d.exists {
		m, err := d.make(d.ctx, memtable.New(nil), memtable.New(nil).Need(), 1, nil, nil)
		if err != nil {
			return err
		}
		if err := d.install(m, snapshot.Mark{}); err != nil {
			return errors.Join(err, d.discard(m))
		}
	}
	w, err := d.writeJournal(d.id, nil)
	if err != nil {
		return err
	}
	return d.installJournal(w)
}

func (d *DB) resumeJournal() error {
	f, err := d.disk.Open(d.path + journalEnd)
	if err != nil {
		return err
	}
	if d.journal, err = wal.Resume(f, d.log); err != nil {
		return errors.Join(err, f.Close())
	}
	d.log = nil
	return nil
}

// writeMark marks the snapshot id at path.
func (d *DB) writeMark(path string, id snapshot.Identity, mark snapshot.Mark) error {
	f, err := d.disk.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(snapshot.WriteMark(f, id, mark), f.Close())
}

// journalTemp is the name under which a journal is written before it is renamed into
// place.
func (d *DB) journalTemp() string { return d.path + tempEnd + "journal" }

// writeJournal writes a journal for a snapshot. It is on disk, but not renamed into
// place.
func (d *DB) writeJournal(id snapshot.Identity, records []wal.Record) (*wal.Writer, error) {
	temp := d.journalTemp()
	if err := d.disk.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	f, err := d.disk.Create(temp)
	if err != nil {
		return nil, err
	}
	err = d.keepMode(temp)
	var w *wal.Writer
	if err == nil {
		w, err = wal.Create(f, d.path+journalEnd, wal.Identity(id), records)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close(), d.disk.Remove(temp))
	}
	return w, nil
}

// dropJournal removes a journal, if it is not nil, that was not renamed into place.
func (d *DB) dropJournal(w *wal.Writer) error {
	if w == nil {
		return nil
	}
	return errors.Join(w.Drop(), d.disk.Remove(d.journalTemp()))
}

// installJournal renames a journal into place, replacing the old one if there is one.
func (d *DB) installJournal(w *wal.Writer) error {
	old := d.journal
	if old != nil { // not every file system replaces an open file
		old.Drop()
	}
	if err := d.disk.Rename(d.journalTemp(), d.path+journalEnd); err != nil {
		err = errors.Join(err, d.dropJournal(w))
		if old != nil {
			return d.reload(err)
		}
		return err
	}
	d.journal, d.log = w, nil
	if err := d.disk.SyncDir(filepath.Dir(d.path)); err != nil {
		// The old journal may come back after a power loss, without the records of the
		// new one.
		return d.stop(fmt.Errorf("its journal is perhaps not: %w", err))
	}
	return nil
}
