package db

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/wal"
	"kg/internal/files"
)

// File is a file being written: a journal, a snapshot or the spilled data of a load.
type File interface {
	wal.File
	snapshot.File
}

// Disk is the file system that a store is written to.
type Disk interface {
	Create(path string) (File, error) // a new file that must not exist yet
	Open(path string) (File, error)   // an existing one, for writing
	Map(path string) (*snapshot.Reader, error)
	Rename(from, to string) error
	Remove(path string) error
	SyncDir(path string) error
}

// OS is the machine's own file system.
type OS struct{}

func (OS) Create(path string) (File, error) {
	return opened(files.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644))
}

func (OS) Open(path string) (File, error) { return opened(files.OpenFile(path, os.O_RDWR, 0)) }

// opened is a file, or no file at all: an interface that holds a nil is not nil.
func opened(f *os.File, err error) (File, error) {
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (OS) Map(path string) (*snapshot.Reader, error) { return snapshot.Open(path) }

func (OS) Rename(from, to string) error { return files.Move(from, to) }

func (OS) Remove(path string) error { return os.Remove(path) }

// SyncDir makes renames in a folder last. Windows cannot sync a folder, and
// does not need it.
func (OS) SyncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// The endings of a store's other files, after its name.
const (
	journalEnd = ".journal"
	lockEnd    = ".lock"
	tempEnd    = ".tmp-" // and digits: a file being written and not yet in place
)

// sweep removes the files left behind by killed processes. The caller holds the lock.
func sweep(d Disk, path string) error {
	// Not filepath.Glob: the path may contain special characters.
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return err
	}
	begin := filepath.Base(path) + tempEnd
	for _, e := range entries {
		if name := e.Name(); len(name) > len(begin) && name[:len(begin)] == begin {
			if err := d.Remove(filepath.Join(filepath.Dir(path), name)); err != nil && !errors.Is(err, fs.ErrNotExist) && !files.InUse(err) {
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
