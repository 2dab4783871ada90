package db

import (
	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/wal"
)

// waiter is a transaction waiting to be committed. Its result is guarded by DB.lead.
type waiter struct {
	*memtable.Transaction
	done    bool
	err     error
	changes uint64
}

// Commit commits a transaction, atomically. It is on disk when Commit returns without an
// error, with the number of quads by which the store changed. A delta that another
// forbids is a *memtable.DeltaError.
//
// Concurrent transactions are a group: the first waiter becomes the leader and commits
// the whole group with one sync.
func (d *DB) Commit(tx *memtable.Transaction) (changes uint64, err error) {
	w := &waiter{Transaction: tx}
	d.queueMu.Lock()
	d.queue = append(d.queue, w)
	d.queueMu.Unlock()
	d.lead.Lock()
	defer d.lead.Unlock()
	if !w.done {
		d.queueMu.Lock()
		group := d.queue
		d.queue = nil
		d.queueMu.Unlock()
		d.commit(group)
	}
	return w.changes, w.err
}

// commit writes a group of transactions. Each is judged on the result of those before it;
// if the writing fails, all of them fail, those with nothing to write too: the state they
// were judged on may have come from the others.
func (d *DB) commit(group []*waiter) {
	err := d.writable()
	if err == nil {
		err = d.write(group)
	}
	for _, w := range group {
		w.done = true
		if err != nil {
			w.err = err
		}
	}
	if err == nil {
		d.compactIfLong()
	}
}

func (d *DB) write(group []*waiter) (err error) {
	defer snapshot.Catch(&err)
	work := d.now.Load().Edit()
	var out wal.Encoder
	for _, w := range group {
		w.changes, w.err = work.Apply(w.Transaction, &out)
	}
	if len(out.Payload) == 0 {
		return nil // and so work is unchanged
	}
	if d.unsaved {
		d.publish(work)
		return nil
	}
	if err := d.begin(); err != nil {
		return err
	}
	if err := d.journal.Append(wal.Commit, out.Payload); err != nil {
		return err
	}
	d.publish(work)
	return nil
}
