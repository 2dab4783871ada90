package store

import (
	"runtime"

	"kg/graph/store/plan"
	"kg/graph/store/snapshot"
	"kg/graph/store/term"
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
}

// chunk is how many quads are read ahead.
const chunk = 32

// cursorOf gives the walk of a plan's cursor, begun if it is not.
func (v *view) cursorOf(c *plan.Cursor) *cursor {
	w, ok := c.State.(*cursor)
	if c.Begun && ok {
		return w
	}
	if !ok {
		w = new(cursor)
		c.State = w
	}
	c.Begun = true
	v.begin(w, c.Pattern)
	return w
}

func (v *view) begin(w *cursor, p term.Pattern) {
	w.view, w.ahead, w.changes, w.rows = v, nil, nil, snapshot.Rows{}
	if v.base != nil && v.fits(p) {
		w.rows = v.base.Rows(p)
	}
	if v.plain {
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
