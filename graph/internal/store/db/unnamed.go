package db

import (
	"io/fs"
	"os"
	"sync"

	"kg/graph/internal/store/snapshot"
	"kg/internal/files"
)

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
	f, err := files.Temp()
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
