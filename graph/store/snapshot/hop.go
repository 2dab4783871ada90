package snapshot

import "kg/graph/store/term"

// AppendObjects appends the objects of subject s and predicate p, ascending,
// one under several labels as often. It is Rows and AppendIDs for the commonest
// of patterns, with as little beside it as can be.
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

// hop appends the terms in [base, end) that rows of lead and predicate p have.
func (r *Reader) hop(dst []term.ID, lead, from, to uint32, p term.ID, leads *frames, rows *packed, base, end uint32) []term.ID {
	a, ok := r.predicates.rank(p)
	if !ok || lead < from || lead >= to {
		return dst
	}
	i, j := leads.pair(uint64(lead-from), r.h.quads)
	i, j = rows.narrowTo(i, j, a, 0, all[1])
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
