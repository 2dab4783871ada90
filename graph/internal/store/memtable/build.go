package memtable

import (
	"context"
	"errors"

	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// Need returns about how many bytes it takes to write a snapshot of t, so that a small
// one does not reserve the memory of large ones.
func (t *Table) Need() int64 {
	const least, perQuad, perChange = 1 << 20, 64, 512
	n := least + int64(t.Len())*perChange
	if t.base != nil {
		n += int64(t.base.Quads()) * perQuad
	}
	return n
}

// AddTo gives all quads to the builder of a snapshot.
func (t *Table) AddTo(ctx context.Context, b *snapshot.Builder) error {
	if t.base != nil {
		except := t.Removes
		if t.removed == 0 {
			except = nil
		}
		if err := b.AddSnapshot(ctx, t.base, except); err != nil {
			return err
		}
	}
	if t.added == 0 {
		return nil
	}
	batch := b.NewBatch()
	var keys [4][]byte
	var err error
	t.EachAdded(func(q term.Quad) bool {
		for i, id := range q {
			keys[i] = t.AppendKey(keys[i][:0], id)
		}
		err = batch.Add(keys[0], keys[1], keys[2], keys[3])
		return err == nil
	})
	return errors.Join(err, batch.Close())
}

// Lacks is the number of quads of a snapshot that are not in t.
func (t *Table) Lacks(ctx context.Context, r *snapshot.Reader) (n uint64, err error) {
	const unknown = ^term.ID(0)
	ids := make([]term.ID, r.Terms()+1) // of r's terms in t
	var key []byte
	for i := range ids[1:] {
		key = r.AppendKey(key[:0], term.ID(i+1))
		id, ok := t.Find(key)
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
		for position, id := range q {
			q[position] = ids[id]
			known = known && q[position] != unknown
		}
		if !known || !t.Contains(q) {
			n++
		}
	}
	return n, nil
}
