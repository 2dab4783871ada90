package store

import (
	"context"
	"os"
	"path/filepath"

	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// tryLoad finds out what texts would add. They become a snapshot of their own
// without a name, which tells how many quads they are, however often each comes;
// those are looked up.
func (c *core) tryLoad(ctx context.Context, im *importer) (r Result, err error) {
	if c.closed.Load() {
		return r, errClosed
	}
	d := newUnnamedDisk()
	defer d.close()
	now := c.now.Load().overlay
	apart := &core{path: filepath.Join(os.DevNull, "kg.db"), disk: d} // where no file can be
	m, err := im.make(ctx, apart, newOverlay(nil))
	if err != nil {
		return r, err
	}
	defer m.Close()
	added, err := now.lacks(ctx, m.Reader)
	return im.result(added), err
}

// lacks is the number of quads of r that are not in o.
func (o *overlay) lacks(ctx context.Context, r *snapshot.Reader) (n uint64, err error) {
	const unknown = ^term.ID(0)
	ids := make([]term.ID, r.Terms()+1) // of r's terms in o
	var key []byte
	for i := range ids[1:] {
		key = r.AppendKey(key[:0], term.ID(i+1))
		id, ok := o.find(key)
		if !ok {
			id = unknown
		}
		ids[i+1] = id
	}
	rows := r.Rows(term.Pattern{})
	for i := 0; rows.Next(); i++ {
		if i%4096 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		q, known := rows.Quad(), true
		for place, id := range q {
			q[place] = ids[id]
			known = known && q[place] != unknown
		}
		if !known || !o.contains(q) {
			n++
		}
	}
	return n, nil
}
