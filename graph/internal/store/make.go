package store

import (
	"context"
	"errors"

	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// made is a snapshot that was written but is not yet in place.
type made struct {
	*snapshot.Reader
	path string
}

// make writes a snapshot of o and of what add adds to it. It is on disk, under
// a name that is none of a store's.
func (c *core) make(ctx context.Context, o *overlay, budget int64, batches int, add func(*snapshot.Builder) error, progress func(done, total uint64)) (m *made, err error) {
	m = &made{path: c.path + tempEnd + "new"}
	if err := c.discard(m); err != nil {
		return nil, err
	}
	b := snapshot.NewBuilder(c.path+tempEnd, budget, batches)
	b.Create = func(path string) (snapshot.File, error) { return c.createTemp(path) }
	b.Remove = c.disk.Remove
	defer func() {
		if e := b.Close(); err == nil && e != nil {
			c.disk.Remove(m.path)
			err = e
		}
	}()
	if err := o.addTo(ctx, b); err != nil {
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
	if m.Reader, err = c.disk.Map(m.path); err != nil {
		c.disk.Remove(m.path)
		return m, err
	}
	unmapLater(m.Reader)
	return m, nil
}

// createTemp makes a file that nobody may read who may not read the store.
func (c *core) createTemp(path string) (file, error) {
	f, err := c.disk.Create(path)
	if err != nil {
		return nil, err // not f: an interface that holds a nil is not nil
	}
	if err := c.keepMode(path); err != nil { // before anything is in it
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// least is enough memory for a snapshot of a few quads, in bytes.
const least int64 = 1 << 20

// need is about how much memory it takes to write a snapshot of o, so that a
// small one does not take what is set aside for large ones.
func (o *overlay) need() int64 {
	const perQuad, perChange = 64, 512
	n := least + int64(o.len())*perChange
	if o.base != nil {
		n += int64(o.base.Quads()) * perQuad
	}
	return n
}

// addTo gives all quads to a Builder.
func (o *overlay) addTo(ctx context.Context, b *snapshot.Builder) error {
	if o.base != nil {
		except := func(q term.Quad) bool {
			c, ok := o.orders[bySubject].Get(change{key: q})
			return ok && !c.added
		}
		if o.removed == 0 {
			except = nil
		}
		if err := b.AddSnapshot(ctx, o.base, except); err != nil {
			return err
		}
	}
	if o.added == 0 {
		return nil
	}
	batch := b.NewBatch()
	var keys [4][]byte
	var err error
	o.orders[bySubject].Scan(func(c change) bool {
		if !c.added {
			return true
		}
		for i, id := range c.key {
			keys[i] = o.appendKey(keys[i][:0], id)
		}
		err = batch.Add(keys[0], keys[1], keys[2], keys[3])
		return err == nil
	})
	return errors.Join(err, batch.Close())
}
