package snapshot

import (
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"math/bits"
	"slices"
)

// Batch takes quads for a Builder. It is used by one goroutine at a time.
type Batch struct {
	b     *Builder
	seed  maphash.Seed
	table []uint64 // by hash: its high half, then the number of a key plus 1
	keys  keySorter
	rows  []row // by numbers of keys plus 1
	spare []row // as many
	ranks []uint32

	subject, label uint32 // of the row before
	predicates     [256]uint32
	err            error
}

// maxKey is the length of the longest key, in bytes.
const maxKey = 1 << 28

var errClosed = errors.New("snapshot builder: the batch is closed")

// NewBatch returns a new batch.
func (b *Builder) NewBatch() *Batch {
	b.mu.Lock()
	b.open++
	b.mu.Unlock()
	l := b.limits
	return &Batch{
		b:     b,
		seed:  maphash.MakeSeed(),
		table: make([]uint64, 1<<bits.Len(uint(2*l.terms))),
		rows:  make([]row, 0, l.rows),
		spare: make([]row, l.rows),
		ranks: make([]uint32, l.terms+1),
		keys:  keySorter{ends: make([]uint32, 0, l.terms), arena: make([]byte, 0, l.arena)},
	}
}

// Add adds a quad by the keys of its terms; an empty label is none, no other
// key may be empty, and none longer than 256 MiB. It keeps none of its
// arguments. Now and then it sorts what was added and, when memory is short,
// writes it to a file: its errors are those of writing. After an error the
// Builder can only be closed.
func (t *Batch) Add(subject, predicate, object, label []byte) error {
	if t.err != nil {
		return t.err
	}
	if len(subject) == 0 || len(predicate) == 0 || len(object) == 0 {
		return errors.New("snapshot builder: adding a quad: a term has an empty key")
	}
	size := len(subject) + len(predicate) + len(object) + len(label)
	if size > maxKey {
		return fmt.Errorf("snapshot builder: adding a quad: keys of %d bytes, more than %d", size, maxKey)
	}
	if l := &t.b.limits; len(t.rows) == l.rows || len(t.keys.ends)+4 > l.terms || len(t.rows) > 0 && len(t.keys.arena)+size > l.arena {
		if err := t.flush(); err != nil {
			return err
		}
	}
	if t.subject == 0 || !bytes.Equal(t.keys.key(uint64(t.subject-1)), subject) {
		t.subject = t.number(subject)
	}
	p := t.predicate(predicate)
	o := t.number(object)
	l := uint32(0)
	if len(label) > 0 {
		if t.label == 0 || !bytes.Equal(t.keys.key(uint64(t.label-1)), label) {
			t.label = t.number(label)
		}
		l = t.label
	}
	t.rows = append(t.rows, makeRow(t.subject, p, o, l))
	return nil
}

// predicate is number for keys of which there are few.
func (t *Batch) predicate(key []byte) uint32 {
	n := len(key)
	slot := &t.predicates[(uint(key[n-1])+uint(key[n/2])*31+uint(key[n-1-min(n-1, 1)])*7+uint(n)*13)%256]
	if *slot == 0 || !bytes.Equal(t.keys.key(uint64(*slot-1)), key) {
		*slot = t.number(key)
	}
	return *slot
}

// number returns the number of a key in this batch, plus 1.
func (t *Batch) number(key []byte) uint32 {
	h := maphash.Bytes(t.seed, key)
	mask := uint64(len(t.table) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		e := t.table[i]
		if e == 0 {
			t.keys.arena = append(t.keys.arena, key...)
			t.keys.ends = append(t.keys.ends, uint32(len(t.keys.arena)))
			n := uint32(len(t.keys.ends))
			t.table[i] = h&^(1<<32-1) | uint64(n)
			return n
		}
		if (e^h)>>32 == 0 && bytes.Equal(t.keys.key(e&(1<<32-1)-1), key) {
			return uint32(e)
		}
	}
}

// flush makes what was added a run.
func (t *Batch) flush() error {
	r, err := t.sorted()
	if err != nil {
		t.err = t.b.fail(fmt.Errorf("sorting quads: %w", err))
		return t.err
	}
	t.b.addRun(r)
	clear(t.table)
	clear(t.predicates[:])
	t.subject, t.label = 0, 0
	t.keys.arena, t.keys.ends, t.rows = t.keys.arena[:0], t.keys.ends[:0], t.rows[:0]
	return nil
}

// sorted sorts keys and rows, these by the ranks of their keys, and writes
// both.
func (t *Batch) sorted() (run, error) {
	n := len(t.keys.ends) // at most half of the spare rows
	items := t.spare[:n]
	for i := range items {
		items[i].b = uint64(i)
	}
	t.keys.scratch = t.spare[n:]
	t.keys.sort(items, 0)
	w := t.b.scratch.newKeyRun()
	for i, it := range items {
		t.ranks[it.b+1] = uint32(i) + 1
		w.add(t.keys.key(it.b))
	}
	keys, err := w.finish()
	if err != nil {
		return run{}, err
	}
	for i, r := range t.rows {
		s, p, o, l := r.columns()
		t.rows[i] = makeRow(t.ranks[s], t.ranks[p], t.ranks[o], t.ranks[l])
	}
	sortRows(t.rows, t.spare)
	v := t.b.scratch.newRowRun()
	v.add(slices.Compact(t.rows))
	rows, err := v.finish()
	return run{keys, rows}, err
}

// Close hands over what was added. The batch cannot be used any more.
func (t *Batch) Close() error {
	if t.err == errClosed {
		return nil
	}
	err := t.err
	if err == nil && len(t.rows) > 0 {
		err = t.flush()
	}
	t.b.mu.Lock()
	t.b.open--
	t.b.mu.Unlock()
	*t = Batch{b: t.b, err: errClosed}
	return err
}
