package store

import (
	"bytes"
	"slices"

	"github.com/tidwall/btree"

	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// overlay is what a state has beyond its snapshot: quads added and quads of
// the snapshot removed, and the terms of the former. A published overlay never
// changes; edit makes one that can be.
type overlay struct {
	base  *snapshot.Reader // nil is an empty one
	terms term.ID          // of base

	// orders hold each change once in every order quads are read in.
	orders  [numOrders]*btree.BTreeG[change]
	added   uint64
	removed uint64
	touched *places // nil if there never was a change

	// fresh are the keys of the terms that base has not; the ID of fresh[i] is
	// terms+1+i. Versions share the memory: each sees only as much of it as it
	// is long, and only the newest is ever appended to.
	fresh []string
	byKey *btree.BTreeG[freshTerm]

	// uses tells of each term of a change how many places of quads it has more
	// than in base.
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

// The orders, named after what comes first, and the places in each.
const (
	bySubject = iota
	byObject
	byPredicate
	byLabel
	numOrders
)

var orders = [numOrders][4]int{
	bySubject:   {term.Subject, term.Predicate, term.Object, term.Label},
	byObject:    {term.Object, term.Predicate, term.Subject, term.Label},
	byPredicate: {term.Predicate, term.Object, term.Subject, term.Label},
	byLabel:     {term.Label, term.Subject, term.Predicate, term.Object},
}

// arrange puts the terms of a quad into an order.
func arrange(q term.Quad, order int) term.Quad {
	o := &orders[order]
	return term.Quad{q[o[0]], q[o[1]], q[o[2]], q[o[3]]}
}

// restore is the inverse of arrange.
func restore(key term.Quad, order int) (q term.Quad) {
	for i, place := range orders[order] {
		q[place] = key[i]
	}
	return q
}

func before(a, b term.Quad) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

func newOverlay(base *snapshot.Reader) *overlay {
	o := &overlay{base: base}
	if base != nil {
		o.terms = base.Terms()
	}
	// Half the usual degree: a commit copies the nodes it changes.
	options := btree.Options{NoLocks: true, Degree: 16}
	for i := range o.orders {
		o.orders[i] = btree.NewBTreeGOptions(func(a, b change) bool { return before(a.key, b.key) }, options)
	}
	o.byKey = btree.NewBTreeGOptions(func(a, b freshTerm) bool { return a.key < b.key }, options)
	o.uses = btree.NewBTreeGOptions(func(a, b use) bool { return a.id < b.id }, options)
	return o
}

// edit gives a copy that can be changed while o is read. Only one edit of the
// newest overlay goes on at a time.
func (o *overlay) edit() *overlay {
	c := *o
	for i := range c.orders {
		c.orders[i] = o.orders[i].Copy()
	}
	c.byKey = o.byKey.Copy()
	c.uses = o.uses.Copy()
	return &c
}

// len is the number of changes.
func (o *overlay) len() int { return o.orders[bySubject].Len() }

// find gives the term of a key.
func (o *overlay) find(key []byte) (term.ID, bool) {
	if o.base != nil {
		if id, ok := o.base.Find(key); ok {
			return id, true
		}
	}
	if len(o.fresh) == 0 {
		return term.None, false
	}
	f, ok := o.byKey.Get(freshTerm{key: string(key)})
	return f.id, ok
}

// add gives a key, which find does not know, an ID.
func (o *overlay) add(key []byte) term.ID {
	f := freshTerm{string(key), o.last() + 1}
	o.fresh = append(o.fresh, f.key)
	o.byKey.Set(f)
	return f.id
}

// last is the greatest ID.
func (o *overlay) last() term.ID { return o.terms + term.ID(len(o.fresh)) }

// appendKey appends the key of a term.
func (o *overlay) appendKey(dst []byte, id term.ID) []byte {
	switch {
	case id == term.None || id > o.last():
		return dst
	case id > o.terms:
		return append(dst, o.fresh[id-o.terms-1]...)
	}
	return o.base.AppendKey(dst, id)
}

// inBase tells whether the snapshot has the quad, removed or not.
func (o *overlay) inBase(q term.Quad) bool {
	return o.base != nil && slices.Max(q[:]) <= o.terms && o.base.Contains(q)
}

// contains tells whether the quad is there.
func (o *overlay) contains(q term.Quad) bool {
	if o.touches(term.Subject, q[term.Subject]) {
		if c, ok := o.orders[bySubject].Get(change{key: q}); ok {
			return c.added
		}
	}
	return o.inBase(q)
}

// set adds a quad that is not there, or removes one that is.
func (o *overlay) set(q term.Quad, present bool) {
	differs := o.inBase(q) != present
	o.touch(q)
	for i := range o.orders {
		c := change{arrange(q, i), present}
		if differs {
			o.orders[i].Set(c)
		} else {
			o.orders[i].Delete(c)
		}
	}
	step := int64(1)
	switch {
	case present && differs:
		o.added++
	case present:
		o.removed--
	case differs:
		o.removed++
		step = -1
	default:
		o.added--
		step = -1
	}
	for _, id := range q {
		if id != term.None {
			o.use(id, step)
		}
	}
}

// use notes that a term has a place more, or less, than before.
func (o *overlay) use(id term.ID, step int64) {
	u, ok := o.uses.Get(use{id: id})
	if !ok {
		u = use{id: id, live: id <= o.terms} // a snapshot has no unused terms
	}
	was := u.live
	u.more += step
	u.live = u.more > 0 || id <= o.terms && (u.more == 0 || o.baseUses(id)+u.more > 0)
	switch {
	case u.live && !was:
		o.nodes++
	case was && !u.live:
		o.nodes--
	}
	if u.more == 0 {
		o.uses.Delete(u)
	} else {
		o.uses.Set(u)
	}
}

// baseUses is the number of places a term has in the quads of the snapshot.
func (o *overlay) baseUses(id term.ID) (n int64) {
	for place := range 4 {
		var p term.Pattern
		p.Quad[place] = id
		n += int64(o.base.Count(p))
	}
	return n
}

// live tells whether a quad has the term.
func (o *overlay) live(id term.ID) bool {
	if id == term.None || id > o.last() {
		return false
	}
	if o.touches(anyPlace, id) {
		if u, ok := o.uses.Get(use{id: id}); ok {
			return u.live
		}
	}
	return id <= o.terms
}

// freshIn appends the IDs of the fresh terms whose keys are in a range, in the
// order of their keys.
func (o *overlay) freshIn(dst []term.ID, r term.Range) []term.ID {
	if len(o.fresh) == 0 {
		return dst
	}
	o.byKey.Ascend(freshTerm{key: string(r.From)}, func(f freshTerm) bool {
		if bytes.Compare([]byte(f.key), r.To) >= 0 {
			return false
		}
		dst = append(dst, f.id)
		return true
	})
	return dst
}
