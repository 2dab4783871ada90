package db

import (
	"errors"
	"io/fs"
	"os"

	"kg/graph/internal/store/snapshot"
)

var (
	errForeign = errors.New("another file has taken its place, and is left as it is: nothing more is written until the store is opened again")
	errGone    = errors.New("its file was removed: nothing more is written until the store is opened again")
)

// own returns an error if the file at path is not the snapshot that this handle read or
// wrote last: a copy over it, another file renamed into its place, or none. A write now
// would be lost with the journal of the old one, and a compaction would destroy the new
// one. The caller leads.
func (d *DB) own() error {
	switch now, err := os.Stat(d.path); {
	case errors.Is(err, fs.ErrNotExist) && d.exists:
		return d.part(errGone)
	case err != nil && d.exists:
		return err
	case !d.exists && err == nil, d.exists && !d.isOwn(now):
		return d.part(errForeign)
	}
	return nil
}

// part ends the writing to a store that is another one by now.
func (d *DB) part(why error) error {
	d.foreign.Store(true)
	d.stopped = why
	return why
}

func (d *DB) isOwn(now fs.FileInfo) bool {
	if d.seen != nil && os.SameFile(now, d.seen) && now.Size() == d.seen.Size() && now.ModTime().Equal(d.seen.ModTime()) {
		return true
	}
	if now.Size() < d.size || !snapshot.IsAt(d.path, d.id) {
		return false
	}
	d.seen = now
	return true
}
