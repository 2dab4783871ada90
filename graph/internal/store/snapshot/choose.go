package snapshot

import "kg/graph/internal/store/term"

// Rows returns the quads that p selects, each once. They ascend by (object, predicate,
// subject, label) where p has an object, a range of objects or a predicate, and no
// subject; otherwise by (subject, predicate, object, label). A label can change that: if
// its list is by far the shortest to read, rows come by subject. Rows.ByObject reports
// it. In every case (subject, predicate) gives ascending objects, (predicate, object)
// ascending subjects.
func (r *Reader) Rows(p term.Pattern) (it Rows) {
	c := choice{r: r}
	if r.h.quads == 0 || !c.resolve(&p) {
		return it
	}
	switch {
	case p.Quad[term.Subject] != term.None:
		c.ofSubject(&it)
		return it
	case p.Quad[term.Object] != term.None:
		c.ofObject(&it)
	case p.Quad[term.Predicate] != term.None:
		c.ofPredicate(&it)
	case p.ObjectTo != term.None:
		c.ofObjects(&it)
	case p.Quad[term.Label] != term.None:
		c.ofLabel(&it)
		return it
	default:
		it.start(r, fromScan, false, 0, r.h.quads)
	}
	c.orLabel(&it)
	return it
}

// Count returns how many quads p selects, exactly: by a few lookups where a
// span of an order answers, else by reading the shortest list of
// candidates.
func (r *Reader) Count(p term.Pattern) uint64 {
	position := term.Subject
	if p.Quad[position] == term.None {
		position = term.Object
	}
	if h, ok := r.hopsOf(&p, position, 1); ok {
		if h.column != nil {
			return h.countIn([]term.ID{p.Quad[position]})
		}
		return h.count(h.of(uint32(p.Quad[position])))
	}
	it := r.Rows(p)
	return it.remaining()
}

// Contains reports whether q is in the snapshot.
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
	r            *Reader
	subject      uint32 // less the first subject
	object       uint32 // less the first object
	columnRanges        // conditions on the columns: predicate rank, object minus the first, label rank
	has          [4]bool
	limited      bool // objects are limited to filter.b
}

// resolve returns false if the pattern selects nothing, since a term of it is not in its
// column at all.
func (c *choice) resolve(p *term.Pattern) bool {
	h := c.r.h
	c.columnRanges = columnRanges{all, all, all}
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

// start makes it the rows of an order, without a filter.
func (it *Rows) start(r *Reader, from source, byObject bool, pos, end uint64) {
	it.r, it.from, it.byObject, it.pos, it.end = r, from, byObject, pos, end
	it.lastA, it.lastC = ^uint32(0), ^uint32(0)
	it.rows, it.leads = &r.bySubject, &r.subjects
	if byObject {
		it.rows, it.leads = &r.byObject, &r.objects
	}
	if from != fromSpan && pos < end {
		it.leadEnd = it.leads.get(1)
	}
}

// span makes it the rows [i, j) of one lead.
func (it *Rows) span(r *Reader, byObject bool, lead uint32, i, j uint64) {
	it.start(r, fromSpan, byObject, i, j)
	it.lead, it.leadPos, it.leadEnd = uint64(lead), i, j
}

// filterBy makes the rows those that f lets through.
func (it *Rows) filterBy(f columnRanges) {
	it.keep = f
	it.filtered = f != columnRanges{all, all, all}
}

func (c *choice) ofSubject(it *Rows) {
	r := c.r
	i, j := r.subjects.pair(uint64(c.subject), r.h.quads)
	f := c.columnRanges
	if c.has[term.Predicate] {
		i, j = r.bySubject.narrowTo(i, j, f.a[0], f.b[0], f.b[1])
		f.a, f.b = all, all
	} else if c.has[term.Object] {
		// Both orders give predicate, then label: the shorter one.
		if c.ofObject(it); it.end-it.pos < j-i {
			f.b = only(c.subject)
			it.filterBy(f)
			return
		}
	}
	it.span(r, false, c.subject, i, j)
	it.filterBy(f)
}

func (c *choice) ofObject(it *Rows) {
	r := c.r
	i, j := r.objects.pair(uint64(c.object), r.h.quads)
	f := c.columnRanges
	f.b = all
	if c.has[term.Predicate] {
		i, j = r.byObject.narrowTo(i, j, f.a[0], 0, all[1])
		f.a = all
	}
	it.span(r, true, c.object, i, j)
	it.filterBy(f)
}

// ofPredicate finds the rows of a predicate, perhaps of a range of objects.
func (c *choice) ofPredicate(it *Rows) {
	r := c.r
	i, j := r.predStarts.pair(uint64(c.a[0]), r.h.quads)
	if it.column = r.column(ofObjects, c.a[0], 0); it.column != nil {
		it.columnAt = i
	}
	if it.column != nil && c.limited {
		from, _ := it.column.rank(c.b[0] + r.h.objectFrom)
		to, _ := it.column.rank(c.b[1] + r.h.objectFrom)
		i, j = it.columnAt+uint64(it.column.start(from)), it.columnAt+uint64(it.column.start(to))
	} else if c.limited {
		from, to := r.objects.get(uint64(c.b[0])), r.objects.get(uint64(c.b[1]))
		i = r.predRows.searchIn(i, j, from)
		j = r.predRows.searchIn(i, j, to)
	}
	it.start(r, fromList, true, i, j)
	it.listed = c.a[0]
	c.startAtRange(it)
	it.filterBy(columnRanges{all, all, c.c})
}

// ofObjects finds the rows of a range of objects.
func (c *choice) ofObjects(it *Rows) {
	r := c.r
	i, j := r.objects.get(uint64(c.b[0])), r.objects.get(uint64(c.b[1]))
	if i > j || j > r.h.quads {
		r.objects.throw(0, "rows %d to %d of %d", i, j, r.h.quads)
	}
	it.start(r, fromScan, true, i, j)
	c.startAtRange(it)
	it.filterBy(columnRanges{all, all, c.c})
}

// startAtRange spares rows the search for the first object of the range.
func (c *choice) startAtRange(it *Rows) {
	if c.limited && it.pos < it.end {
		it.lead = uint64(c.b[0])
		it.leadPos, it.leadEnd = c.r.objects.pair(it.lead, c.r.h.quads)
	}
}

// ofLabel finds the rows of a label that the whole pattern selects.
func (c *choice) ofLabel(it *Rows) {
	r := c.r
	rank := uint64(c.c[0])
	i, j := r.labelStarts.pair(rank, r.h.quads)
	it.start(r, fromRuns, false, i, j)
	from, to := r.labelBytes.pair(rank, uint64(len(r.labelRuns.data)))
	it.runs = r.labelRuns.slice(from, to)
	it.filterBy(columnRanges{c.a, c.b, all})
}

// orLabel takes the rows of the label instead of it where these are by far fewer to read.
// A row of a list costs more than one of a span.
func (c *choice) orLabel(it *Rows) {
	const dearer = 4
	if c.has[term.Label] && it.pos < it.end {
		i, j := c.r.labelStarts.pair(uint64(c.c[0]), c.r.h.quads)
		if dearer*(j-i) < it.end-it.pos {
			*it = Rows{}
			c.ofLabel(it)
		}
	}
}
