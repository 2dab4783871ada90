package snapshot

import (
	"bytes"
	"context"

	"kg/graph/internal/store/term"
)

// AddSnapshot adds the quads of r, except those for which except is true (nil
// is none); it calls except twice for each, in the order of the file, by subject. Terms that
// no quad uses any more are forgotten. Damage in r is returned as
// *DamageError. Finish needs four bytes of memory, beyond the budget, for each
// of its terms.
func (b *Builder) AddSnapshot(ctx context.Context, r *Reader, except func(term.Quad) bool) (err error) {
	defer Catch(&err)
	used := newIDSet(r.h.terms)
	err = eachQuad(ctx, r, except, func(quads []term.Quad) {
		for _, q := range quads {
			for _, id := range q {
				used.add(uint32(id))
			}
		}
	})
	if err != nil {
		return err
	}
	used.words[0] &^= 1 // None is no term
	used.seal()
	w := b.scratch.newRowRun()
	rows := make([]row, 0, copyRows)
	err = eachQuad(ctx, r, except, func(quads []term.Quad) {
		rows = rows[:0]
		for _, q := range quads {
			label := uint32(0)
			if q[term.Label] != term.None {
				label = used.rank(uint32(q[term.Label])) + 1
			}
			rows = append(rows, makeRow(used.rank(uint32(q[0]))+1, used.rank(uint32(q[1]))+1, used.rank(uint32(q[2]))+1, label))
		}
		w.add(rows)
	})
	if err != nil {
		return err
	}
	keys, err := b.copyKeys(ctx, r, used)
	if err != nil {
		return b.fail(err)
	}
	sorted, err := w.finish()
	if err != nil {
		return b.fail(err)
	}
	if sorted.n > 0 {
		b.addRun(batchRun{keys, sorted})
	}
	return nil
}

// copyRows is how many rows of a snapshot are copied at once.
const copyRows = 16 * blockRows

// eachQuad passes the quads of r to use in chunks of copyRows, the last of which may be
// shorter.
func eachQuad(ctx context.Context, r *Reader, except func(term.Quad) bool, use func([]term.Quad)) error {
	it := r.Rows(term.Pattern{})
	quads := make([]term.Quad, 0, copyRows)
	last := row{}
	for read := 0; it.Next(); read++ {
		if read%copyRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		q := it.Quad()
		now := makeRow(uint32(q[0]), uint32(q[1]), uint32(q[2]), uint32(q[3]))
		if !last.less(now) {
			it.rows.throw(0, "row %d does not come after the row before it", read)
		}
		last = now
		if except == nil || !except(q) {
			if quads = append(quads, q); len(quads) == cap(quads) {
				use(quads)
				quads = quads[:0]
			}
		}
	}
	use(quads)
	return ctx.Err()
}

// copyKeys makes a run of the keys in use.
func (b *Builder) copyKeys(ctx context.Context, r *Reader, used *idSet) (*keyRun, error) {
	w := b.scratch.newKeyRun()
	var key, last []byte
	for i := range r.h.blocks() {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		block := r.block(i)
		for k := range block.n {
			if used.has(uint32(i)*blockKeys + uint32(k) + 1) {
				key = block.append(key[:0], k)
				if bytes.Compare(key, last) <= 0 {
					r.keys.throw(block.at, "keys are not ascending")
				}
				w.add(key)
				key, last = last, key
			}
		}
	}
	return w.finish()
}
