//go:build !windows

package files

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// OpenFile is os.OpenFile. On Windows it allows what is allowed here.
func OpenFile(path string, flag int, mode fs.FileMode) (*os.File, error) {
	return os.OpenFile(path, flag, mode)
}

// Move is os.Rename. On Windows it replaces what OpenFile has open, as here.
func Move(from, to string) error { return os.Rename(from, to) }

// InUse reports whether an error says that a file could not be replaced, removed or
// renamed because somebody has it open or mapped. Windows gives such.
func InUse(err error) bool { return errors.Is(err, syscall.EBUSY) }
