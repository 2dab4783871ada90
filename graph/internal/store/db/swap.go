package db

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kg/graph/internal/store/snapshot"
	"kg/internal/files"
)

// swappedEnd is of a snapshot that was in place, and that others may still read; then
// .2 and so on.
const swappedEnd = tempEnd + "old"

// newPath is where a snapshot is written before it has its place.
func (d *DB) newPath() string { return d.path + tempEnd + "new" }

// swap puts the snapshot at newPath in place. Windows replaces no file that is mapped,
// but renames one: there the old one steps aside first, and goes with the last that
// reads it, or with the next writer's sweep. What a kill between the two renames leaves,
// finishSwap finishes.
func (d *DB) swap() error {
	err := d.disk.Rename(d.newPath(), d.path)
	if err == nil || !files.InUse(err) {
		return err
	}
	old, e := freeName(d.path + swappedEnd)
	if e != nil {
		return errors.Join(err, e)
	}
	if e := d.disk.Rename(d.path, old); e != nil {
		return errors.Join(err, e)
	}
	if err := d.disk.Rename(d.newPath(), d.path); err != nil {
		return errors.Join(err, d.disk.Rename(old, d.path))
	}
	_ = d.disk.Remove(old) // or the next writer does
	return nil
}

// halfSwapped reports whether a swap has come to its middle: what is new is whole, and
// not in place, and what was there is aside.
func halfSwapped(path string) (bool, error) {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return false, nil // and so there is nothing
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(path)+swappedEnd) {
			return true, nil
		}
	}
	return false, nil
}

// finishSwap puts in place what a kill has left in the middle of a swap, and waits for
// the end of one that is under way.
func (d *DB) finishSwap() error {
	const patience = 10_000 // milliseconds
	for range patience {
		if half, err := halfSwapped(d.path); !half || err != nil {
			return err
		}
		l, err := lock(d.path)
		if errors.As(err, new(*LockedError)) {
			time.Sleep(time.Millisecond)
			continue
		}
		if err != nil {
			return err
		}
		return errors.Join(d.finishNow(), l.Unlock())
	}
	return nil
}

// finishNow does what finishSwap does, with the lock.
func (d *DB) finishNow() error {
	half, err := halfSwapped(d.path) // it may be whole by now
	if !half || err != nil {
		return err
	}
	whole, err := snapshot.Open(d.newPath())
	if err != nil {
		return nil // the store was removed, and this is what a killed load has left
	}
	if err := whole.Close(); err != nil {
		return err
	}
	return errors.Join(d.disk.Rename(d.newPath(), d.path), d.disk.SyncDir(filepath.Dir(d.path)))
}
