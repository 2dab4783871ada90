package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"kg/graph/internal/store/journal"
	"kg/graph/internal/store/snapshot"
)

// file is what is written: a journal, a snapshot or what a load spills.
type file interface {
	journal.File
	snapshot.File
}

// disk is the file system a store is written to. Tests have one that fails.
type disk interface {
	Create(path string) (file, error) // a new file that must not exist yet
	Open(path string) (file, error)   // an existing one, for writing
	Map(path string) (*snapshot.Reader, error)
	Rename(from, to string) error
	Remove(path string) error
	SyncDir(path string) error
}

// realDisk is the machine's own file system.
type realDisk struct{}

func (realDisk) Create(path string) (file, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
}

func (realDisk) Open(path string) (file, error) { return os.OpenFile(path, os.O_RDWR, 0) }

func (realDisk) Map(path string) (*snapshot.Reader, error) { return snapshot.Open(path) }

func (realDisk) Rename(from, to string) error { return os.Rename(from, to) }

func (realDisk) Remove(path string) error { return os.Remove(path) }

// SyncDir makes renames in a folder last. Windows cannot sync a folder, and
// does not need it.
func (realDisk) SyncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// The files of a store, beside the one it is named after.
const (
	journalEnd = ".journal"
	lockEnd    = ".lock"
	tempEnd    = ".tmp-" // and digits: what is being written and not yet in place
)

// sweep removes what killed processes left behind. The caller holds the lock.
func sweep(d disk, path string) error {
	// Not filepath.Glob: the path may hold what is special there.
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return err
	}
	begin := filepath.Base(path) + tempEnd
	for _, e := range entries {
		if name := e.Name(); len(name) > len(begin) && name[:len(begin)] == begin {
			if err := d.Remove(filepath.Join(filepath.Dir(path), name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

// resolve follows links to the file that is meant, so that replacing the file
// does not replace the link.
func resolve(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	return path
}
