package snapshot

import (
	"encoding/binary"
	"fmt"
)

// subjectRows merges the runs to the rows by subject, writes them and their
// offsets, and feeds the sorters of the other orders.
func (f *finisher) subjectRows(runs []*rowRun) error {
	f.subjects, f.objects = f.scratch.newSpool(), f.scratch.newSpool()
	most := uint64(0)
	for _, r := range runs {
		most += uint64(r.n)
	}
	f.byObj, f.byLab = f.newSorter(f.limits.sort, most), f.newSorter(f.limits.sortFew, most)
	f.labRun.to = f.byLab
	f.out.begin(secSubjectRows)
	w := &rowWriter{layout: f.h.subjectLayout(), out: f.out}
	starts := &starts{to: &f.subjects.framesWriter, from: f.h.subjectFrom}
	err := f.mergeRows(f.ctx, runs, f.rank, func(p *rowRange) error {
		f.step(p.read)
		for _, r := range p.rows {
			s, a, o, c := r.columns()
			starts.row(s)
			w.add(a, o-f.h.objectFrom, c)
			if err := f.labRun.row(c, starts.n-1); err != nil {
				return err
			}
			if err := f.byObj.add(makeRow(o, a, s, c)); err != nil {
				return err
			}
		}
		return f.out.err
	})
	if err != nil {
		return err
	}
	freeRows(runs)
	if f.h.quads = starts.n; f.h.quads > maxQuads {
		return fmt.Errorf("writing snapshot %q: more than %d quads; split the graph over several stores", f.out.path, uint64(maxQuads))
	}
	w.finish()
	starts.upTo(f.h.subjTo)
	if err := f.out.end(secSubjectRows); err != nil {
		return err
	}
	return f.subjects.writeTo(f.out, secSubjectOffsets)
}

// rank replaces the IDs of predicates and labels by their ranks.
func (f *finisher) rank(rows []row) {
	for i, r := range rows {
		s, p, o, l := r.columns()
		rows[i] = makeRow(s, f.preds.rank(p), o, f.labs.rank(l))
	}
}

// objectRows writes the rows by object and their offsets.
func (f *finisher) objectRows() error {
	runs, err := f.byObj.finish()
	if err != nil {
		return err
	}
	f.byPred = f.newSorter(f.limits.sortFew, f.h.quads)
	f.predRun.to = f.byPred
	f.out.begin(secObjectRows)
	w := &rowWriter{layout: f.h.objectLayout(), out: f.out}
	starts := &starts{to: &f.objects.framesWriter, from: f.h.objectFrom}
	err = f.mergeRows(f.ctx, runs, nil, func(p *rowRange) error {
		f.step(p.read)
		for _, r := range p.rows {
			o, a, s, c := r.columns()
			starts.row(o)
			w.add(a, s-f.h.subjectFrom, c)
			if err := f.predRun.row(a, starts.n-1); err != nil {
				return err
			}
		}
		return f.out.err
	})
	if err != nil {
		return err
	}
	freeRows(runs)
	w.finish()
	starts.upTo(f.h.objTo)
	if err := f.out.end(secObjectRows); err != nil {
		return err
	}
	return f.objects.writeTo(f.out, secObjectOffsets)
}

// starts finds the first row of each lead.
type starts struct {
	to   *framesWriter
	from uint32 // the next lead without a start
	n    uint64 // rows
}

// row takes the next row.
func (s *starts) row(lead uint32) {
	s.upTo(lead)
	s.n++
}

// upTo lets all leads up to and with one begin at the next row. At the end it
// is called with the lead after the last: its start is the number of rows.
func (s *starts) upTo(lead uint32) {
	for ; s.from <= lead; s.from++ {
		s.to.add(s.n)
	}
}

// positions gathers rows that follow each other and have one rank, and gives
// them to a sorter.
type positions struct {
	to      *sorter
	rank    uint32
	from, n uint64
}

func (p *positions) row(rank uint32, at uint64) error {
	if p.n > 0 && rank == p.rank && p.n < 1<<31 {
		p.n++
		return nil
	}
	err := p.flush()
	p.rank, p.from, p.n = rank, at, 1
	return err
}

func (p *positions) flush() error {
	if p.n == 0 {
		return nil
	}
	return p.to.add(makeRow(p.rank, uint32(p.from>>32), uint32(p.from), uint32(p.n)))
}

// eachRun gives use the gathered positions by rank, then by row.
func (f *finisher) eachRun(p *positions, use func(rank uint32, from, n uint64)) error {
	if err := p.flush(); err != nil {
		return err
	}
	runs, err := p.to.finish()
	if err != nil {
		return err
	}
	err = f.mergeRows(f.ctx, runs, nil, func(q *rowRange) error {
		for _, r := range q.rows {
			rank, hi, lo, n := r.columns()
			use(rank, uint64(hi)<<32|uint64(lo), uint64(n))
		}
		return f.out.err
	})
	freeRows(runs)
	return err
}

// predicateRows writes, for each predicate, where its rows by object are.
func (f *finisher) predicateRows() error {
	rows, first := &framesWriter{data: f.out}, f.scratch.newSpool()
	dir := f.scratch.newBlob()
	rows.dir = dir
	starts := &starts{to: &first.framesWriter}
	f.out.begin(secPredicateRows)
	err := f.eachRun(&f.predRun, func(rank uint32, from, n uint64) {
		for i := range n {
			starts.row(rank)
			rows.add(from + i)
		}
	})
	if err != nil {
		return err
	}
	rows.flush()
	starts.upTo(f.h.predicates)
	if err := dir.finish(); err != nil {
		return err
	}
	if err := dir.copyTo(f.out); err != nil {
		return err
	}
	dir.free()
	if err := f.out.end(secPredicateRows); err != nil {
		return err
	}
	return first.writeTo(f.out, secPredicateStarts)
}

// labelRuns writes, for each label, where its rows by subject are.
func (f *finisher) labelRuns() error {
	bytes, first := f.scratch.newSpool(), f.scratch.newSpool()
	w := &runWriter{out: f.out, bytes: &bytes.framesWriter, first: &starts{to: &first.framesWriter}}
	f.out.begin(secLabelRuns)
	if err := f.eachRun(&f.labRun, w.add); err != nil {
		return err
	}
	w.finish(f.h.labels)
	if err := f.out.end(secLabelRuns); err != nil {
		return err
	}
	if err := bytes.writeTo(f.out, secLabelOffsets); err != nil {
		return err
	}
	return first.writeTo(f.out, secLabelStarts)
}

// runWriter writes the runs of labels.
type runWriter struct {
	out     sink
	bytes   *framesWriter // where each label begins
	first   *starts       // how many rows the labels before have
	size    uint64
	labels  uint32 // begun
	from, n uint64 // the run to be written
	end     uint64 // of the run before it, of the same label
}

func (w *runWriter) add(label uint32, from, n uint64) {
	if w.n > 0 && label+1 == w.labels && w.from+w.n == from {
		w.n += n
		return
	}
	w.flush()
	for ; w.labels <= label; w.labels++ {
		w.first.upTo(w.labels)
		w.bytes.add(w.size)
		w.end = 0
	}
	w.from, w.n = from, n
}

func (w *runWriter) flush() {
	if w.n == 0 {
		return
	}
	var p []byte
	if gap := w.from - w.end; w.n == 1 {
		p = binary.AppendUvarint(p, gap<<1)
	} else {
		p = binary.AppendUvarint(p, gap<<1|1)
		p = binary.AppendUvarint(p, w.n-2)
	}
	w.out.put(p)
	w.size += uint64(len(p))
	w.end = w.from + w.n
	w.first.n += w.n
	w.n = 0
}

func (w *runWriter) finish(labels uint32) {
	w.flush()
	w.bytes.add(w.size)
	w.first.upTo(labels)
}
