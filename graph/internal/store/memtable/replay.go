package memtable

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"github.com/tidwall/btree"

	"kg/graph/internal/store/term"
	"kg/graph/internal/store/wal"
)

// Replay applies the records of a journal to a new table. It collects the net changes and
// sorts them once per order, which is several times faster than insertion one by one.
func (t *Table) Replay(records []wal.Record) error {
	r := replay{Table: t, there: map[term.Quad]bool{}}
	for _, record := range records {
		if record.Kind != wal.Commit {
			continue
		}
		if err := wal.Decode(record.Payload, r.delta); err != nil {
			return err
		}
	}
	r.finish()
	return nil
}

type replay struct {
	*Table
	there map[term.Quad]bool // the present membership of all quads in the records
	keys  [4]string          // the terms of the delta before
	ids   term.Quad
}

func (r *replay) delta(d wal.Delta) error {
	for i, key := range d.Keys {
		if string(key) == r.keys[i] {
			continue
		}
		r.keys[i] = string(key)
		r.ids[i] = term.None
		if len(key) == 0 {
			continue
		}
		id, ok := r.Find(key)
		if !ok {
			id = r.add(key)
		}
		r.ids[i] = id
	}
	if slices.Contains(r.ids[:term.Label], term.None) {
		return errors.New("a commit holds a quad without a subject, a predicate or an object")
	}
	r.there[r.ids] = !d.Remove
	return nil
}

func (r *replay) finish() {
	list := make([]change, 0, len(r.there))
	for q, there := range r.there {
		if r.inBase(q) != there {
			list = append(list, change{q, there})
		}
	}
	r.fill(list)
}

// fill makes changes, keyed as in bySubject, in a table that has none. The result is that
// of set for each of them.
func (t *Table) fill(list []change) {
	more := map[term.ID]int64{}
	for _, c := range list {
		t.touch(c.key)
		step := int64(1)
		if c.added {
			t.added++
		} else {
			t.removed++
			step = -1
		}
		for _, id := range c.key {
			if id != term.None {
				more[id] += step
			}
		}
	}
	for i := range t.orders {
		fillOrder(t.orders[i], list, i)
	}
	for _, id := range slices.Sorted(maps.Keys(more)) {
		if n := more[id]; n != 0 {
			t.use(id, n)
		}
	}
}

// fillOrder puts changes, their keys those of bySubject, into an empty order.
func fillOrder(tree *btree.BTreeG[change], list []change, order int) {
	// Two numbers compare in half the time of four.
	type packed struct {
		high, low uint64
		added     bool
	}
	sorted := make([]packed, len(list))
	for i, c := range list {
		k := arrange(c.key, order)
		sorted[i] = packed{uint64(k[0])<<32 | uint64(k[1]), uint64(k[2])<<32 | uint64(k[3]), c.added}
	}
	slices.SortFunc(sorted, func(a, b packed) int {
		if a.high != b.high {
			return cmp.Compare(a.high, b.high)
		}
		return cmp.Compare(a.low, b.low)
	})
	for _, c := range sorted {
		tree.Load(change{term.Quad{term.ID(c.high >> 32), term.ID(c.high), term.ID(c.low >> 32), term.ID(c.low)}, c.added})
	}
}
