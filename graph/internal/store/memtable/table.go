package memtable

import (
	"bytes"
	"slices"

	"github.com/tidwall/btree"

	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// Table is a snapshot with later changes: quads added, quads of the snapshot removed, and
// new terms. A table that others read never changes; Edit makes a copy that can be
// changed, which shares most of its memory.
type Table struct {
	base  *snapshot.Reader // nil is an empty one
	terms term.ID          // of base

	// orders hold each change once in every order quads are read in.
	orders  [numOrders]*btree.BTreeG[change]
	added   uint64
	removed uint64
	touched *bloom // nil if there never was a change

	// fresh are the keys of the terms that base lacks; the ID of fresh[i] is terms+1+i.
	// Versions share the memory: each sees only its own length, and only the newest is
	// ever appended to.
	fresh []string
	byKey *btree.BTreeG[freshTerm]

	// uses has for each term of a change its reference count, minus that in base.
	uses  *btree.BTreeG[use]
	nodes int64 // how many more terms are live than in base
}

// change is an entry of an order: a quad with its terms in that order.
type change struct {
	key   term.Quad
	added bool // false: a quad of the base is removed
}

type freshTerm struct {
	key string
	id  term.ID
}

type use struct {
	id   term.ID
	more int64
	live bool
}

// New makes a table of a snapshot, nil for an empty one, without changes.
func New(base *snapshot.Reader) *Table {
	t := &Table{base: base}
	if base != nil {
		t.terms = base.Terms()
	}
	// Half the usual degree: a commit copies the nodes it changes.
	options := btree.Options{NoLocks: true, Degree: 16}
	for i := range t.orders {
		t.orders[i] = btree.NewBTreeGOptions(func(a, b change) bool { return before(a.key, b.key) }, options)
	}
	t.byKey = btree.NewBTreeGOptions(func(a, b freshTerm) bool { return a.key < b.key }, options)
	t.uses = btree.NewBTreeGOptions(func(a, b use) bool { return a.id < b.id }, options)
	return t
}

// Base is the snapshot, nil if it is an empty one.
func (t *Table) Base() *snapshot.Reader { return t.base }

// Edit gives a copy that can be changed while t is read. Only one edit of the
// newest table goes on at a time.
func (t *Table) Edit() *Table {
	c := *t
	for i := range c.orders {
		c.orders[i] = t.orders[i].Copy()
	}
	c.byKey = t.byKey.Copy()
	c.uses = t.uses.Copy()
	return &c
}

// Fork gives a copy that can be changed, and so can t and other copies, each by itself.
func (t *Table) Fork() *Table {
	c := t.Edit()
	c.fresh = slices.Clip(c.fresh)
	return c
}

// Len is the number of changes.
func (t *Table) Len() int { return t.orders[bySubject].Len() }

// Find gives the term of a key.
func (t *Table) Find(key []byte) (term.ID, bool) {
	if t.base != nil {
		if id, ok := t.base.Find(key); ok {
			return id, true
		}
	}
	if len(t.fresh) == 0 {
		return term.None, false
	}
	f, ok := t.byKey.Get(freshTerm{key: string(key)})
	return f.id, ok
}

// add gives a key, which Find does not know, an ID.
func (t *Table) add(key []byte) term.ID {
	f := freshTerm{string(key), t.Last() + 1}
	t.fresh = append(t.fresh, f.key)
	t.byKey.Set(f)
	return f.id
}

// Know gives the terms of some keys an ID, though no quad has them.
func (t *Table) Know(keys [][]byte) {
	for _, key := range keys {
		if _, ok := t.Find(key); !ok {
			t.add(key)
		}
	}
}

// Last is the greatest ID.
func (t *Table) Last() term.ID { return t.terms + term.ID(len(t.fresh)) }

// AppendKey appends the key of a term, nothing for an ID that is none.
func (t *Table) AppendKey(dst []byte, id term.ID) []byte {
	switch {
	case id == term.None || id > t.Last():
		return dst
	case id > t.terms:
		return append(dst, t.fresh[id-t.terms-1]...)
	}
	return t.base.AppendKey(dst, id)
}

// inBase reports whether the snapshot has the quad, removed or not.
func (t *Table) inBase(q term.Quad) bool {
	return t.base != nil && slices.Max(q[:]) <= t.terms && t.base.Contains(q)
}

// Contains reports whether the quad is there.
func (t *Table) Contains(q term.Quad) bool {
	if t.Touches(term.Subject, q[term.Subject]) {
		if c, ok := t.orders[bySubject].Get(change{key: q}); ok {
			return c.added
		}
	}
	return t.inBase(q)
}

// set adds a quad that is not there, or removes one that is.
func (t *Table) set(q term.Quad, present bool) {
	differs := t.inBase(q) != present
	t.touch(q)
	for i := range t.orders {
		c := change{arrange(q, i), present}
		if differs {
			t.orders[i].Set(c)
		} else {
			t.orders[i].Delete(c)
		}
	}
	step := int64(1)
	switch {
	case present && differs:
		t.added++
	case present:
		t.removed--
	case differs:
		t.removed++
		step = -1
	default:
		t.added--
		step = -1
	}
	for _, id := range q {
		if id != term.None {
			t.use(id, step)
		}
	}
}

// use counts one reference to a term more, or less, than before.
func (t *Table) use(id term.ID, step int64) {
	u, ok := t.uses.Get(use{id: id})
	if !ok {
		u = use{id: id, live: id <= t.terms} // a snapshot has no unused terms
	}
	was := u.live
	u.more += step
	u.live = u.more > 0 || id <= t.terms && (u.more == 0 || t.baseUses(id)+u.more > 0)
	switch {
	case u.live && !was:
		t.nodes++
	case was && !u.live:
		t.nodes--
	}
	if u.more == 0 {
		t.uses.Delete(u)
	} else {
		t.uses.Set(u)
	}
}

// baseUses is the number of references to a term in the quads of the snapshot.
func (t *Table) baseUses(id term.ID) (n int64) {
	for position := range 4 {
		var p term.Pattern
		p.Quad[position] = id
		n += int64(t.base.Count(p))
	}
	return n
}

// Live reports whether a quad has the term.
func (t *Table) Live(id term.ID) bool {
	if id == term.None || id > t.Last() {
		return false
	}
	if t.Touches(anyPosition, id) {
		if u, ok := t.uses.Get(use{id: id}); ok {
			return u.live
		}
	}
	return id <= t.terms
}

// FreshIn appends the IDs of the terms that the snapshot has not and whose keys
// are in a range, in the order of their keys.
func (t *Table) FreshIn(dst []term.ID, r term.KeyRange) []term.ID {
	if len(t.fresh) == 0 {
		return dst
	}
	t.byKey.Ascend(freshTerm{key: string(r.From)}, func(f freshTerm) bool {
		if bytes.Compare([]byte(f.key), r.To) >= 0 {
			return false
		}
		dst = append(dst, f.id)
		return true
	})
	return dst
}
