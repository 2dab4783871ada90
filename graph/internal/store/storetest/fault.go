package storetest

import (
	"errors"

	"kg/graph/internal/store/db"
)

// Faulty is a file system of which one call fails.
type Faulty struct {
	Unsynced
	Calls  int    // so far
	FailAt int    // the call that fails, 0 for none
	Kind   string // of the call that failed, "" if none did
	InUse  bool   // a mapped file cannot be replaced, as on Windows
	Short  bool   // a write that fails writes half, or one byte less without an error
}

// ErrFault is the error of the failing call.
var ErrFault = errors.New("fault")

func (d *Faulty) fails(kind string) bool {
	d.Calls++
	if d.FailAt > 0 && d.Calls == d.FailAt {
		d.Kind = kind
		return true
	}
	return false
}

func (d *Faulty) wrap(f db.File, err error) (db.File, error) {
	if err != nil {
		return nil, err
	}
	return &faultyFile{f, d}, nil
}

func (d *Faulty) Create(path string) (db.File, error) {
	if d.fails("create") {
		return nil, ErrFault
	}
	return d.wrap(d.Unsynced.Create(path))
}

func (d *Faulty) Open(path string) (db.File, error) {
	if d.fails("open") {
		return nil, ErrFault
	}
	return d.wrap(d.Unsynced.Open(path))
}

func (d *Faulty) Rename(from, to string) error {
	if d.fails("rename") {
		return ErrFault
	}
	if d.InUse {
		if err := InUse(from, to); err != nil {
			return err
		}
	}
	return d.Unsynced.Rename(from, to)
}

func (d *Faulty) Remove(path string) error {
	if d.InUse {
		if err := InUse(path, ""); err != nil {
			return err
		}
	}
	return d.Unsynced.Remove(path)
}

func (d *Faulty) SyncDir(path string) error {
	if d.fails("sync of the folder") {
		return ErrFault
	}
	return d.Unsynced.SyncDir(path)
}

type faultyFile struct {
	db.File
	disk *Faulty
}

func (f *faultyFile) Write(p []byte) (int, error) {
	if f.disk.fails("write") {
		n, _ := f.File.Write(p[:len(p)/2])
		return n, ErrFault
	}
	return f.File.Write(p)
}

func (f *faultyFile) WriteAt(p []byte, at int64) (int, error) {
	if f.disk.fails("write") {
		if f.disk.Short && len(p) > 0 {
			n, _ := f.File.WriteAt(p[:len(p)-1], at)
			return n, nil
		}
		n, _ := f.File.WriteAt(p[:len(p)/2], at)
		return n, ErrFault
	}
	return f.File.WriteAt(p, at)
}

func (f *faultyFile) Sync() error {
	if f.disk.fails("sync") {
		return ErrFault
	}
	return f.File.Sync()
}
