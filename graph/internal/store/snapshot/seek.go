package snapshot

import "kg/graph/internal/store/term"

// Seek advances to the first row that is not before q in the order of the rows, which are
// of one subject or one object: Next returns that row next. It looks up a few rows and
// reads none of those between.
func (it *Rows) Seek(q term.Quad) {
	if it.from != fromSpan || it.pos >= it.end {
		return
	}
	r := it.r
	other, first, to := q[term.Object], r.h.objectFrom, r.h.objTo
	if it.byObject {
		other, first, to = q[term.Subject], r.h.subjectFrom, r.h.subjTo
	}
	a, exact := r.predicates.from(q[term.Predicate])
	var b, c uint32
	switch o := uint32(other); {
	case !exact: // the first row of the next predicate
	case o >= to:
		a++
	case o >= first:
		b = o - first
		c, _ = r.labels.from(q[term.Label])
	}
	it.pos = it.rows.search(it.pos, it.end, a, b, c)
}

// from returns the first rank whose ID is not less than id, n if there is none,
// and whether the ID is id.
func (t *table) from(id term.ID) (rank uint32, exact bool) {
	i, j := uint32(0), t.n
	for i < j {
		if m := (i + j) / 2; t.id(m) < id {
			i = m + 1
		} else {
			j = m
		}
	}
	return i, i < t.n && t.id(i) == id
}
