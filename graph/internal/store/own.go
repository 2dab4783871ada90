package store

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

// own is an error if the file at path is not the snapshot that this handle read
// or wrote last: a copy over it, another file renamed into its place, or none.
// What is written now would be lost with the journal of the old one, and a
// compaction would destroy the new one. The caller leads.
func (c *core) own() error {
	switch now, err := os.Stat(c.path); {
	case errors.Is(err, fs.ErrNotExist) && c.exists:
		return c.part(errGone)
	case err != nil && c.exists:
		return err
	case !c.exists && err == nil, c.exists && !c.isOwn(now):
		return c.part(errForeign)
	}
	return nil
}

// part ends the writing to a store that is another one by now.
func (c *core) part(why error) error {
	c.foreign.Store(true)
	c.stopped = why
	return why
}

func (c *core) isOwn(now fs.FileInfo) bool {
	if c.seen != nil && os.SameFile(now, c.seen) && now.Size() == c.seen.Size() && now.ModTime().Equal(c.seen.ModTime()) {
		return true
	}
	if now.Size() < c.size || !snapshot.IsAt(c.path, c.id) {
		return false
	}
	c.seen = now
	return true
}
