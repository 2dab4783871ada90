package snapshot

import "kg/graph/internal/store/term"

// Rows are the quads of one pattern, in one of two orders: see Reader.Rows.
// The zero Rows are empty. They are used by one goroutine at a time, and not
// after their Reader was closed.
type Rows struct {
	r        *Reader
	from     source
	byObject bool
	rows     *packed
	leads    *frames // first row of each lead, the term that rows are sorted by
	pos, end uint64  // the rest of the source

	lead             uint64 // less the first
	leadPos, leadEnd uint64 // its rows

	keep     columnRanges
	filtered bool

	runs             []byte // those of a label that are left
	runPos, runCount uint64 // the current one

	listed   uint32  // the rank of the predicate of a list
	column   *column // of the list, nil if there is none
	columnAt uint64  // the position of the first end in it

	lastA, lastC uint32 // ranks of the terms in q
	q            term.Quad
}

// source is where the positions of rows come from.
type source uint8

const (
	fromSpan source = iota // pos itself, within one lead
	fromScan               // pos itself
	fromList               // the list of a predicate, by pos
	fromRuns               // the runs of a label; pos only counts
)

// columnRanges is a range for each column.
type columnRanges struct{ a, b, c [2]uint32 }

var all = [2]uint32{0, 1<<32 - 1}

func only(v uint32) [2]uint32 { return [2]uint32{v, v + 1} }

func (f *columnRanges) matches(a, b, c uint32) bool {
	return a-f.a[0] < f.a[1]-f.a[0] && b-f.b[0] < f.b[1]-f.b[0] && c-f.c[0] < f.c[1]-f.c[0]
}

// Next goes to the next quad and reports whether there is one.
func (it *Rows) Next() bool {
	for it.pos < it.end {
		at := it.step()
		a, b, c := it.rows.get(at)
		if it.filtered && !it.keep.matches(a, b, c) {
			continue
		}
		if at >= it.leadEnd {
			it.seekLead(at)
		}
		it.set(a, b, c)
		return true
	}
	return false
}

// pass makes the next row of a scan the current quad, whose columns were read.
func (it *Rows) pass(a, b, c uint32) {
	at := it.pos
	if it.pos++; at >= it.leadEnd {
		it.seekLead(at)
	}
	it.set(a, b, c)
}

// step takes the next position from the source.
func (it *Rows) step() uint64 {
	at := it.pos
	switch it.from {
	case fromList:
		if at = it.r.predRows.get(it.pos); at >= it.rows.n || at < it.leadPos {
			it.r.predRows.throw(0, "entry %d is row %d of %d, or not ascending", it.pos, at, it.rows.n)
		}
	case fromRuns:
		if it.runCount == 0 {
			it.nextRun()
		}
		at = it.runPos
		it.runPos++
		it.runCount--
	}
	it.pos++
	return at
}

// nextRun reads a run: the rows skipped, doubled, plus one if a length less 2
// follows; else the run has one row.
func (it *Rows) nextRun() {
	v, n := uvarint(it.runs)
	gap, count := v>>1, uint64(1)
	if v&1 == 1 && n > 0 {
		more, m := uvarint(it.runs[n:])
		if m == 0 || more > it.rows.n {
			n = 0
		}
		n, count = n*min(m, 1)+m, more+2
	}
	if n == 0 || gap > it.rows.n || it.runPos+gap+count > it.rows.n {
		it.r.labelRuns.throw(0, "a run of a label is not well formed")
	}
	it.runs = it.runs[n:]
	it.runPos += gap
	it.runCount = count
}

// seekLead finds the lead of the row at a position beyond the current lead's.
func (it *Rows) seekLead(at uint64) {
	end := it.leadEnd
	for range 4 { // the next lead is most often the one
		if it.lead+2 >= it.leads.n {
			break
		}
		it.lead++
		it.leadPos, end = end, it.leads.get(it.lead+1)
		if at < end {
			it.setLead(at, end)
			return
		}
	}
	next := it.leads.gallop(it.lead+1, it.leads.n, at+1)
	if next == it.leads.n {
		it.leads.throw(0, "row %d belongs to none", at)
	}
	it.lead = next - 1
	it.leadPos = it.leads.get(it.lead)
	it.setLead(at, it.leads.get(next))
}

func (it *Rows) setLead(at, end uint64) {
	if at < it.leadPos || at >= end || end > it.rows.n {
		it.leads.throw(0, "row %d is not in rows %d to %d", at, it.leadPos, end)
	}
	it.leadEnd = end
}

// set makes the columns of a row the current quad.
func (it *Rows) set(a, b, c uint32) {
	r := it.r
	if a != it.lastA {
		it.q[term.Predicate], it.lastA = r.predicates.id(a), a
	}
	if c != it.lastC {
		it.q[term.Label], it.lastC = r.labels.id(c), c
	}
	if it.byObject {
		it.q[term.Object] = term.ID(r.h.objectFrom) + term.ID(it.lead)
		it.q[term.Subject] = r.otherTerm(it.rows, r.h.subjectFrom, r.h.subjTo, b)
	} else {
		it.q[term.Subject] = term.ID(r.h.subjectFrom) + term.ID(it.lead)
		it.q[term.Object] = r.otherTerm(it.rows, r.h.objectFrom, r.h.objTo, b)
	}
}

func (r *Reader) otherTerm(rows *packed, from, to, b uint32) term.ID {
	if b >= to-from {
		rows.throw(0, "a row has term %d of %d", b, to-from)
	}
	return term.ID(from + b)
}

// Quad returns the quad Next went to.
func (it *Rows) Quad() term.Quad { return it.q }

// ByObject reports the order of the rows: by (object, predicate, subject, label) or, if
// false, by (subject, predicate, object, label).
func (it *Rows) ByObject() bool { return it.byObject }

// Fill puts the next quads into dst and returns how many; fewer than len(dst)
// only at the end.
func (it *Rows) Fill(dst []term.Quad) int {
	for i := range dst {
		if !it.Next() {
			return i
		}
		dst[i] = it.q
	}
	return len(dst)
}

// FillIDs puts the terms in one position of the next quads into dst and returns how
// many; fewer than len(dst) only at the end.
func (it *Rows) FillIDs(dst []term.ID, position int) (n int) {
	if it.r == nil || it.filtered || position != it.second() {
		for ; n < len(dst) && it.Next(); n++ {
			dst[n] = it.q[position]
		}
		return n
	}
	if it.column != nil {
		n = copy(dst, it.column.ends[it.pos-it.columnAt:it.end-it.columnAt])
		it.pos += uint64(n)
		return n
	}
	// The id is in the row itself: the term whose row it is need not be found.
	h := it.r.h
	from, to := h.objectFrom, h.objTo
	if it.byObject {
		from, to = h.subjectFrom, h.subjTo
	}
	for ; n < len(dst) && it.pos < it.end; n++ {
		_, b, _ := it.rows.get(it.step())
		dst[n] = it.r.otherTerm(it.rows, from, to, b)
	}
	if it.from == fromList {
		it.r.column(ofObjects, it.listed, n) // for the next walk
	}
	return n
}

// second is the position of the second column.
func (it *Rows) second() int {
	if it.byObject {
		return term.Subject
	}
	return term.Object
}

// AppendIDs appends the terms in one position (term.Subject ... term.Label) of all
// remaining quads, repeated terms repeatedly. It is the quickest way to hop:
// from a subject and predicate to objects, from those to subjects.
func (it *Rows) AppendIDs(dst []term.ID, position int) []term.ID {
	if it.from == fromSpan && !it.filtered && position == it.second() && it.pos < it.end && it.rows.narrow {
		return it.appendHop(dst)
	}
	for it.Next() {
		dst = append(dst, it.q[position])
	}
	return dst
}

// appendHop appends the second column of a span.
func (it *Rows) appendHop(dst []term.ID) []term.ID {
	i, h := it.pos, it.r.h
	it.pos = it.end
	if it.byObject {
		return it.rows.appendSecond(dst, i, it.end, h.subjectFrom, h.subjTo-h.subjectFrom)
	}
	return it.rows.appendSecond(dst, i, it.end, h.objectFrom, h.objTo-h.objectFrom)
}

// remaining returns how many quads Next would go to, and goes to none.
func (it *Rows) remaining() uint64 {
	if !it.filtered {
		return it.end - it.pos
	}
	n := uint64(0)
	for it.pos < it.end {
		if a, b, c := it.rows.get(it.step()); it.keep.matches(a, b, c) {
			n++
		}
	}
	return n
}
