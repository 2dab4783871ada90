package memtable

import (
	"iter"

	"github.com/tidwall/btree"

	"kg/graph/internal/store/term"
)

// changes walks the changes of a pattern, in the order in which a snapshot
// gives its quads.
type changes struct {
	iter    btree.IterG[change]
	on      bool // iter stands on a change of the pattern
	order   int
	pattern term.Pattern
	from    term.Quad // the smallest key
	prefix  int       // number of leading terms that all keys share
	to      term.ID   // and the next term is less than this, if not None
}

// byObjectFirst reports in which of its two orders a snapshot gives the quads of
// a pattern, as a rule: see snapshot.Reader.Rows.
func byObjectFirst(p term.Pattern) bool {
	return p.Quad[term.Subject] == term.None &&
		(p.Quad[term.Object] != term.None || p.ObjectTo != term.None || p.Quad[term.Predicate] != term.None)
}

// orderOf chooses the order that a pattern narrows most, among those that are by object,
// or by subject, once the fixed terms are removed.
func orderOf(p term.Pattern, byObjects bool) int {
	switch {
	case p.Quad[term.Subject] != term.None:
		return bySubject
	case byObjects && p.Quad[term.Object] != term.None:
		return byObject
	case byObjects && p.Quad[term.Predicate] != term.None:
		return byPredicate
	case byObjects:
		return byObject
	case p.Quad[term.Label] != term.None:
		return byLabel
	}
	return bySubject
}

// walk begins a walk, by (object, predicate, subject, label) or by (subject,
// predicate, object, label).
func (t *Table) walk(p term.Pattern, byObjects bool) *changes {
	c := &changes{pattern: p, order: orderOf(p, byObjects)}
	key := arrange(p.Quad, c.order)
	for c.prefix < len(key) && key[c.prefix] != term.None {
		c.prefix++
	}
	copy(c.from[:], key[:c.prefix])
	if c.prefix < len(key) && orders[c.order][c.prefix] == term.Object && p.ObjectTo != term.None {
		c.from[c.prefix], c.to = p.ObjectFrom, p.ObjectTo
	}
	c.iter.Init(t.orders[c.order], false)
	c.on = c.iter.Seek(change{key: c.from})
	c.settle()
	return c
}

// seek goes to the first change that is not before q in the order of the walk.
func (c *changes) seek(q term.Quad) {
	c.on = c.iter.Seek(change{key: arrange(q, c.order)})
	c.settle()
}

// next goes to the next change.
func (c *changes) next() {
	c.on = c.iter.Next()
	c.settle()
}

// settle goes on to the first change that the pattern selects.
func (c *changes) settle() {
	for ; c.on; c.on = c.iter.Next() {
		key := c.iter.Item().key
		for i := range c.prefix {
			if key[i] != c.from[i] {
				c.on = false
				return
			}
		}
		if c.to != term.None && key[c.prefix] >= c.to {
			c.on = false
			return
		}
		if c.pattern.Matches(restore(key, c.order)) {
			return
		}
	}
}

// quad is the quad of the current change, and whether it was added.
func (c *changes) quad() (term.Quad, bool) {
	item := c.iter.Item()
	return restore(item.key, c.order), item.added
}

// Changes ranges over the quads that were added or removed since the snapshot.
func (t *Table) Changes() iter.Seq[term.Quad] {
	return func(yield func(term.Quad) bool) {
		t.orders[bySubject].Scan(func(c change) bool { return yield(restore(c.key, bySubject)) })
	}
}
