package session

import (
	"iter"
	"runtime/debug"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// Row is one answer of a query: values by tag. A path's own end is under "id"; a value
// that the query emits, or ends with, is under "value", or, if it is an object, under the
// names of its members. The zero Row is empty. A Row may be retained: it does not change
// after it was yielded.
type Row struct {
	names  []string // sorted; rows of one path share it
	values []quad.Value
	ids    []term.ID       // parallel to values, where the path is a plan; nil elsewhere
	in     *plan.Numbering // of ids

	ways   *plan.Ways   // unread: see Ways
	packed *plan.Packed // in place of ways, for a buffered row: those of its number
	number int
	s      *session // that reads them, and values

	// MoreWays reports that there are more ways than a row keeps.
	MoreWays bool
	// Untraced reports that the answer cannot be traced: the script computed it from
	// values in its variables, by count or toArray and their like, or from a value of no
	// current row. Such a row has no Ways.
	Untraced bool
}

// Names lists the tags that the row's path can have, sorted.
func (r Row) Names() []string { return r.names }

// Ways reads the ways to the answer: each is the quads that one derivation of the
// row passed, in the order of the walk, each quad once. No way contains another.
// Within forEach a way begins with those of the callback's row. They are gathered on
// Options.Evidence only, as are MoreWays and Untraced.
func (r Row) Ways() (ways [][]quad.Quad, err error) {
	list := r.waysTo()
	if list == nil {
		return nil, nil
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer snapshot.Catch(&err)
	ways = make([][]quad.Quad, len(list.List))
	for i, way := range list.List {
		if ways[i], err = r.s.later.quadsOf(r.s.qs, way); err != nil {
			return nil, err
		}
	}
	return ways, nil
}

// Bare is the row without its ways.
func (r Row) Bare() Row {
	r.ways, r.packed = nil, nil
	return r
}

// Under reports whether a quad of a way has one of some labels, by their ids in a
// numbering, or may have: it is known by another one.
func (r Row) Under(labels map[term.ID]bool, in *plan.Numbering) bool {
	list := r.waysTo()
	if list == nil {
		return false
	}
	for _, way := range list.List {
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
	if list := r.waysTo(); list != nil {
		return len(list.List)
	}
	return 0
}

func (r Row) waysTo() *plan.Ways {
	if r.packed != nil {
		return r.packed.Ways(r.number)
	}
	return r.ways
}

// Value reads the value of a tag, nil if it has none. Where Options.Unread is not set it
// is as Get.
func (r Row) Value(tag string) (quad.Value, error) {
	i := slices.Index(r.names, tag)
	if i < 0 {
		return nil, nil
	}
	return r.value(i)
}

func (r Row) value(i int) (v quad.Value, err error) {
	if v = r.read(i); v != nil || r.ids == nil || r.ids[i] == term.None {
		return v, nil
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer snapshot.Catch(&err)
	v, err = r.s.later.of(r.s.qs, plan.TermRef{ID: r.ids[i], In: r.in})
	if err == nil && r.values != nil {
		r.values[i] = v
	}
	return v, err
}

// read is a value that was read, or nil.
func (r Row) read(i int) quad.Value {
	if r.values == nil {
		return nil
	}
	return r.values[i]
}

// Read reads all values.
func (r *Row) Read() error {
	if r.values == nil {
		r.values = make([]quad.Value, len(r.names))
	}
	for i := range r.values {
		if _, err := r.value(i); err != nil {
			return err
		}
	}
	return nil
}

// Get is the value of a tag that was read, or nil.
func (r Row) Get(tag string) quad.Value {
	if i := slices.Index(r.names, tag); i >= 0 { // names are few
		return r.read(i)
	}
	return nil
}

// Alike reports whether two rows have the same terms in some columns, by their numbers: it
// is false, too, where one is not known by its number.
func (r Row) Alike(other Row, columns []string) bool {
	if r.in == nil || r.in != other.in {
		return false
	}
	for _, c := range columns {
		if a, b := r.ID(c), other.ID(c); a != b || a == term.None && (r.Get(c) != nil || other.Get(c) != nil) {
			return false
		}
	}
	return true
}

// Numbering is how the row's terms are numbered, nil if they are not.
func (r Row) Numbering() *plan.Numbering { return r.in }

// ID is the number of a tag's value: term.None of a tag without one, and of a value
// that has none.
func (r Row) ID(tag string) term.ID {
	if i := slices.Index(r.names, tag); i >= 0 && r.ids != nil {
		return r.ids[i]
	}
	return term.None
}

// All ranges over the tags that have a value that was read, in order.
func (r Row) All() iter.Seq2[string, quad.Value] {
	return func(yield func(string, quad.Value) bool) {
		for i, v := range r.values {
			if v != nil && !yield(r.names[i], v) {
				return
			}
		}
	}
}
