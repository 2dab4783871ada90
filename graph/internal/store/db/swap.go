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

// swappedEnd is the ending of a replaced snapshot, which others may still read; then .2
// and so on.
const swappedEnd = tempEnd + "old"

// newPath is the name under which a snapshot is written before it is renamed into place.
func (d *DB) newPath() string { return d.path + tempEnd + "new" }

// swap puts the snapshot at newPath in place. Windows replaces no file that is mapped,
// but renames one: there the old one is renamed first, and removed when its last reader
// closes it, or by the next writer's sweep. finishSwap completes a swap that was killed
// between the two renames.
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

// halfSwapped reports whether a swap has done half: the new snapshot is complete, and not
// in place, and the old one is renamed.
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

// finishSwap completes a swap that was killed half done, and waits for the end of one in
// progress.
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

// finishNow is finishSwap with the lock held.
func (d *DB) finishNow() error {
	half, err := halfSwapped(d.path) // it may be whole by now
	if !half || err != nil {
		return err
	}
	whole, err := snapshot.Open(d.newPath())
	if err != nil {
		return nil // the store was removed, and a killed load left this
	}
	if err := whole.Close(); err != nil {
		return err
	}
	return errors.Join(d.disk.Rename(d.newPath(), d.path), d.disk.SyncDir(filepath.Dir(d.path)))
}
