package store

import (
	"bytes"
	"fmt"
	"math"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/journal"
	"kg/graph/internal/store/term"
)

// commit is a transaction on its way.
type commit struct {
	deltas []graph.Delta
	keys   [][4][]byte // those of the terms of each delta
	ignore graph.IgnoreOpts

	// What became of it, guarded by core.lead.
	done    bool
	err     error
	changes uint64 // quads that are there now and were not, or the other way round
}

// Add adds a delta that adds the quad of some keys. It implements sink.
func (t *commit) Add(subject, predicate, object, label []byte) error {
	keys := [4][]byte{subject, predicate, object, label}
	for i, key := range keys {
		keys[i] = bytes.Clone(key)
	}
	t.keys = append(t.keys, keys)
	t.deltas = append(t.deltas, graph.Delta{Action: graph.Add})
	return nil
}

// Close implements sink.
func (t *commit) Close() error { return nil }

// newCommit makes the keys, which needs no lock.
func newCommit(deltas []graph.Delta, ignore graph.IgnoreOpts) (*commit, error) {
	t := &commit{deltas: deltas, keys: make([][4][]byte, len(deltas)), ignore: ignore}
	var arena []byte
	for i, d := range deltas {
		if d.Action != graph.Add && d.Action != graph.Delete {
			return nil, &graph.DeltaError{Delta: d, Err: graph.ErrInvalidAction}
		}
		for place, v := range [4]quad.Value{d.Quad.Subject, d.Quad.Predicate, d.Quad.Object, d.Quad.Label} {
			if v == nil && place == term.Label {
				continue
			}
			// Predicates and labels repeat. Other types than IRI might not be
			// comparable.
			if iri, ok := v.(quad.IRI); ok && i > 0 && deltas[i-1].Quad.Get(quad.Directions[place]) == iri {
				t.keys[i][place] = t.keys[i-1][place]
				continue
			}
			at := len(arena)
			var err error
			if arena, err = term.Append(arena, v); err != nil {
				return nil, &graph.DeltaError{Delta: d, Err: fmt.Errorf("the quad has no %s that can be stored: %w", quad.Directions[place], err)}
			}
			t.keys[i][place] = arena[at:len(arena):len(arena)]
		}
	}
	return t, nil
}

// apply commits deltas as one: all or none, in their order, on disk when it
// returns without an error.
func (c *core) apply(deltas []graph.Delta, ignore graph.IgnoreOpts) error {
	t, err := newCommit(deltas, ignore)
	if err != nil {
		return err
	}
	return c.submit(t)
}

// submit commits a transaction.
func (c *core) submit(t *commit) error {
	c.queueMu.Lock()
	c.queue = append(c.queue, t)
	c.queueMu.Unlock()
	// Who comes first commits for all who came meanwhile: they share a sync.
	c.lead.Lock()
	defer c.lead.Unlock()
	if !t.done {
		c.queueMu.Lock()
		group := c.queue
		c.queue = nil
		c.queueMu.Unlock()
		c.commit(group)
	}
	return t.err
}

// commit writes a group of transactions. Each is judged on what those before
// it leave behind; if the writing fails, all of them do, those among them that
// had nothing to write too: what they found may have come from the others.
func (c *core) commit(group []*commit) {
	err := c.writable()
	if err == nil {
		err = c.write(group)
	}
	for _, t := range group {
		t.done = true
		if err != nil {
			t.err = err
		}
	}
	if err == nil {
		c.compactIfLong()
	}
}

func (c *core) write(group []*commit) (err error) {
	defer catch(&err)
	work := c.now.Load().edit()
	var out journal.Encoder
	for _, t := range group {
		t.err = t.run(work, &out)
	}
	if len(out.Payload) == 0 {
		return nil // and so work is what it was
	}
	if c.unsaved {
		c.publish(work)
		return nil
	}
	if err := c.begin(); err != nil {
		return err
	}
	if err := c.journal.Append(journal.Commit, out.Payload); err != nil {
		return err
	}
	c.publish(work)
	return nil
}

// touched is a quad of a transaction that is being judged.
type touched struct {
	quad     term.Quad
	was, is  bool
	keys     *[4][]byte
	newTerms bool // quad has IDs that hold in the transaction alone
}

// run judges the deltas on work one after the other and, if none is wrong,
// does to it and writes to out what they come to.
func (t *commit) run(work *overlay, out *journal.Encoder) error {
	if err := t.room(work); err != nil {
		return err
	}
	trial := trial{overlay: work, at: map[term.Quad]int{}}
	for i := range t.deltas {
		if err := trial.delta(t, i); err != nil {
			return err
		}
	}
	for i := range trial.list {
		if q := &trial.list[i]; q.was != q.is {
			trial.do(q, out)
			t.changes++
		}
	}
	return nil
}

// trial is what a transaction has come to so far. It gives new terms IDs of
// its own, beyond those of the overlay, so that nothing is left of it if it
// fails.
type trial struct {
	*overlay
	list []touched
	at   map[term.Quad]int // places in list
	own  map[string]term.ID
	ids  term.Quad // of the delta before
	keys *[4][]byte
}

func (t *trial) delta(c *commit, i int) error {
	keys := &c.keys[i]
	q, isNew := t.resolve(keys)
	at, ok := t.at[q]
	if !ok {
		at = len(t.list)
		was := !isNew && t.contains(q)
		t.list = append(t.list, touched{q, was, was, keys, isNew})
		t.at[q] = at
	}
	it := &t.list[at]
	d := c.deltas[i]
	switch {
	case d.Action == graph.Add && it.is && !c.ignore.IgnoreDup:
		return &graph.DeltaError{Delta: d, Err: graph.ErrQuadExists}
	case d.Action == graph.Delete && !it.is && !c.ignore.IgnoreMissing:
		return &graph.DeltaError{Delta: d, Err: graph.ErrQuadNotExist}
	}
	it.is = d.Action == graph.Add
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
		} else if id, ok := t.find(key); ok {
			q[i] = id
		} else {
			q[i] = t.ownID(key)
		}
		isNew = isNew || q[i] > t.last()
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
	id := t.last() + 1 + term.ID(len(t.own))
	t.own[string(key)] = id
	return id
}

// do carries out what came of a quad.
func (t *trial) do(q *touched, out *journal.Encoder) {
	ids := q.quad
	if q.newTerms {
		for i, key := range q.keys {
			if len(key) == 0 {
				continue
			}
			id, ok := t.find(key)
			if !ok {
				id = t.add(key)
			}
			ids[i] = id
		}
	}
	t.set(ids, q.is)
	out.Add(journal.Delta{Remove: !q.is, Keys: *q.keys})
}

// room is an error if the deltas could bring more terms than there are IDs.
func (t *commit) room(o *overlay) error {
	if most := uint64(o.last()) + 4*uint64(len(t.deltas)); most >= math.MaxUint32 {
		return fmt.Errorf("a store holds at most %d terms, and this one has %d", uint32(math.MaxUint32)-1, o.last())
	}
	return nil
}
