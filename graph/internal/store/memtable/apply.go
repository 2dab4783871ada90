package memtable

import (
	"bytes"
	"fmt"
	"math"

	"kg/graph/internal/store/term"
	"kg/graph/internal/store/wal"
)

// Transaction is a set of changes that are made atomically. Each delta is judged on the
// result of those before it.
type Transaction struct {
	Deltas        []wal.Delta
	IgnoreDup     bool // to add a quad that is there is no error
	IgnoreMissing bool // to remove one that is not is none
}

// Add adds a delta that adds the quad of some keys, which it copies.
func (tx *Transaction) Add(subject, predicate, object, label []byte) error {
	keys := [4][]byte{subject, predicate, object, label}
	for i, key := range keys {
		keys[i] = bytes.Clone(key)
	}
	tx.Deltas = append(tx.Deltas, wal.Delta{Keys: keys})
	return nil
}

// Close does nothing: with Add it makes a transaction a target of loads.
func (tx *Transaction) Close() error { return nil }

// DeltaError is a delta that adds a quad that is there, or removes one that
// is not.
type DeltaError struct {
	Delta int // its index
	There bool
}

// Error names the delta by its number, from 1.
func (e *DeltaError) Error() string {
	if e.There {
		return fmt.Sprintf("change %d adds a quad that is there", e.Delta+1)
	}
	return fmt.Sprintf("change %d removes a quad that is not there", e.Delta+1)
}

// Apply judges the deltas one after the other and, if none is wrong, applies their net
// effect to t and writes it to out. It returns the number of quads added and removed.
// After an error t is unchanged.
func (t *Table) Apply(tx *Transaction, out *wal.Encoder) (changes uint64, err error) {
	if most := uint64(t.Last()) + 4*uint64(len(tx.Deltas)); most >= math.MaxUint32 {
		return 0, fmt.Errorf("a store holds at most %d terms, and this one has %d", uint32(math.MaxUint32)-1, t.Last())
	}
	trial := trial{Table: t, at: map[term.Quad]int{}}
	for i := range tx.Deltas {
		if err := trial.delta(tx, i); err != nil {
			return 0, err
		}
	}
	return trial.do(out), nil
}

// judged is a quad of a transaction that is being judged.
type judged struct {
	quad     term.Quad
	was, is  bool
	keys     *[4][]byte
	newTerms bool // quad has IDs that hold in the transaction alone
}

// trial is the result of a transaction so far. It gives new terms IDs of its own, beyond
// those of the table, so that a failure leaves no trace.
type trial struct {
	*Table
	list []judged
	at   map[term.Quad]int // indexes of list
	own  map[string]term.ID
	ids  term.Quad // of the delta before
	keys *[4][]byte
}

func (t *trial) delta(tx *Transaction, i int) error {
	d := &tx.Deltas[i]
	q, isNew := t.resolve(&d.Keys)
	at, ok := t.at[q]
	if !ok {
		at = len(t.list)
		was := !isNew && t.Contains(q)
		t.list = append(t.list, judged{q, was, was, &d.Keys, isNew})
		t.at[q] = at
	}
	it := &t.list[at]
	if !d.Remove && it.is && !tx.IgnoreDup || d.Remove && !it.is && !tx.IgnoreMissing {
		return &DeltaError{i, it.is}
	}
	it.is = !d.Remove
	return nil
}

// resolve gives the quad of keys, and whether it has a term that is new.
func (t *trial) resolve(keys *[4][]byte) (q term.Quad, isNew bool) {
	for i, key := range keys {
		if len(key) == 0 {
			continue
		}
		if t.keys != nil && string(t.keys[i]) == string(key) {
			q[i] = t.ids[i]
		} else if id, ok := t.Find(key); ok {
			q[i] = id
		} else {
			q[i] = t.ownID(key)
		}
		isNew = isNew || q[i] > t.Last()
	}
	t.keys, t.ids = keys, q
	return q, isNew
}

func (t *trial) ownID(key []byte) term.ID {
	if id, ok := t.own[string(key)]; ok {
		return id
	}
	if t.own == nil {
		t.own = map[string]term.ID{}
	}
	id := t.Last() + 1 + term.ID(len(t.own))
	t.own[string(key)] = id
	return id
}

// do applies the changes of quads, and returns their number. Into a table without changes
// they are filled together.
func (t *trial) do(out *wal.Encoder) (changes uint64) {
	first := t.Len() == 0
	var list []change
	for i := range t.list {
		q := &t.list[i]
		if q.was == q.is {
			continue
		}
		changes++
		ids := t.known(q)
		if first {
			list = append(list, change{ids, q.is})
		} else {
			t.set(ids, q.is)
		}
		out.Add(wal.Delta{Remove: !q.is, Keys: *q.keys})
	}
	t.fill(list)
	return changes
}

// known is a quad with IDs of the table, which its new terms get here.
func (t *trial) known(q *judged) term.Quad {
	ids := q.quad
	if !q.newTerms {
		return ids
	}
	for i, key := range q.keys {
		if len(key) == 0 || ids[i] <= t.terms {
			continue
		}
		id, ok := t.Find(key)
		if !ok {
			id = t.add(key)
		}
		ids[i] = id
	}
	return ids
}
