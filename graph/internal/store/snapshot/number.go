package snapshot

import (
	"encoding/binary"
	"math"
	"sync/atomic"
)

// numberRows rewrites the rows of each run from the ranks of its keys to IDs,
// which keeps their order, and finds which terms are where.
func (f *finisher) numberRows(runs []batchRun, maps []*blob) ([]*rowRun, error) {
	f.preds, f.labs = newIDSet(f.h.terms), newIDSet(f.h.terms)
	n := &renumbering{preds: f.preds, labs: f.labs}
	n.subjectFrom.Store(math.MaxUint32)
	n.objectFrom.Store(math.MaxUint32)
	var out []*rowRun
	for i, r := range runs {
		if err := n.load(maps[i]); err != nil {
			return nil, err
		}
		maps[i].free()
		w := f.scratch.newRowRun()
		if err := f.numberRun(n, r.rows, w); err != nil {
			return nil, err
		}
		r.rows.blob.free()
		run, err := w.finish()
		if err != nil {
			return nil, err
		}
		out = append(out, run)
	}
	if f.h.terms > 0 {
		f.h.subjectFrom, f.h.subjTo = n.subjectFrom.Load(), n.subjectLast.Load()+1
		f.h.objectFrom, f.h.objTo = n.objectFrom.Load(), n.objectLast.Load()+1
	}
	return out, nil
}

// renumbering rewrites rows by the IDs of one run's keys.
type renumbering struct {
	ids                     []uint32 // by rank from 1; 0 is none
	preds, labs             *idSet
	subjectFrom, objectFrom atomic.Uint32
	subjectLast, objectLast atomic.Uint32
}

func (n *renumbering) load(m *blob) error {
	n.ids = append(n.ids[:0], 0)
	var tmp []byte
	for off := int64(0); off < m.size; off += extentSize {
		p, grown, err := m.read(off, int(min(extentSize, m.size-off)), 0, tmp)
		if err != nil {
			return err
		}
		tmp = grown
		for ; len(p) > 0; p = p[4:] {
			n.ids = append(n.ids, binary.LittleEndian.Uint32(p))
		}
	}
	return nil
}

// codedBlocks are some blocks, coded.
type codedBlocks struct {
	rows   []row
	coded  []byte
	blocks []rowBlock // offsets in coded
	tmp    []byte
}

func (f *finisher) numberRun(n *renumbering, from *rowRun, to *rowRunWriter) error {
	const perPiece = 64 // blocks
	var pieces pool[*codedBlocks]
	work := func(i int) (*codedBlocks, error) {
		p := pieces.get()
		if p == nil {
			p = &codedBlocks{}
		}
		p.rows, p.coded, p.blocks = p.rows[:0], p.coded[:0], p.blocks[:0]
		for b := i * perPiece; b < min((i+1)*perPiece, len(from.blocks)); b++ {
			at := len(p.rows)
			var err error
			if p.rows, err = from.read(p.rows, b, &p.tmp); err != nil {
				return nil, err
			}
			block := p.rows[at:]
			n.rewrite(block)
			p.blocks = append(p.blocks, rowBlock{block[0], int64(len(p.coded))})
			p.coded = appendBlock(p.coded, block)
		}
		return p, nil
	}
	pieceCount := (len(from.blocks) + perPiece - 1) / perPiece
	return ordered(f.ctx, f.workers, pieceCount, work, func(p *codedBlocks) error {
		to.addBlocks(p.blocks, len(p.rows), p.coded)
		f.step(len(p.rows))
		pieces.put(p)
		return to.run.blob.err
	})
}

// rewrite gives rows their IDs and takes note of them.
func (n *renumbering) rewrite(rows []row) {
	oFrom, oLast := uint32(math.MaxUint32), uint32(0)
	lastP, lastL := uint32(math.MaxUint32), uint32(math.MaxUint32)
	for i, r := range rows {
		s, p, o, l := r.columns()
		s, p, o, l = n.ids[s], n.ids[p], n.ids[o], n.ids[l]
		rows[i] = makeRow(s, p, o, l)
		oFrom, oLast = min(oFrom, o), max(oLast, o)
		if p != lastP {
			n.preds.add(p)
			lastP = p
		}
		if l != lastL {
			n.labs.add(l)
			lastL = l
		}
	}
	sFrom, _, _, _ := rows[0].columns()
	sLast, _, _, _ := rows[len(rows)-1].columns()
	atomicMin(&n.subjectFrom, sFrom)
	atomicMin(&n.objectFrom, oFrom)
	atomicMax(&n.subjectLast, sLast)
	atomicMax(&n.objectLast, oLast)
}

func atomicMin(a *atomic.Uint32, v uint32) {
	for old := a.Load(); v < old && !a.CompareAndSwap(old, v); old = a.Load() {
	}
}

func atomicMax(a *atomic.Uint32, v uint32) {
	for old := a.Load(); v > old && !a.CompareAndSwap(old, v); old = a.Load() {
	}
}
