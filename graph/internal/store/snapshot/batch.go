package snapshot

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
)

// BatchWriter takes quads for a Builder. It is used by one goroutine at a time.
type BatchWriter struct {
	b     *Builder
	keys  keyNumbers
	room  room
	rows  []row    // by numbers of keys plus 1; 0 is no label
	spare []row    // as many as room is for, made when they are needed
	ranks []uint32 // of numbers plus 1, likewise
	err   error

	predicates [256]uint32 // numbers plus 1 of keys, by a cheap hash
	wait       waiting
}

// waiting are quads whose keys were not looked up yet.
type waiting struct {
	quads   [waitQuads][4]int32 // number plus 1 of a key, or ^ of an index here
	n       int
	text    []byte // of the keys
	ends    [fetchKeys]int
	hashes  [fetchKeys]uint64
	keys    int
	subject int32 // of the quad before, as in quads
	label   int32
	same    struct{ subject, label []byte } // their keys
}

const (
	waitQuads = fetchKeys / 3
	waitText  = 16 << 10 // bytes of keys that do not wait for more
	maxKey    = 1 << 28  // bytes of the keys of a quad
)

var errClosed = errors.New("snapshot builder: the batch is closed")

// NewBatch returns a new batch.
func (b *Builder) NewBatch() *BatchWriter {
	b.mu.Lock()
	b.open++
	b.mu.Unlock()
	r := roomFor(min(b.limits.rows, firstRows))
	return &BatchWriter{b: b, room: r, keys: newKeyTable(r.terms, r.arena+2*waitText), rows: make([]row, 0, r.rows)}
}

// A batch begins small, and grows up to its maximum: allocating a large block takes long
// in a process that has used the memory before.
const (
	firstRows = 1 << 15
	growth    = 8
)

// grow makes room for more. It is false if there is none.
func (t *BatchWriter) grow() bool {
	if t.room.rows >= t.b.limits.rows {
		return false
	}
	t.room = roomFor(min(t.b.limits.rows, growth*t.room.rows))
	t.rows = append(make([]row, 0, t.room.rows), t.rows...)
	t.keys.grow(t.room.terms, t.room.arena+2*waitText)
	return true
}

// Add adds a quad by the keys of its terms; an empty label is none, no other key may be
// empty, and all together have 256 MiB at most. It retains none of its arguments. From
// time to time it sorts the added quads and, when memory is short, writes them to a file:
// its errors are those of writing. After an error the Builder can only be closed.
func (t *BatchWriter) Add(subject, predicate, object, label []byte) error {
	if t.err != nil {
		return t.err
	}
	if len(subject) == 0 || len(predicate) == 0 || len(object) == 0 {
		return errors.New("snapshot builder: adding a quad: a term has an empty key")
	}
	if size := len(subject) + len(predicate) + len(object) + len(label); size > maxKey {
		return fmt.Errorf("snapshot builder: adding a quad: keys of %d bytes, more than %d", size, maxKey)
	}
	w := &t.wait
	if w.subject == 0 || !bytes.Equal(w.same.subject, subject) {
		w.subject = t.later(subject)
		w.same.subject = append(w.same.subject[:0], subject...)
	}
	q := &w.quads[w.n]
	*q = [4]int32{w.subject, int32(t.predicate(predicate)), t.later(object), 0}
	if len(label) > 0 {
		if w.label == 0 || !bytes.Equal(w.same.label, label) {
			w.label = t.later(label)
			w.same.label = append(w.same.label[:0], label...)
		}
		q[3] = w.label
	}
	if w.n++; w.n == waitQuads || len(w.text) >= waitText {
		return t.lookUp()
	}
	return nil
}

// later lets a key wait, and returns ^ of its index.
func (t *BatchWriter) later(key []byte) int32 {
	w := &t.wait
	w.text = append(w.text, key...)
	w.ends[w.keys] = len(w.text)
	w.hashes[w.keys] = t.keys.hash(key)
	w.keys++
	return int32(-w.keys)
}

// predicate returns the number, plus 1, of a key of which there are few.
func (t *BatchWriter) predicate(key []byte) uint32 {
	n := len(key)
	slot := &t.predicates[(uint(key[n-1])+31*uint(key[n/2])+7*uint(key[(n-1)*3/4])+13*uint(n))%256]
	if *slot == 0 || !bytes.Equal(t.keys.key(*slot-1), key) {
		*slot = t.keys.number(key, t.keys.hash(key)) + 1
	}
	return *slot
}

// lookUp gives the keys that wait their numbers and makes rows of the quads.
func (t *BatchWriter) lookUp() error {
	w := &t.wait
	t.keys.fetch(w.hashes[:w.keys])
	var numbers [fetchKeys]int32
	from := 0
	for i, end := range w.ends[:w.keys] {
		numbers[i] = int32(t.keys.number(w.text[from:end], w.hashes[i])) + 1
		from = end
	}
	known := func(v int32) uint32 {
		if v < 0 {
			v = numbers[^v]
		}
		return uint32(v)
	}
	for _, q := range w.quads[:w.n] {
		t.rows = append(t.rows, makeRow(known(q[0]), uint32(q[1]), known(q[2]), known(q[3])))
	}
	w.subject, w.label = int32(known(w.subject)), int32(known(w.label))
	w.text, w.n, w.keys = w.text[:0], 0, 0
	full := len(t.rows)+waitQuads > t.room.rows || len(t.keys.at)+waitQuads+fetchKeys > t.room.terms || len(t.keys.arena) > t.room.arena
	if full && !t.grow() {
		return t.flush()
	}
	return nil
}

// flush makes the added quads a run.
func (t *BatchWriter) flush() error {
	r, err := t.sorted()
	if err != nil {
		t.err = t.b.fail(fmt.Errorf("sorting quads: %w", err))
		return t.err
	}
	t.b.addRun(r)
	t.keys.clear()
	clear(t.predicates[:])
	t.wait.subject, t.wait.label = 0, 0
	t.rows = t.rows[:0]
	return nil
}

// sorted sorts keys and rows, these by the ranks of their keys, and writes
// both.
func (t *BatchWriter) sorted() (batchRun, error) {
	if len(t.spare) < t.room.rows {
		t.spare, t.ranks = make([]row, t.room.rows), make([]uint32, t.room.terms+1)
	}
	n := len(t.keys.at) // at most half of the spare rows
	items := t.spare[:n]
	for i := range items {
		items[i].b = uint64(i)
	}
	sorter := keySorter{keyNumbers: &t.keys, scratch: t.spare[n:]}
	sorter.sort(items, 0)
	w := t.b.scratch.newKeyRun()
	for i, it := range items {
		t.ranks[it.b+1] = uint32(i) + 1
		w.add(t.keys.key(uint32(it.b)))
	}
	keys, err := w.finish()
	if err != nil {
		return batchRun{}, err
	}
	for i, r := range t.rows {
		s, p, o, l := r.columns()
		t.rows[i] = makeRow(t.ranks[s], t.ranks[p], t.ranks[o], t.ranks[l])
	}
	sortRows(t.rows, t.spare)
	v := t.b.scratch.newRowRun()
	v.add(slices.Compact(t.rows))
	rows, err := v.finish()
	return batchRun{keys, rows}, err
}

// Close hands over the added quads. The batch cannot be used any more.
func (t *BatchWriter) Close() error {
	if t.err == errClosed {
		return nil
	}
	err := t.err
	if err == nil && t.wait.n > 0 {
		err = t.lookUp()
	}
	if err == nil && len(t.rows) > 0 {
		err = t.flush()
	}
	t.b.mu.Lock()
	t.b.open--
	t.b.mu.Unlock()
	*t = BatchWriter{b: t.b, err: errClosed}
	return err
}
