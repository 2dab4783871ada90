package store

import (
	"context"
	"runtime"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// IDs reads one state by term ids, for scans of so many quads that decoding their values
// would cost most of the time. Its methods panic with *snapshot.DamageError: see
// snapshot.Catch.
type IDs struct{ v *view }

// IDs gives the state that the handle shows.
func (qs *QuadStore) IDs() (*IDs, error) {
	v, err := qs.view()
	if err != nil {
		return nil, err
	}
	return &IDs{v}, nil
}

// Path is that of the store's file; empty if it has none.
func (qs *QuadStore) Path() string {
	if qs.from != nil {
		return ""
	}
	return qs.db.Path()
}

// Snapshot returns the state of the snapshot alone, without later changes and with
// nothing hidden, and its identity; nil if there is none. Its terms have the same ids.
func (x *IDs) Snapshot() (*IDs, snapshot.Identity) {
	base := x.v.Base()
	if base == nil || x.v.from != nil {
		return nil, snapshot.Identity{}
	}
	s := &db.State{Table: memtable.New(base), Numbering: x.v.State.Numbering, Version: x.v.State.Version}
	return &IDs{&view{State: s, pinned: x.v.pinned}}, base.ID()
}

// Changes is how many quads were added and removed since the snapshot.
func (x *IDs) Changes() int { return x.v.Len() }

// Numbering returns the numbering of the ids: ids of another numbering mean other terms.
func (x *IDs) Numbering() *plan.Numbering { return x.v.Numbering() }

// Last is the greatest number.
func (x *IDs) Last() term.ID { return x.v.Last() }

// Nodes counts the terms.
func (x *IDs) Nodes() uint64 { return x.v.NodeCount() }

// Find returns the id of a value, None if no quad has it.
func (x *IDs) Find(value quad.Value) (term.ID, error) {
	id, err := x.v.idOf(value)
	if err != nil || !x.v.Live(id) {
		return term.None, err
	}
	return id, nil
}

// Value gives the value of a number.
func (x *IDs) Value(id term.ID) (quad.Value, error) { return x.v.Value(id) }

// AppendText appends the text of an IRI or of a string without a tag, in a tenth of
// the time that Value takes; it is not ok for another value.
func (x *IDs) AppendText(dst []byte, id term.ID) (text []byte, ok bool) {
	from := len(dst)
	dst = x.v.Table.AppendKey(dst, id)
	text, ok = term.Text(dst[from:])
	return append(dst[:from], text...), ok
}

// AppendKey appends the key of a number.
func (x *IDs) AppendKey(dst []byte, id term.ID) []byte { return x.v.Table.AppendKey(dst, id) }

// IRIs are the numbers of the IRIs of a snapshot that begin so, from one up to
// another.
func (x *IDs) IRIs(begin string) (from, to term.ID) {
	r, base := term.Prefix(quad.IRI(begin))[0], x.v.Base()
	return base.Seek(r.From), base.Seek(r.To)
}

// Strings are the numbers of the strings of a snapshot, without tags and not empty, in the
// order of their bytes, from one up to another; none where terms are on a server.
func (x *IDs) Strings() (from, to term.ID) {
	base := x.v.Base()
	if base == nil || x.v.from != nil {
		return 0, 0
	}
	r := term.Prefix(quad.String(""))[0]
	return base.Seek(append(r.From, 0)), base.Seek(r.To) // after the key of the empty one
}

// Terms calls do with the number of every term until the context is done.
func (x *IDs) Terms(ctx context.Context, do func(term.ID)) error {
	var c plan.Cursor
	var ids [chunk]term.ID
	for ctx.Err() == nil {
		n := x.v.Nodes(&c, ids[:])
		if n == 0 {
			break
		}
		for _, id := range ids[:n] {
			do(id)
		}
	}
	runtime.KeepAlive(x.v)
	return ctx.Err()
}

// Resources distinguish literals from other terms by their ids.
type Resources struct {
	ids                   *IDs
	iris, blanks, changed term.ID // where each begin; changed are those that came later
}

// Resources are those of a state.
func (x *IDs) Resources() *Resources {
	r := &Resources{ids: x, iris: 1, blanks: 1, changed: 1}
	if base := x.v.Base(); base != nil {
		r.iris, r.blanks = base.Seek(term.Prefix(quad.IRI(""))[0].From), base.Seek(term.Prefix(quad.BNode(""))[0].From)
		r.changed = base.Terms() + 1
	}
	return r
}

// Literal reports whether a number is a literal's.
func (r *Resources) Literal(id term.ID) bool {
	if id < r.changed {
		return id < r.iris
	}
	value, err := r.ids.Value(id)
	_, iri := value.(quad.IRI)
	_, blank := value.(quad.BNode)
	return err == nil && !iri && !blank
}

// IRI reports whether a number is an IRI's.
func (r *Resources) IRI(id term.ID) bool {
	if id < r.changed {
		return id >= r.iris && id < r.blanks
	}
	value, err := r.ids.Value(id)
	_, iri := value.(quad.IRI)
	return err == nil && iri
}

// Count counts the quads of a pattern.
func (x *IDs) Count(p term.Pattern) uint64 { return x.v.Count(p) }

// Hides reports whether the quads under a label are hidden.
func (x *IDs) Hides(label term.ID) bool { return x.v.hidden != nil && x.v.hidden.has(label) }

// Each calls do with every quad of a pattern until the context is done.
func (x *IDs) Each(ctx context.Context, p term.Pattern, do func(term.Quad)) error {
	var w cursor
	var quads [chunk]term.Quad
	x.v.begin(&w, p)
	for ctx.Err() == nil {
		n := w.fill(quads[:])
		if n == 0 {
			break
		}
		for _, q := range quads[:n] {
			do(q)
		}
	}
	runtime.KeepAlive(x.v)
	return ctx.Err()
}

// Differing calls do with every quad in which the shown state differs from the snapshot:
// those added and removed since, and those hidden. It ends when do returns false.
func (x *IDs) Differing(do func(term.Quad) bool) {
	defer runtime.KeepAlive(x.v)
	for q := range x.v.Table.Changes() {
		if !do(q) {
			return
		}
	}
	if x.v.hidden == nil {
		return
	}
	bare := x.v.bare()
	for _, label := range x.v.hiddenLabels() {
		var w cursor
		var quads [chunk]term.Quad
		bare.begin(&w, under(label))
		for n := w.fill(quads[:]); n > 0; n = w.fill(quads[:]) {
			for _, q := range quads[:n] {
				if !do(q) {
					return
				}
			}
		}
	}
}
