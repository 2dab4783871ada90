package snapshot

import (
	"slices"

	"kg/graph/internal/store/term"
)

// AppendObjects appends the objects of subject s and predicate p, ascending, one under
// several labels as often. It is Rows and AppendIDs for the commonest of patterns, with
// as little overhead as possible. Objects that do not fit into dst, which is empty then,
// can be borrowed: the caller must not change them.
func (r *Reader) AppendObjects(dst []term.ID, s, p term.ID) []term.ID {
	h := r.h
	return r.hop(dst, uint32(s), h.subjectFrom, h.subjTo, p, &r.subjects, &r.bySubject, h.objectFrom, h.objTo)
}

// AppendSubjects appends the subjects of predicate p and object o, ascending,
// one under several labels as often.
func (r *Reader) AppendSubjects(dst []term.ID, p, o term.ID) []term.ID {
	h := r.h
	return r.hop(dst, uint32(o), h.objectFrom, h.objTo, p, &r.objects, &r.byObject, h.subjectFrom, h.subjTo)
}

// CountEach adds up how many quads p selects with each of the terms at one position,
// which is term.Subject or term.Object and open in p. It equals a sum of Count, but is
// quicker: common lookups are done once, and cache misses overlap.
func (r *Reader) CountEach(p term.Pattern, position int, ids []term.ID) (n uint64) {
	p.Quad[position] = 1
	h, ok := r.hopsOf(&p, position, len(ids))
	if !ok {
		for _, id := range ids {
			if p.Quad[position] = id; id != term.None {
				n += r.Count(p)
			}
		}
		return n
	}
	if h.column != nil {
		return h.countIn(ids)
	}
	var rows [ahead][2]uint64
	for len(ids) > 0 {
		k := min(len(ids), len(rows))
		for x, id := range ids[:k] {
			rows[x][0], rows[x][1] = h.of(uint32(id))
		}
		for x := range rows[:k] {
			n += h.count(rows[x][0], rows[x][1])
		}
		ids = ids[k:]
	}
	return n
}

// Counts puts into counts the numbers that CountEach would add up.
func (r *Reader) Counts(p term.Pattern, position int, ids []term.ID, counts []uint64) {
	p.Quad[position] = 1
	h, ok := r.hopsOf(&p, position, len(ids))
	for i, id := range ids {
		p.Quad[position] = id
		switch {
		case id == term.None:
			counts[i] = 0
		case h.column != nil:
			counts[i] = h.countIn(ids[i : i+1])
		case ok:
			counts[i] = h.count(h.of(uint32(id)))
		default:
			counts[i] = r.Count(p)
		}
	}
}

// AppendEach appends for each of the terms at one position, term.Subject or term.Object,
// the terms that quads of predicate p have at the other, as AppendObjects and
// AppendSubjects do, until it has appended enough. It returns how many terms it
// processed, one at least.
func (r *Reader) AppendEach(dst []term.ID, p term.ID, position int, ids []term.ID, enough int) (_ []term.ID, used int) {
	pattern := term.Pattern{Quad: term.Quad{term.Predicate: p}}
	pattern.Quad[position] = 1
	h, ok := r.hopsOf(&pattern, position, len(ids))
	if !ok || h.none {
		return dst, len(ids)
	}
	base, end := r.h.objectFrom, r.h.objTo
	if position == term.Object {
		base, end = r.h.subjectFrom, r.h.subjTo
	}
	enough += len(dst)
	if h.column != nil {
		for used < len(ids) && len(dst) < enough {
			dst = appendFew(dst, h.column.of(uint32(ids[used])))
			used++
		}
		return dst, used
	}
	var rows [ahead][2]uint64
	for used < len(ids) && len(dst) < enough {
		some := ids[used:min(len(ids), used+len(rows))]
		for x, id := range some {
			rows[x][0], rows[x][1] = h.of(uint32(id))
		}
		for x := 0; x < len(some) && len(dst) < enough; x++ {
			dst = r.appendEnds(dst, h.rows, rows[x][0], rows[x][1], h.rank, base, end)
			used++
		}
	}
	return dst, used
}

// appendFew is append, quicker for few.
func appendFew(dst, ids []term.ID) []term.ID {
	if len(ids) > 8 {
		return append(dst, ids...)
	}
	n := len(dst)
	dst = slices.Grow(dst, len(ids))[:n+len(ids)]
	for i, id := range ids {
		dst[n+i] = id
	}
	return dst
}

// ahead is for how many terms memory is asked at once.
const ahead = 16

// manyRows is the number of rows whose unpacking costs as much as the rest of a hop.
const manyRows = 64

// hops are the rows of one predicate, and of one term at the other end or any,
// that subjects have, or objects.
type hops struct {
	leads    *frames
	rows     *packed
	from, to uint32    // the leads there are
	rank     uint32    // of the predicate
	end      [2]uint32 // the range of the other column
	none     bool      // there are none
	column   *column   // where they are read, if it is made
	base     uint32    // the least other
}

// hopsOf makes the hops of a pattern from the subject or the object in it. It is
// not ok if there is no predicate, or a condition that hops do not have. The number
// is how many are to come.
func (r *Reader) hopsOf(p *term.Pattern, position, number int) (h hops, ok bool) {
	q := &p.Quad
	if q[term.Predicate] == term.None || q[term.Label] != term.None || p.ObjectTo != term.None || q[position] == term.None {
		return h, false
	}
	var known bool
	h.rank, known = r.predicates.rank(q[term.Predicate])
	h.none = !known
	h.end = all
	s, o := [2]uint32{r.h.subjectFrom, r.h.subjTo}, [2]uint32{r.h.objectFrom, r.h.objTo}
	var other term.ID
	switch position {
	case term.Subject:
		h.leads, h.rows, other = &r.subjects, &r.bySubject, q[term.Object]
	case term.Object:
		h.leads, h.rows, other = &r.objects, &r.byObject, q[term.Subject]
		s, o = o, s
	default:
		return h, false
	}
	h.from, h.to, h.base = s[0], s[1], o[0]
	if b := uint32(other); b != 0 {
		h.none = h.none || b < o[0] || b >= o[1]
		h.end = only(b - o[0])
	}
	if known {
		h.column = r.column(columnsAt(position), h.rank, number)
	}
	return h, true
}

// columnsAt are the columns whose leads have a position.
func columnsAt(position int) int {
	if position == term.Object {
		return ofObjects
	}
	return ofSubjects
}

// countIn counts in the column.
func (h *hops) countIn(ids []term.ID) (n uint64) {
	switch {
	case h.none:
	case h.end == all:
		for _, id := range ids {
			n += uint64(len(h.column.of(uint32(id))))
		}
	default:
		from, to := uint64(h.base)+uint64(h.end[0]), uint64(h.base)+uint64(h.end[1])
		for _, id := range ids {
			n += h.column.count(uint32(id), from, to)
		}
	}
	return n
}

// of gives the rows of a lead, in which count counts.
func (h *hops) of(lead uint32) (i, j uint64) {
	if h.none || lead < h.from || lead >= h.to {
		return 0, 0
	}
	return h.leads.pair(uint64(lead-h.from), h.rows.n)
}

func (h *hops) count(i, j uint64) uint64 { return h.rows.countIn(i, j, h.rank, h.end[0], h.end[1]) }

// hop appends the terms in [base, end) that rows of lead and predicate p have.
func (r *Reader) hop(dst []term.ID, lead, from, to uint32, p term.ID, leads *frames, rows *packed, base, end uint32) []term.ID {
	a, ok := r.predicates.rank(p)
	if !ok || lead < from || lead >= to {
		return dst
	}
	of := ofSubjects
	if leads == &r.objects {
		of = ofObjects
	}
	if c := r.column(of, a, 1); c != nil {
		ends := c.of(lead)
		if len(dst) == 0 && len(ends) > cap(dst) {
			return slices.Clip(ends)
		}
		return append(dst, ends...)
	}
	i, j := leads.pair(uint64(lead-from), r.h.quads)
	if dst = r.appendEnds(dst, rows, i, j, a, base, end); len(dst) >= manyRows {
		r.column(of, a, len(dst)/manyRows) // which costs as much as so many hops
	}
	return dst
}

// appendEnds appends the terms in [base, end) that the rows [i, j) of one lead have
// with a predicate of the given rank.
func (r *Reader) appendEnds(dst []term.ID, rows *packed, i, j uint64, rank, base, end uint32) []term.ID {
	i, j = rows.narrowTo(i, j, rank, 0, all[1])
	if i == j {
		return dst
	}
	if rows.narrow {
		return rows.appendSecond(dst, i, j, base, end-base)
	}
	for ; i < j; i++ {
		_, b, _ := rows.get(i)
		dst = append(dst, r.otherTerm(rows, base, end, b))
	}
	return dst
}
