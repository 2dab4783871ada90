package snapshot

import (
	"cmp"
	"hash/maphash"
	"runtime/debug"
	"sync"
)

// bothOrders checks the rows by subject and by object, each with its lists, on two
// processors, and that they are the same quads. It reports damage as if it checked them
// one after the other.
func (v *verifier) bothOrders() error {
	var sums [2]uint64
	var orders, lists [2]error
	var wg sync.WaitGroup
	for i, list := range []func(*verifier) error{(*verifier).labelLists, (*verifier).predicateLists} {
		wg.Go(func() {
			debug.SetPanicOnFault(true) // see Fault
			part := &verifier{Reader: v.Reader, ctx: v.ctx, steps: v.steps, used: v.used, seed: v.seed}
			if sums[i], orders[i] = part.caughtOrder(i == 1); orders[i] == nil {
				lists[i] = part.caught(list)
			}
		})
	}
	wg.Wait()
	if err := cmp.Or(orders[0], orders[1]); err != nil {
		return err
	}
	// Rows that all differ, are as many, and have the same sum of keyed
	// hashes are the same rows.
	if sums[0] != sums[1] {
		v.byObject.throw(0, "the quads are not those by subject")
	}
	return cmp.Or(lists[1], lists[0])
}

func (v *verifier) caught(check func(*verifier) error) (err error) {
	defer Catch(&err)
	return check(v)
}

func (v *verifier) caughtOrder(object bool) (sum uint64, err error) {
	defer Catch(&err)
	if object {
		return v.order(true, &v.byObject, &v.objects)
	}
	return v.order(false, &v.bySubject, &v.subjects)
}

// order checks the rows of one order and returns the sum of the hashes of its
// quads.
func (v *verifier) order(object bool, rows *packed, offsets *frames) (sum uint64, err error) {
	v.offsets(offsets, rows.n)
	text := &verifySink{section: &rows.section}
	w := &rowWriter{layout: rows.layout, out: text}
	var it Rows
	it.start(v.Reader, fromScan, object, 0, rows.n)
	last := row{}
	for it.pos < it.end {
		a, b, c := rows.get(it.pos)
		w.add(a, b, c)
		it.pass(a, b, c)
		q := it.Quad()
		for _, id := range q {
			v.used.add(uint32(id))
		}
		r := makeRow(uint32(it.lead), a, b, c)
		if it.pos > 1 && !last.less(r) {
			rows.throw(0, "row %d does not come after the row before it", it.pos-1)
		}
		last = r
		sum += maphash.Comparable(v.seed, q)
		if err := v.step(); err != nil {
			return 0, err
		}
	}
	w.finish()
	text.end()
	return sum, nil
}

// offsets checks that the first rows of the leads ascend from 0 to n, and that
// the first and the last lead have rows.
func (v *verifier) offsets(f *frames, n uint64) {
	w := newAgainFrames(f)
	last := uint64(0)
	for i := range f.n {
		at := f.get(i)
		if at < last || i == 0 && at != 0 || i == f.n-1 && at != n {
			f.throw(f.dir, "number %d is %d, after %d, of %d rows", i, at, last, n)
		}
		w.add(at)
		last = at
	}
	if n > 0 && (f.get(1) == 0 || f.get(f.n-2) == n) {
		f.throw(f.dir, "the first or the last term has no rows")
	}
	w.flush()
	f.end(w)
}

// predicateLists checks that the list of each predicate has rows by object of
// that predicate, each once. As they are as many as there are rows, none is
// missing.
func (v *verifier) predicateLists() error {
	v.offsets(&v.predStarts, v.h.quads)
	w := newAgainFrames(&v.predRows)
	for rank := range v.predicates.n {
		i, j := v.predStarts.pair(uint64(rank), v.h.quads)
		if i == j {
			v.predStarts.throw(0, "predicate %d has no rows", rank)
		}
		last := int64(-1)
		for ; i < j; i++ {
			at := v.predRows.get(i)
			if at >= v.h.quads || int64(at) <= last {
				v.predRows.throw(0, "entry %d is row %d of %d, after %d", i, at, v.h.quads, last)
			}
			if a, _, _ := v.byObject.get(at); a != rank {
				v.predRows.throw(0, "row %d is not of predicate %d", at, rank)
			}
			w.add(at)
			last = int64(at)
			if err := v.step(); err != nil {
				return err
			}
		}
		v.used.add(uint32(v.predicates.id(rank)))
	}
	w.flush()
	v.predRows.end(w)
	return nil
}

// labelLists does the same for labels and rows by subject.
func (v *verifier) labelLists() error {
	v.offsets(&v.labelStarts, v.h.quads)
	text := &verifySink{section: &v.Reader.labelRuns}
	w := &runWriter{out: text, bytes: newAgainFrames(&v.labelBytes), first: &starts{to: newAgainFrames(&v.labelStarts)}}
	for rank := range v.labels.n {
		c := choice{r: v.Reader, columnRanges: columnRanges{all, all, only(rank)}}
		var it Rows
		c.ofLabel(&it)
		if it.pos == it.end {
			v.labelStarts.throw(0, "label %d has no rows", rank)
		}
		for it.pos < it.end {
			at := it.step()
			if _, _, c := v.bySubject.get(at); c != rank {
				v.Reader.labelRuns.throw(0, "row %d is not of label %d", at, rank)
			}
			w.add(rank, at, 1)
			if err := v.step(); err != nil {
				return err
			}
		}
		if len(it.runs) > 0 || it.runCount > 0 {
			v.Reader.labelRuns.throw(0, "label %d has more rows than it should", rank)
		}
	}
	w.finish(v.labels.n)
	text.end()
	w.bytes.flush()
	v.labelBytes.end(w.bytes)
	return nil
}
