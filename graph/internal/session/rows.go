package session

import (
	"slices"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// rows makes the rows of one path.
type rows struct {
	s      *session
	b      *shapeBuilder
	names  []string
	slab   []quad.Value // for the next rows: one allocation serves many
	idSlab []term.ID    // likewise
	tags   map[string]refs.Ref
	it     iterator.Scanner
	plan   plan.Rows // it, if the store's plan keeps evidence and nothing else wants its tags
	proof  []string  // the tags that hold it
	unread bool      // terms that have numbers are not read: see Options.Unread
	known  bool      // whether from holds
	from   []int     // parallel to names: the columns of the plan; -1 for the path's end. Nil where tags are read
}

func newRows(s *session, b *shapeBuilder, it iterator.Scanner) *rows {
	r := &rows{s: s, b: b, it: it, tags: map[string]refs.Ref{}}
	if len(b.labels)+len(b.walks) == 0 {
		r.plan, _ = it.(plan.Rows)
		r.proof = uncovered(b.traces)
	}
	return r
}

// tag reads the tags of the result at hand.
func (r *rows) tag() {
	if r.plan != nil {
		if !r.known {
			r.known = true
			r.learnColumns()
		}
		if r.from == nil {
			clear(r.tags)
			r.plan.TagShown(r.tags)
		}
		return
	}
	clear(r.tags)
	r.it.TagResults(r.tags)
}

// learnColumns finds the plan's columns for the tags of a row.
func (r *rows) learnColumns() {
	columns, ok := r.plan.Columns()
	if !ok {
		return
	}
	r.names = slices.DeleteFunc(slices.Clone(columns), func(name string) bool { return name == idTag })
	r.names = append(r.names, idTag)
	slices.Sort(r.names)
	r.from = make([]int, len(r.names))
	for i, name := range r.names {
		r.from[i] = slices.Index(columns, name)
		if name == idTag {
			r.from[i] = -1
		}
	}
}

// columns reads a result from the columns of the plan.
func (r *rows) columns(id refs.Ref) (row Row, err error) {
	row = Row{names: r.names, ids: next(r, &r.idSlab), in: r.plan.Numbering(), s: r.s}
	if !r.unread {
		row.values = next(r, &r.slab)
	}
	for i, column := range r.from {
		ref := id
		if column >= 0 {
			row.ids[i], ref = r.plan.Column(column)
		} else if n, ok := id.(plan.TermRef); ok && n.In == row.in {
			row.ids[i], ref = n.ID, nil
		}
		switch {
		case row.ids[i] != term.None && r.unread:
		case row.ids[i] != term.None:
			row.values[i], err = r.s.terms.of(r.s.qs, plan.TermRef{ID: row.ids[i], In: row.in})
		case ref != nil:
			if row.values == nil {
				row.values = next(r, &r.slab)
			}
			row.values[i], err = r.s.nameOf(ref)
		}
		if err != nil {
			return Row{}, err
		}
	}
	return row, nil
}

// ways are those to the result at hand.
func (r *rows) ways() *plan.Ways {
	if r.plan != nil {
		return r.plan.Ways(r.proof)
	}
	return waysThrough(r.b.traces, r.tags)
}

// idTag is the name of a path's end.
const idTag = "id"

// row reads the terms of a result. It is false when the path's end is no term,
// as the label of a quad in the default graph.
func (r *rows) row(id refs.Ref) (Row, bool, error) {
	if id == nil {
		return Row{}, false, nil
	}
	if r.from != nil {
		row, err := r.columns(id)
		return row, err == nil, err
	}
	if err := r.b.resolve(r.s.qs, r.tags); err != nil {
		return Row{}, false, err
	}
	r.tags[idTag] = id
	values, err := r.read()
	return Row{names: r.names, values: values}, err == nil, err
}

// read reads the tags into the columns known so far, and again when there are
// others among them.
func (r *rows) read() ([]quad.Value, error) {
	values, n := next(r, &r.slab), 0
	for i, name := range r.names {
		ref, ok := r.tags[name]
		if !ok {
			continue
		}
		n++
		v, err := r.s.nameOf(ref)
		if err != nil {
			return nil, err
		}
		values[i] = v
	}
	if n+r.hidden() == len(r.tags) {
		return values, nil
	}
	r.learn()
	return r.read()
}

// hidden counts the reserved tags of the result.
func (r *rows) hidden() (n int) {
	for tag := range r.tags {
		if isReserved(tag) {
			n++
		}
	}
	return n
}

// learn adds the tags of the result to the columns; rows given out keep theirs.
func (r *rows) learn() {
	names := slices.Clone(r.names)
	for name := range r.tags {
		if !isReserved(name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	r.names, r.slab = names, nil
}

// next is room for the values of a row, of many allocated at once.
func next[T any](r *rows, slab *[]T) []T {
	n := len(r.names)
	if len(*slab) < n {
		*slab = make([]T, min(64, 4+r.s.sent)*n)
	}
	values := (*slab)[:n:n]
	*slab = (*slab)[n:]
	return values
}
