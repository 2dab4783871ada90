package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// OpenFile is os.OpenFile, but that the file may be renamed, replaced and removed while
// it is open, as on every other system. Windows allows that if it was said on opening,
// which os.OpenFile does not and os.Root does.
func OpenFile(path string, flag int, mode fs.FileMode) (f *os.File, err error) {
	err = inFolder("open", path, func(r *os.Root, name string) error {
		f, err = r.OpenFile(name, flag, mode)
		return err
	})
	return f, err
}

// Move is os.Rename in one folder. It replaces a file that OpenFile has open; where the
// file is mapped the error may be one of InUse.
func Move(from, to string) error {
	if filepath.Dir(from) != filepath.Dir(to) {
		return os.Rename(from, to)
	}
	return inFolder("rename", to, func(r *os.Root, name string) error {
		return r.Rename(filepath.Base(from), name)
	})
}

// InUse reports whether an error says that a file could not be replaced, removed or
// renamed because a process has it open or mapped.
func InUse(err error) bool {
	return errors.Is(err, windows.ERROR_ACCESS_DENIED) || errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_USER_MAPPED_FILE)
}

// inFolder calls do with the folder of a file, and gives its error the file's path.
func inFolder(op, path string, do func(folder *os.Root, name string) error) error {
	folder, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer folder.Close()
	err = do(folder, filepath.Base(path))
	var why error
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		why = e.Err
	} else if e := (*os.LinkError)(nil); errors.As(err, &e) {
		why = e.Err
	} else {
		return err
	}
	return &fs.PathError{Op: op, Path: path, Err: why}
}
