package storetest

import (
	"os"
	"strings"
	"syscall"

	"kg/graph/internal/store/db"
)

// Unsynced is the machine's file system without syncs, which take most of the time of a
// test. The data of a process is there for the next one, killed or not; only a power loss
// would make a difference, and db has tests with a disk of their own for that.
type Unsynced struct{ db.OS }

// Create makes a file whose Sync does nothing.
func (d Unsynced) Create(path string) (db.File, error) { return unsynced(d.OS.Create(path)) }

// Open opens a file whose Sync does nothing.
func (d Unsynced) Open(path string) (db.File, error) { return unsynced(d.OS.Open(path)) }

// InUse is the error of a Disk like Windows for a call that renames a snapshot over
// another one, or over the one that was renamed before: both are mapped.
func InUse(from, to string) error {
	_, err := os.Lstat(to)
	if replaced := err == nil && strings.HasSuffix(from, ".tmp-new"); replaced || strings.Contains(from, ".tmp-old") && to == "" {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: syscall.EBUSY}
	}
	return nil
}

// SyncDir does nothing.
func (Unsynced) SyncDir(string) error { return nil }

type unsyncedFile struct{ db.File }

func unsynced(f db.File, err error) (db.File, error) {
	if err != nil {
		return nil, err
	}
	return unsyncedFile{f}, nil
}

func (unsyncedFile) Sync() error { return nil }
