package store

import (
	"runtime"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// cursor is a walk through the quads of a pattern: those of the snapshot with
// the changes merged in, less the hidden ones.
type cursor struct {
	view    *view
	rows    snapshot.Rows
	changes *changes // nil if none is left
	lead    int      // the order of rows: bySubject or byObject

	// ahead are quads of rows that were not given out yet.
	ahead  []term.Quad
	buffer []term.Quad

	ends []term.ID // of a hop that was read as a whole, those not given out yet
}

// chunk is how many quads are read ahead.
const chunk = 32

// cursorOf gives the walk of a plan's cursor, begun if it is not.
func (v *view) cursorOf(c *plan.Cursor) *cursor {
	w, ok := c.State.(*cursor)
	if !ok {
		w = new(cursor)
		c.State = w
	}
	if !c.Begun {
		c.Begun = true
		v.begin(w, c.Pattern)
	}
	return w
}

// hop is Ends for the most frequent patterns, a subject or an object and a
// predicate, of which nothing changed since the snapshot: it needs no walk,
// unless there are more ends than dst takes. It is not ok for other patterns.
func (v *view) hop(c *plan.Cursor, place int, dst []term.ID) (n int, ok bool) {
	p, q := &c.Pattern, &c.Pattern.Quad
	if c.Begun || v.hidden != nil || v.base == nil || q[term.Predicate] == term.None ||
		q[term.Label] != term.None || p.ObjectTo != term.None || v.changed(p) {
		return 0, false
	}
	var ends []term.ID
	switch {
	case place == term.Object && q[term.Subject] != term.None && q[term.Object] == term.None:
		ends = v.base.AppendObjects(dst[:0:len(dst)], q[term.Subject], q[term.Predicate])
	case place == term.Subject && q[term.Object] != term.None && q[term.Subject] == term.None:
		ends = v.base.AppendSubjects(dst[:0:len(dst)], q[term.Predicate], q[term.Object])
	default:
		return 0, false
	}
	c.Begun, c.Done = true, len(ends) <= len(dst)
	if c.Done {
		return len(ends), true
	}
	n = copy(dst, ends)
	w, reused := c.State.(*cursor)
	if !reused {
		w = new(cursor)
		c.State = w
	}
	*w = cursor{view: v, ends: ends[n:], buffer: w.buffer}
	return n, true
}

func (v *view) begin(w *cursor, p term.Pattern) {
	*w = cursor{view: v, buffer: w.buffer}
	if v.base != nil && v.fits(p) {
		w.rows = v.base.Rows(p)
	}
	if !v.changed(&p) {
		return
	}
	byObjects := byObjectFirst(p)
	if w.ahead = w.read(); len(w.ahead) > 0 {
		byObjects = w.rows.ByObject()
	}
	w.lead = bySubject
	if byObjects {
		w.lead = byObject
	}
	if w.changes = v.state.changes(p, byObjects); !w.changes.on {
		w.changes = nil
	}
}

// seek begins the walk of a pattern with a subject or an object, the one and not
// the other, at its first quad that is not before q in the order of the walk.
func (w *cursor) seek(p term.Pattern, q term.Quad) {
	w.view.begin(w, p)
	if len(w.ahead) > 0 { // begin read on
		w.ahead, w.rows = nil, w.view.base.Rows(p)
	}
	w.rows.Seek(q)
	if w.changes == nil {
		return
	}
	if w.changes.seek(q); !w.changes.on {
		w.changes = nil
	}
}

// fill puts the next quads into dst and returns how many, 0 only at the end.
func (w *cursor) fill(dst []term.Quad) int {
	for len(dst) > 0 {
		n := w.merge(dst)
		if n == 0 || w.view.hidden == nil {
			return n
		}
		if n = w.view.hidden.drop(dst[:n]); n > 0 {
			return n
		}
	}
	return 0
}

// merge is fill without regard to what is hidden.
func (w *cursor) merge(dst []term.Quad) int {
	defer runtime.KeepAlive(w.view) // and with it the mapped file
	n := 0
	for n < len(dst) {
		if w.changes == nil && len(w.ahead) == 0 {
			return n + w.rows.Fill(dst[n:])
		}
		if len(w.ahead) == 0 {
			w.ahead = w.read()
		}
		if w.changes == nil {
			k := copy(dst[n:], w.ahead)
			w.ahead = w.ahead[k:]
			n += k
			continue
		}
		if q, ok := w.step(); ok {
			dst[n] = q
			n++
		}
	}
	return n
}

// read reads ahead.
func (w *cursor) read() []term.Quad {
	if w.buffer == nil {
		w.buffer = make([]term.Quad, chunk)
	}
	return w.buffer[:w.rows.Fill(w.buffer)]
}

// step takes the lesser of the next row and the next change. It is not ok if
// the change removes the row.
func (w *cursor) step() (term.Quad, bool) {
	q, added := w.changes.quad()
	if len(w.ahead) > 0 {
		row := w.ahead[0]
		if before(arrange(row, w.lead), arrange(q, w.lead)) {
			w.ahead = w.ahead[1:]
			return row, true
		}
		if row == q {
			w.ahead = w.ahead[1:]
		}
	}
	if w.changes.next(); !w.changes.on {
		w.changes = nil
	}
	return q, added
}
