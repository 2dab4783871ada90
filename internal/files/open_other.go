//go:build !windows

package files

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// OpenFile is os.OpenFile. On Windows it shares the file for deletion, as Unix systems
// do.
func OpenFile(path string, flag int, mode fs.FileMode) (*os.File, error) {
	return os.OpenFile(path, flag, mode)
}

// Move is os.Rename. On Windows it also replaces a file that OpenFile has open.
func Move(from, to string) error { return os.Rename(from, to) }

// InUse reports whether an error says that a file could not be replaced, removed or
// renamed because a process has it open or mapped. Only Windows returns such errors.
func InUse(err error) bool { return errors.Is(err, syscall.EBUSY) }
