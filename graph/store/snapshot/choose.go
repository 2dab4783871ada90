package snapshot

import "kg/graph/store/term"

// Rows returns the quads that p selects, each once. They ascend by (object,
// predicate, subject, label) where p has an object, a range of objects or a
// predicate, and no subject; else by (subject, predicate, object, label). A
// label can change that: if its list is by far the shortest to look through,
// rows come by subject. Rows.ByObject tells. In every case (subject,
// predicate) gives ascending objects, (predicate, object) ascending subjects.
func (r *Reader) Rows(p term.Pattern) Rows {
	c := choice{r: r}
	if r.h.quads == 0 || !c.resolve(p) {
		return Rows{}
	}
	switch {
	case p.Quad[term.Subject] != term.None:
		return c.ofSubject()
	case p.Quad[term.Object] != term.None:
		return c.orLabel(c.ofObject())
	case p.Quad[term.Predicate] != term.None:
		return c.orLabel(c.ofPredicate())
	case p.ObjectTo != term.None:
		return c.orLabel(c.ofObjects())
	case p.Quad[term.Label] != term.None:
		return c.ofLabel()
	}
	return r.rows(fromScan, false, 0, r.h.quads)
}

// Count returns how many quads p selects, exactly: by a few look-ups where a
// stretch of an order answers, else by reading the shortest list of
// candidates.
func (r *Reader) Count(p term.Pattern) uint64 {
	it := r.Rows(p)
	return it.remaining()
}

// Contains tells whether q is in the snapshot.
func (r *Reader) Contains(q term.Quad) bool {
	h := r.h
	s, o := uint32(q[term.Subject]), uint32(q[term.Object])
	if s < h.subjectFrom || s >= h.subjTo || o < h.objectFrom || o >= h.objTo {
		return false
	}
	a, okA := r.predicates.rank(q[term.Predicate])
	c, okC := r.labels.rank(q[term.Label])
	if !okA || !okC {
		return false
	}
	i, j := r.subjects.pair(uint64(s-h.subjectFrom), h.quads)
	i = r.bySubject.search(i, j, a, o-h.objectFrom, c)
	if i == j {
		return false
	}
	ra, rb, rc := r.bySubject.get(i)
	return ra == a && rb == o-h.objectFrom && rc == c
}

// choice is a pattern in the numbers of the file.
type choice struct {
	r       *Reader
	subject uint32 // less the first subject
	object  uint32 // less the first object
	filter         // what each column must be: predicate rank, object less the first, label rank
	has     [4]bool
	limited bool // objects are limited to filter.b
}

// resolve is false if the pattern selects nothing, since a term of it is not
// in its column at all.
func (c *choice) resolve(p term.Pattern) bool {
	h := c.r.h
	c.filter = filter{all, all, all}
	for i, id := range p.Quad {
		c.has[i] = id != term.None
	}
	if c.has[term.Predicate] {
		rank, ok := c.r.predicates.rank(p.Quad[term.Predicate])
		if !ok {
			return false
		}
		c.a = only(rank)
	}
	if c.has[term.Label] {
		rank, ok := c.r.labels.rank(p.Quad[term.Label])
		if !ok {
			return false
		}
		c.c = only(rank)
	}
	if s := uint32(p.Quad[term.Subject]); s != 0 {
		if s < h.subjectFrom || s >= h.subjTo {
			return false
		}
		c.subject = s - h.subjectFrom
	}
	from, to := h.objectFrom, h.objTo
	if p.ObjectTo != term.None {
		c.limited = true
		from, to = max(from, uint32(p.ObjectFrom)), min(to, uint32(p.ObjectTo))
	}
	if o := uint32(p.Quad[term.Object]); o != 0 {
		if o < from || o >= to {
			return false
		}
		c.object, from, to = o-h.objectFrom, o, o+1
	}
	if from >= to {
		return false
	}
	if c.limited || c.has[term.Object] {
		c.b = [2]uint32{from - h.objectFrom, to - h.objectFrom}
	}
	return true
}

// rows returns rows of an order without a filter.
func (r *Reader) rows(from source, byObject bool, pos, end uint64) Rows {
	it := Rows{r: r, from: from, byObject: byObject, rows: &r.bySubject, leads: &r.subjects, pos: pos, end: end, lastA: ^uint32(0), lastC: ^uint32(0)}
	if byObject {
		it.rows, it.leads = &r.byObject, &r.objects
	}
	if from != fromStretch && pos < end {
		it.leadEnd = it.leads.get(1)
	}
	return it
}

// stretch returns rows [i, j) of one lead.
func (r *Reader) stretch(byObject bool, lead uint32, i, j uint64) Rows {
	it := r.rows(fromStretch, byObject, i, j)
	it.lead, it.leadPos, it.leadEnd = uint64(lead), i, j
	return it
}

// filterBy makes the rows those that f lets through.
func (it *Rows) filterBy(f filter) {
	it.keep = f
	it.filtered = f != filter{all, all, all}
}

func (c *choice) ofSubject() Rows {
	r := c.r
	i, j := r.subjects.pair(uint64(c.subject), r.h.quads)
	f := c.filter
	if c.has[term.Predicate] {
		i, j = r.bySubject.narrowTo(i, j, f.a[0], f.b[0], f.b[1])
		f.a, f.b = all, all
	} else if c.has[term.Object] {
		// Both orders give predicate, then label: the shorter one.
		if it := c.ofObject(); it.end-it.pos < j-i {
			f := c.filter
			f.b = only(c.subject)
			it.filterBy(f)
			return it
		}
	}
	it := r.stretch(false, c.subject, i, j)
	it.filterBy(f)
	return it
}

func (c *choice) ofObject() Rows {
	r := c.r
	i, j := r.objects.pair(uint64(c.object), r.h.quads)
	f := c.filter
	f.b = all
	if c.has[term.Predicate] {
		i, j = r.byObject.narrowTo(i, j, f.a[0], 0, all[1])
		f.a = all
	}
	it := r.stretch(true, c.object, i, j)
	it.filterBy(f)
	return it
}

// ofPredicate returns the rows of a predicate, perhaps of a range of objects.
func (c *choice) ofPredicate() Rows {
	r := c.r
	i, j := r.predStarts.pair(uint64(c.a[0]), r.h.quads)
	if c.limited {
		from, to := r.objects.get(uint64(c.b[0])), r.objects.get(uint64(c.b[1]))
		i = r.predRows.searchIn(i, j, from)
		j = r.predRows.searchIn(i, j, to)
	}
	it := r.rows(fromList, true, i, j)
	c.startAtRange(&it)
	it.filterBy(filter{all, all, c.c})
	return it
}

// ofObjects returns the rows of a range of objects.
func (c *choice) ofObjects() Rows {
	r := c.r
	i, j := r.objects.get(uint64(c.b[0])), r.objects.get(uint64(c.b[1]))
	if i > j || j > r.h.quads {
		r.objects.throw(0, "rows %d to %d of %d", i, j, r.h.quads)
	}
	it := r.rows(fromScan, true, i, j)
	c.startAtRange(&it)
	it.filterBy(filter{all, all, c.c})
	return it
}

// startAtRange spares rows the search for the first object of the range.
func (c *choice) startAtRange(it *Rows) {
	if c.limited && it.pos < it.end {
		it.lead = uint64(c.b[0])
		it.leadPos, it.leadEnd = c.r.objects.pair(it.lead, c.r.h.quads)
	}
}

// ofLabel returns the rows of a label that the whole pattern selects.
func (c *choice) ofLabel() Rows {
	r := c.r
	rank := uint64(c.c[0])
	i, j := r.labelStarts.pair(rank, r.h.quads)
	it := r.rows(fromRuns, false, i, j)
	from, to := r.labelBytes.pair(rank, uint64(len(r.labelRuns.data)))
	it.runs = r.labelRuns.slice(from, to)
	it.filterBy(filter{c.a, c.b, all})
	return it
}

// orLabel returns the rows of the label instead of it where they are by far
// fewer to look through. A row of a list costs more than one of a stretch.
func (c *choice) orLabel(it Rows) Rows {
	const dearer = 4
	if c.has[term.Label] && it.pos < it.end {
		i, j := c.r.labelStarts.pair(uint64(c.c[0]), c.r.h.quads)
		if dearer*(j-i) < it.end-it.pos {
			return c.ofLabel()
		}
	}
	return it
}
