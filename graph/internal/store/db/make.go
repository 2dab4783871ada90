package db

import (
	"context"
	"errors"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/snapshot"
)

// made is a snapshot that was written but is not renamed into place yet.
type made struct {
	*snapshot.Reader
	path string
}

// make writes a snapshot of t and of the quads that add adds. It is on disk, under a
// temporary name.
func (d *DB) make(ctx context.Context, t *memtable.Table, budget int64, batches int, add func(*snapshot.Builder) error, progress func(done, total uint64)) (m *made, err error) {
	m = &made{path: d.newPath()}
	if err := d.discard(m); err != nil {
		return nil, err
	}
	b := snapshot.NewBuilder(d.path+tempEnd, budget, batches)
	b.Create = func(path string) (snapshot.File, error) { return d.createTemp(path) }
	b.Remove = d.disk.Remove
	defer func() {
		if e := b.Close(); err == nil && e != nil {
			d.disk.Remove(m.path)
			err = e
		}
	}()
	if err := t.AddTo(ctx, b); err != nil {
		return nil, err
	}
	if add != nil {
		if err := add(b); err != nil {
			return nil, err
		}
	}
	if err := b.Finish(ctx, m.path, progress); err != nil {
		return nil, err
	}
	if m.Reader, err = d.disk.Map(m.path); err != nil {
		d.disk.Remove(m.path)
		return m, err
	}
	unmapLater(m.Reader)
	return m, nil
}

// createTemp makes a file with the permissions of the store.
func (d *DB) createTemp(path string) (File, error) {
	f, err := d.disk.Create(path)
	if err != nil {
		return nil, err // not f: an interface that holds a nil is not nil
	}
	if err := d.keepMode(path); err != nil { // before anything is in it
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
