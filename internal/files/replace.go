package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Replace atomically replaces the file at path with the output of write, or leaves it
// unchanged: the new file is written beside it, synced and renamed. It keeps the old
// one's permissions, and a link goes on pointing to it. A temporary file left by a killed
// process is overwritten by the next. A path that is no regular file, such as a device or
// a pipe, is written to directly.
func Replace(path string, write func(io.Writer) error) error {
	path = Resolve(path)
	old, existed := os.Stat(path)
	switch {
	case existed != nil:
	case old.IsDir():
		return fmt.Errorf("%q is a folder; name a file in it", path)
	case !old.Mode().IsRegular():
		return writeTo(path, write)
	}
	temp := path + ".kg-new"
	f, err := createTemp(temp)
	if err != nil {
		return err
	}
	placed := false
	defer func() {
		if !placed { // an error, or a panic of write
			f.Close() // a second Close is harmless
			os.Remove(temp)
		}
	}()
	if existed == nil {
		if err := keepMode(f, old.Mode().Perm()); err != nil {
			return err
		}
	}
	if err := write(f); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := Rename(temp, path); err != nil {
		return err
	}
	placed = true
	return nil
}

// createTemp creates a new file, replacing one that a killed process left. Anything but a
// regular file was not left by kg, and a link leads to a file of another's.
func createTemp(temp string) (*os.File, error) {
	if old, err := os.Lstat(temp); err == nil {
		if !old.Mode().IsRegular() {
			return nil, fmt.Errorf("%q is in the way: it is no file that kg made", temp)
		}
		if err := os.Remove(temp); err != nil {
			return nil, err
		}
	}
	return os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

// writeTo writes to a device or a pipe.
func writeTo(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// Rename durably renames a file, replacing another.
func Rename(temp, path string) error {
	if err := Move(temp, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// keepMode gives f the permissions of the file it will replace, before
// anything is written to it.
func keepMode(f *os.File, mode fs.FileMode) error {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Mode().Perm() == mode {
		return err
	}
	return f.Chmod(mode)
}

// Resolve follows links to the file that is meant.
func Resolve(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	return path
}

// syncDir makes a rename in dir last. Windows cannot sync a directory, and
// does not need it.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
