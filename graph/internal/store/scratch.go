package store

import (
	"context"
	"os"
	"path/filepath"
)

// Scratch makes an empty store that no file has a name of, and that is gone when
// it is closed and when the process ends: what is committed is in memory, what is
// imported in a file without a name.
func Scratch() *QuadStore {
	nowhere := filepath.Join(os.DevNull, "kg.db") // where no file can be
	c := &core{path: nowhere, disk: newUnnamedDisk(), limit: usual, unsaved: true, warn: func(error) {}}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	c.now.Store(newState(newOverlay(nil), newNumbering(c, nil), 0))
	return &QuadStore{core: c}
}

// loadScratch imports into a store of Scratch. The new snapshot is there as long
// as it is mapped.
func (c *core) loadScratch(ctx context.Context, im *importer) (Result, error) {
	c.lead.Lock()
	defer c.lead.Unlock()
	if err := c.writable(); err != nil {
		return Result{}, err
	}
	now := c.now.Load()
	m, err := im.make(ctx, c, now.overlay)
	if err != nil {
		return Result{}, err
	}
	c.rebase(newOverlay(m.Reader))
	return im.result(m.Quads() - now.quads()), c.disk.Remove(m.path)
}
