package store

import (
	"runtime"
	"slices"
	"sync/atomic"
	"weak"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// numbering is one numbering of the terms: by a snapshot, and on from there. It is held
// in memory, with the last state that has it, for as long as a ref has it.
type numbering struct {
	ref  plan.Numbering
	db   *db.DB
	last atomic.Pointer[db.State]

	// before are the numberings that came before, the oldest first, nil when
	// none of them is in use any more.
	before atomic.Pointer[[]weak.Pointer[numbering]]

	named atomic.Pointer[termCache] // nil until a value is asked for
}

// newNumbering makes the numbering after another, which may be nil.
func newNumbering(d *db.DB, last *numbering) *numbering {
	n := &numbering{db: d}
	n.ref.Terms = n
	if last == nil {
		return n
	}
	var before []weak.Pointer[numbering]
	if list := last.before.Load(); list != nil {
		before = slices.DeleteFunc(slices.Clone(*list), func(w weak.Pointer[numbering]) bool { return w.Value() == nil })
	}
	before = append(before, weak.Make(last))
	n.before.Store(&before)
	return n
}

// Publish implements db.Numbering.
func (n *numbering) Publish(s *db.State) { n.last.Store(s) }

// Next implements db.Numbering.
func (n *numbering) Next() db.Numbering { return newNumbering(n.db, n) }

// Earlier implements plan.Terms. Earlier numberings get no new terms, and the holder of
// an answer keeps its numbering in use: so it does not change.
func (n *numbering) Earlier(id term.ID) (plan.TermRef, bool) {
	before := n.before.Load()
	if before == nil {
		return plan.TermRef{}, false
	}
	used, node, err := n.among(*before, id)
	if err != nil {
		n.db.Damaged(err) // the next call reports it
	} else if !used {
		n.before.Store(nil)
	}
	return node, node.In != nil
}

func (n *numbering) among(before []weak.Pointer[numbering], id term.ID) (used bool, node plan.TermRef, err error) {
	defer snapshot.Catch(&err)
	var buf [128]byte
	var key []byte
	for _, w := range before {
		old := w.Value()
		if old == nil {
			continue
		}
		if !used {
			used, key = true, n.key(buf[:0], id)
		}
		s := old.last.Load()
		id, ok := s.Find(key)
		runtime.KeepAlive(s)
		if ok {
			return used, plan.TermRef{ID: id, In: &old.ref}, nil
		}
	}
	return used, node, nil
}

func (n *numbering) key(dst []byte, id term.ID) []byte {
	s := n.last.Load()
	dst = s.AppendKey(dst, id)
	runtime.KeepAlive(s)
	return dst
}

// decode returns the value of a term, nil if it is none, and the length of its key. The
// last state has all terms that any of the numbering has.
func (n *numbering) decode(id term.ID) (value quad.Value, long int, err error) {
	defer snapshot.Catch(&err)
	var buf [128]byte
	key := n.key(buf[:0], id)
	if len(key) == 0 {
		return nil, 0, nil
	}
	value, err = term.Value(key)
	return value, len(key), err
}

// numberingOf returns nil for a numbering that is not a store's.
func numberingOf(of *plan.Numbering) *numbering {
	if of == nil {
		return nil
	}
	n, _ := of.Terms.(*numbering)
	return n
}
