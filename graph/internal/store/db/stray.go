package db

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kg/graph/internal/store/wal"
)

// Stray is a file of a store, or the end of one, that is not part of it: left by a kill,
// or put there by another program. It is the error of opening a file that is nothing
// else. The next writer renames it to a name that ends in .old, and reports it.
type Stray struct {
	Rule   string // its class, in three words or so
	Path   string // of the file
	Detail string // where, and how much
}

// Error names the file, and says what becomes of it.
func (s *Stray) Error() string {
	return fmt.Sprintf("%q: %s: %s: kg load keeps it as %q", s.Path, s.Rule, s.Detail, filepath.Base(s.Path)+oldEnd)
}

const oldEnd = ".old" // of stray files that were put aside; then .old.2 and so on

func emptyStore(path string) *Stray {
	return &Stray{"empty file", path, "the file is empty, and so it is no store"}
}

// lonelyJournal returns a journal without its snapshot, nil if there is none.
func lonelyJournal(path string) *Stray {
	info, err := os.Lstat(path + journalEnd)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	return &Stray{"journal without its store", path + journalEnd,
		fmt.Sprintf("it has %d bytes, and %q, which it goes on in, is missing or empty: put that back, if you have it", info.Size(), filepath.Base(path))}
}

func foreignJournal(path string, log *wal.Log) *Stray {
	return &Stray{"journal of another store", log.Path,
		fmt.Sprintf("its %d bytes go on in another file than this %q", log.Size+log.Torn, filepath.Base(path))}
}

func tornJournal(log *wal.Log) *Stray {
	return &Stray{"torn journal", log.Path,
		fmt.Sprintf("from byte %d on, %d bytes are no whole commit, as a kill or a power loss leaves them", log.Size, log.Torn)}
}

// Stray returns the stray among the files of the store, as they were when it was opened;
// nil if there is none.
func (d *DB) Stray() *Stray { return d.stray }

// noSnapshot returns the error of opening a store that may be missing: a journal without
// it is more informative.
func (d *DB) noSnapshot(err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if s := lonelyJournal(d.path); s != nil {
		return s
	}
	return err
}

// settled is a log, read again if its end is torn: a commit may be on its way to
// the disk. If it is, nothing is torn.
func (d *DB) settled(log *wal.Log) (*wal.Log, error) {
	if log.Torn == 0 || d.lock != nil {
		return log, nil
	}
	time.Sleep(d.limit.Settle)
	again, err := wal.Load(log.Path)
	if err == nil && (again.Size != log.Size || again.Torn != log.Torn) {
		again.Torn = 0
	}
	return again, err
}

// tidy puts stray files aside, before anything is written. The caller holds the lock.
func (d *DB) tidy() error {
	switch {
	case d.stray == nil:
		return nil
	case d.log != nil:
		return d.cutTail()
	}
	return d.setAside(d.stray)
}

// setAside renames a stray file, and reports it.
func (d *DB) setAside(s *Stray) error {
	if err := isOurs(s.Path); err != nil {
		return err
	}
	old, err := freeName(s.Path + oldEnd)
	if err != nil {
		return err
	}
	if err := errors.Join(d.disk.Rename(s.Path, old), d.disk.SyncDir(filepath.Dir(s.Path))); err != nil {
		return fmt.Errorf("keeping %q as %q: %w", s.Path, old, err)
	}
	d.tellKept(s, old)
	return nil
}

// cutTail truncates the journal after its last complete record, and saves the rest.
func (d *DB) cutTail() error {
	old, err := freeName(d.log.Path + oldEnd)
	if err != nil {
		return err
	}
	f, err := d.disk.Open(d.log.Path)
	if err != nil {
		return err
	}
	err = d.copyTail(f, old)
	if err == nil {
		err = errors.Join(f.Truncate(d.log.Size), f.Sync())
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("keeping the torn end of journal %q as %q: %w", d.log.Path, old, err)
	}
	d.log.Torn = 0
	d.tellKept(d.stray, old)
	return nil
}

// copyTail copies the bytes after the records of the journal. Zeros are left out, since a
// file extended by a power loss may be mostly a hole.
func (d *DB) copyTail(f File, old string) error {
	to, err := d.createTemp(old)
	if err != nil {
		return err
	}
	buf, zeros := make([]byte, 64<<10), make([]byte, 64<<10)
	for at := int64(0); at < d.log.Torn && err == nil; {
		n := min(int64(len(buf)), d.log.Torn-at)
		if _, err = io.ReadFull(io.NewSectionReader(f, d.log.Size+at, n), buf[:n]); err == nil && string(buf[:n]) != string(zeros[:n]) {
			_, err = to.WriteAt(buf[:n], at)
		}
		at += n
	}
	if err == nil {
		err = errors.Join(to.Truncate(d.log.Torn), to.Sync(), d.disk.SyncDir(filepath.Dir(old)))
	}
	return errors.Join(err, to.Close())
}

func (d *DB) tellKept(s *Stray, old string) {
	d.warn(fmt.Errorf("%q: %s: %s: kept as %q", s.Path, s.Rule, s.Detail, filepath.Base(old)))
}

// freeName is a name that no file has: the given one, or with a number.
func freeName(name string) (string, error) {
	for n, free := 2, name; ; n++ {
		if _, err := os.Lstat(free); errors.Is(err, fs.ErrNotExist) {
			return free, nil
		} else if err != nil {
			return "", err
		}
		free = fmt.Sprint(name, ".", n)
	}
}
