package store

import (
	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// cursor is a walk through the quads of a pattern, less the hidden ones.
type cursor struct {
	rows   memtable.Rows
	hidden *hidden   // nil if nothing is
	ends   []term.ID // of a hop that was read as a whole, those not given out yet
}

// chunk is how many quads are read at once.
const chunk = 32

// cursorOf gives the walk of a plan's cursor, begun if it is not.
func (v *view) cursorOf(c *plan.Cursor) *cursor {
	w := stateOf(c)
	if !c.Begun {
		c.Begun = true
		v.begin(w, c.Pattern)
	}
	return w
}

func stateOf(c *plan.Cursor) *cursor {
	w, ok := c.State.(*cursor)
	if !ok {
		w = new(cursor)
		c.State = w
	}
	return w
}

func (v *view) begin(w *cursor, p term.Pattern) {
	v.want(p)
	w.hidden, w.ends = v.hidden, nil
	w.rows.Begin(v.Table, p)
}

// seek begins a walk as memtable.Rows.Seek does.
func (v *view) seek(w *cursor, p term.Pattern, q term.Quad) {
	v.want(p)
	w.hidden, w.ends = v.hidden, nil
	w.rows.Seek(v.Table, p, q)
}

// hop is Ends for the most frequent patterns, a subject or an object and a
// predicate, of which nothing changed since the snapshot: it needs no walk,
// unless there are more ends than dst takes. It is not ok for other patterns.
func (v *view) hop(c *plan.Cursor, position int, dst []term.ID) (n int, ok bool) {
	p, q := &c.Pattern, &c.Pattern.Quad
	base := v.Base()
	if c.Begun || v.hidden != nil || base == nil || q[term.Predicate] == term.None ||
		q[term.Label] != term.None || p.ObjectTo != term.None || v.Changed(p) {
		return 0, false
	}
	var ends []term.ID
	switch {
	case position == term.Object && q[term.Subject] != term.None && q[term.Object] == term.None:
		ends = base.AppendObjects(dst[:0:len(dst)], q[term.Subject], q[term.Predicate])
	case position == term.Subject && q[term.Object] != term.None && q[term.Subject] == term.None:
		ends = base.AppendSubjects(dst[:0:len(dst)], q[term.Predicate], q[term.Object])
	default:
		return 0, false
	}
	c.Begun, c.Done = true, len(ends) <= len(dst)
	if c.Done {
		return len(ends), true
	}
	n = copy(dst, ends)
	w := stateOf(c)
	w.hidden, w.ends = nil, ends[n:]
	w.rows.Reset()
	return n, true
}

// fill puts the next quads into dst and returns how many, 0 only at the end.
func (w *cursor) fill(dst []term.Quad) int {
	for len(dst) > 0 {
		n := w.rows.Fill(dst)
		if n == 0 || w.hidden == nil {
			return n
		}
		if n = w.hidden.drop(dst[:n]); n > 0 {
			return n
		}
	}
	return 0
}

// fillIDs is fill for the terms in one position; done reports that there are no
// more.
func (w *cursor) fillIDs(dst []term.ID, position int) (n int, done bool) {
	if w.hidden == nil {
		return w.rows.FillIDs(dst, position)
	}
	var quads [chunk]term.Quad
	n = w.fill(quads[:min(len(dst), len(quads))])
	for i := range quads[:n] {
		dst[i] = quads[i][position]
	}
	return n, false
}
