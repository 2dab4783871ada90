package db

import (
	"fmt"
	"runtime"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/snapshot"
)

// State is the content of a store at one moment. It never changes: a commit makes
// another. A reader keeps the state it began with.
type State struct {
	*memtable.Table
	Numbering Numbering // nil if DB.Number was not called
	Version   uint64    // grows with every state of a store
}

// Numbering is one numbering of terms: by a snapshot, and on from there. A caller that
// hands out ids of terms implements it, to resolve them later.
type Numbering interface {
	// Publish is called with each state whose terms are numbered so, before
	// anybody can read the state.
	Publish(*State)
	// Next makes the numbering that a new snapshot begins.
	Next() Numbering
}

// State is the present state.
func (d *DB) State() *State { return d.now.Load() }

// Readable is an error if the store is closed, or if damage was found where
// there was no error to return.
func (d *DB) Readable() error {
	err := ErrClosed
	if !d.closed.Load() {
		found := d.damage.Load()
		if found == nil {
			return nil
		}
		err = *found
	}
	return fmt.Errorf("reading store %q: %w", d.path, err)
}

// Damaged stores an error that could not be returned where it was found, for Readable to
// return.
func (d *DB) Damaged(err error) { d.damage.Store(&err) }

// Number makes n the numbering of the present state.
func (d *DB) Number(n Numbering) {
	d.lead.Lock()
	defer d.lead.Unlock()
	now := d.now.Load()
	d.enter(now.Table, n, now.Version)
}

// publish makes t, whose terms have unchanged ids, the state that readers see from now
// on. The caller leads.
func (d *DB) publish(t *memtable.Table) {
	now := d.now.Load()
	d.enter(t, now.Numbering, now.Version+1)
}

// rebase makes t, which is over another snapshot, the state that readers see. The caller
// leads.
func (d *DB) rebase(t *memtable.Table) {
	now := d.now.Load()
	n := now.Numbering
	if n != nil {
		n = n.Next()
	}
	d.enter(t, n, now.Version+1)
}

func (d *DB) enter(t *memtable.Table, n Numbering, version uint64) {
	s := &State{t, n, version}
	if n != nil {
		n.Publish(s)
	}
	d.now.Store(s)
}

// openSnapshot maps a snapshot until nothing refers to it any more. It is not unmapped
// earlier, by Close say: Cayley leaves iterators open, and reading an unmapped page would
// end the process.
func openSnapshot(path string) (*snapshot.Reader, error) {
	r, err := snapshot.Open(path)
	if err != nil {
		return nil, err
	}
	unmapLater(r)
	return r, nil
}

func unmapLater(r *snapshot.Reader) {
	runtime.SetFinalizer(r, func(r *snapshot.Reader) { r.Close() })
}
