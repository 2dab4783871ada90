package memtable

import (
	"runtime"

	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// Rows is a walk through the quads of a pattern: those of the snapshot with the
// changes merged in, in the order in which a snapshot gives its quads. Begin
// starts it, again and again if need be. Each goroutine has its own.
type Rows struct {
	table   *Table
	base    snapshot.Rows
	changes *changes // nil if none is left
	lead    int      // the order of base: bySubject or byObject

	// ahead are quads of base that were not given out yet.
	ahead  []term.Quad
	buffer []term.Quad
}

// chunk is how many quads are read ahead.
const chunk = 32

// Begin puts the walk at the beginning of a pattern's quads.
func (r *Rows) Begin(t *Table, p term.Pattern) {
	*r = Rows{table: t, buffer: r.buffer}
	if t.base != nil && t.Fits(p) {
		r.base = t.base.Rows(p)
	}
	if !t.Changed(&p) {
		return
	}
	byObjects := byObjectFirst(p)
	if r.ahead = r.read(); len(r.ahead) > 0 {
		byObjects = r.base.ByObject()
	}
	r.lead = bySubject
	if byObjects {
		r.lead = byObject
	}
	if r.changes = t.walk(p, byObjects); !r.changes.on {
		r.changes = nil
	}
}

// Seek puts the walk of a pattern with a subject or an object, the one and not
// the other, at its first quad that is not before q in the order of the walk.
func (r *Rows) Seek(t *Table, p term.Pattern, q term.Quad) {
	r.Begin(t, p)
	if len(r.ahead) > 0 { // Begin read on
		r.ahead, r.base = nil, t.base.Rows(p)
	}
	r.base.Seek(q)
	if r.changes == nil {
		return
	}
	if r.changes.seek(q); !r.changes.on {
		r.changes = nil
	}
}

// Reset ends the walk, and lets go of the table.
func (r *Rows) Reset() { *r = Rows{buffer: r.buffer} }

// Fill puts the next quads into dst and returns how many, fewer than dst holds
// only at the end.
func (r *Rows) Fill(dst []term.Quad) int {
	defer runtime.KeepAlive(r.table) // and with it the mapped file
	n := 0
	for n < len(dst) {
		if r.changes == nil && len(r.ahead) == 0 {
			return n + r.base.Fill(dst[n:])
		}
		if len(r.ahead) == 0 {
			r.ahead = r.read()
		}
		if r.changes == nil {
			k := copy(dst[n:], r.ahead)
			r.ahead = r.ahead[k:]
			n += k
			continue
		}
		if q, ok := r.step(); ok {
			dst[n] = q
			n++
		}
	}
	return n
}

// FillIDs puts the terms in one position of the next quads into dst and returns
// how many, 0 only at the end; done reports that there are no more.
func (r *Rows) FillIDs(dst []term.ID, position int) (n int, done bool) {
	defer runtime.KeepAlive(r.table)
	if r.changes == nil && len(r.ahead) == 0 {
		n = r.base.FillIDs(dst, position)
		return n, n < len(dst)
	}
	var quads [chunk]term.Quad
	n = r.Fill(quads[:min(len(dst), len(quads))])
	for i := range quads[:n] {
		dst[i] = quads[i][position]
	}
	return n, false
}

// read reads ahead.
func (r *Rows) read() []term.Quad {
	if r.buffer == nil {
		r.buffer = make([]term.Quad, chunk)
	}
	return r.buffer[:r.base.Fill(r.buffer)]
}

// step takes the lesser of the next row and the next change. It is not ok if
// the change removes the row.
func (r *Rows) step() (term.Quad, bool) {
	q, added := r.changes.quad()
	if len(r.ahead) > 0 {
		row := r.ahead[0]
		if before(arrange(row, r.lead), arrange(q, r.lead)) {
			r.ahead = r.ahead[1:]
			return row, true
		}
		if row == q {
			r.ahead = r.ahead[1:]
		}
	}
	if r.changes.next(); !r.changes.on {
		r.changes = nil
	}
	return q, added
}
