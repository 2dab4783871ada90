package db

import (
	"fmt"
	"io/fs"
	"os"
	"sync"

	"kg/graph/internal/store/snapshot"
)

// Unnamed makes a file in the system's temporary folder that is gone when it is
// closed and when the process ends, however it ends.
func Unnamed() (*os.File, error) {
	f, err := unnamed()
	if err != nil {
		return nil, fmt.Errorf("making a temporary file: %w", err)
	}
	return f, nil
}

// unnamedDisk has files without names. They are there until they are removed.
type unnamedDisk struct {
	OS
	mu    sync.Mutex
	files map[string]*os.File
}

func newUnnamedDisk() *unnamedDisk { return &unnamedDisk{files: map[string]*os.File{}} }

func (d *unnamedDisk) Create(path string) (File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.files[path] != nil {
		return nil, &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	f, err := Unnamed()
	if err != nil {
		return nil, err
	}
	d.files[path] = f
	return stillOpen{f}, nil
}

// stillOpen is a file that would be gone if it were closed.
type stillOpen struct{ *os.File }

func (stillOpen) Close() error { return nil }

func (d *unnamedDisk) Map(path string) (*snapshot.Reader, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return snapshot.OpenFile(path, d.files[path])
}

func (d *unnamedDisk) Remove(path string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.files[path]
	if f == nil {
		return &fs.PathError{Op: "remove", Path: path, Err: fs.ErrNotExist}
	}
	delete(d.files, path)
	return f.Close()
}

// close removes all files.
func (d *unnamedDisk) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, f := range d.files {
		f.Close()
	}
	clear(d.files)
}
