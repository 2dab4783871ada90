package db

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"kg/graph/internal/store/memtable"
)

// Scratch makes an empty store without file names, which is gone when it is closed and
// when the process ends: commits are in memory, loads in an unnamed file.
func Scratch() *DB {
	nowhere := filepath.Join(os.DevNull, "kg.db") // where no file can be
	d := &DB{path: nowhere, disk: newUnnamedDisk(), limit: Usual, unsaved: true, warn: func(error) {}}
	d.ctx, d.cancel = context.WithCancel(context.Background())
	d.enter(memtable.New(nil), nil, 0)
	return d
}

// Know gives terms an ID, though no quad has them, in a store of Scratch.
func (d *DB) Know(keys [][]byte) {
	if len(keys) == 0 {
		return
	}
	d.lead.Lock()
	defer d.lead.Unlock()
	next := d.now.Load().Edit()
	next.Know(keys)
	d.publish(next)
}

// loadScratch loads into a store of Scratch. The new snapshot is there as long
// as it is mapped.
func (d *DB) loadScratch(ctx context.Context, l *Load) (added uint64, err error) {
	d.lead.Lock()
	defer d.lead.Unlock()
	if err := d.writable(); err != nil {
		return 0, err
	}
	now := d.now.Load()
	rest, err := l.rest(now.Table)
	if err != nil {
		return 0, err
	}
	m, err := l.make(ctx, d, rest)
	if err != nil {
		return 0, err
	}
	if added = m.Quads() - rest.Quads(); l.New != 0 && added != l.New {
		return 0, errors.Join(ErrNotNew, d.discard(m))
	}
	d.rebase(memtable.New(m.Reader))
	return added, d.disk.Remove(m.path)
}

// tryLoad computes how many quads a load would add. Its quads become an unnamed snapshot
// of their own, without duplicates; those are looked up.
func (d *DB) tryLoad(ctx context.Context, l *Load) (added uint64, err error) {
	if d.closed.Load() {
		return 0, ErrClosed
	}
	disk := newUnnamedDisk()
	defer disk.close()
	now := d.now.Load()
	apart := &DB{path: filepath.Join(os.DevNull, "kg.db"), disk: disk}
	m, err := l.make(ctx, apart, memtable.New(nil))
	if err != nil {
		return 0, err
	}
	defer m.Close()
	return now.Lacks(ctx, m.Reader)
}
