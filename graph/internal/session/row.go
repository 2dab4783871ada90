package session

import (
	"iter"
	"runtime/debug"
	"slices"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// Row is one answer of a query: values by tag. A path's own end is under "id";
// a value that the query emits, or ends with, is under "value", or, if it is an
// object, under the names of its members. The zero Row is empty. A Row may be
// kept: it is not changed after it was given out.
type Row struct {
	names  []string // sorted; rows of one path share it
	values []quad.Value

	ways *plan.Ways // unread: see Ways
	s    *session   // that reads them

	// MoreWays reports that there are more ways than a row keeps.
	MoreWays bool
	// Untraced reports that the answer cannot be traced: the script made it of
	// what it had read into its variables, by count or toArray and their like, or
	// of a value that no row in its hands has. Such a row has no Ways.
	Untraced bool
}

// Names lists the tags that the row's path can have, sorted.
func (r Row) Names() []string { return r.names }

// Ways reads the ways to the answer: each is the quads that one derivation of the
// row passed, in the order of the walk, each quad once. No way contains another.
// Within forEach a way begins with those of the callback's row. They are gathered on
// Options.Evidence only, as are MoreWays and Untraced.
func (r Row) Ways() (ways [][]quad.Quad, err error) {
	if r.ways == nil {
		return nil, nil
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer snapshot.Catch(&err)
	ways = make([][]quad.Quad, len(r.ways.List))
	for i, way := range r.ways.List {
		if ways[i], err = r.s.quadsOf(way); err != nil {
			return nil, err
		}
	}
	return ways, nil
}

// Under reports whether a quad of a way has one of some labels, by their ids in a
// numbering, or may have: it is known by another one.
func (r Row) Under(labels map[term.ID]bool, in *plan.Numbering) bool {
	if r.ways == nil {
		return false
	}
	for _, way := range r.ways.List {
		for _, q := range way {
			if q.In != in || labels[q.Quad[term.Label]] {
				return true
			}
		}
	}
	return false
}

// WaysCount is the number of Ways.
func (r Row) WaysCount() int {
	if r.ways == nil {
		return 0
	}
	return len(r.ways.List)
}

// Get is the value of a tag, or nil.
func (r Row) Get(tag string) quad.Value {
	if i, ok := slices.BinarySearch(r.names, tag); ok {
		return r.values[i]
	}
	return nil
}

// All ranges over the tags that have a value, in order.
func (r Row) All() iter.Seq2[string, quad.Value] {
	return func(yield func(string, quad.Value) bool) {
		for i, v := range r.values {
			if v != nil && !yield(r.names[i], v) {
				return
			}
		}
	}
}

// rows makes the rows of one path.
type rows struct {
	s     *session
	b     *build
	names []string
	slab  []quad.Value // for the next rows: one allocation serves many
	tags  map[string]refs.Ref
	it    iterator.Scanner
	plan  plan.Rows // it, if the store's plan keeps evidence and nothing else wants its tags
	proof []string  // the tags that hold it
	known bool      // whether from holds
	from  []int     // beside names: the columns of the plan; -1 for the path's end. Nil where tags are read
}

func newRows(s *session, b *build, it iterator.Scanner) *rows {
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

// learnColumns finds where the plan has what a row shows.
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
func (r *rows) columns(id refs.Ref) (values []quad.Value, err error) {
	values = r.next()
	for i, column := range r.from {
		ref := id
		if column >= 0 {
			var node term.ID
			if node, ref = r.plan.Column(column); node != term.None {
				values[i], err = r.s.terms.of(r.s.qs, plan.Node{ID: node, In: r.plan.Numbering()})
			}
		}
		if ref != nil && err == nil {
			values[i], err = r.s.nameOf(ref)
		}
		if err != nil {
			return nil, err
		}
	}
	return values, nil
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
		values, err := r.columns(id)
		return Row{names: r.names, values: values}, err == nil, err
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
	values, n := r.next(), 0
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

func (r *rows) next() []quad.Value {
	n := len(r.names)
	if len(r.slab) < n {
		r.slab = make([]quad.Value, min(64, 4+r.s.sent)*n)
	}
	values := r.slab[:n:n]
	r.slab = r.slab[n:]
	return values
}
