package db

import (
	"errors"
	"fmt"
)

// Close ends the writing, after a running compaction: if it were aborted, a store with
// short-lived writers would never be compacted. A small store becomes one file. Readers
// go on with their states.
//
// A failure here loses no commit: all that was acknowledged is on disk. It is returned if
// there is no Warn.
func (d *DB) Close() error {
	d.await()
	err := d.fold()
	d.lead.Lock()
	first := !d.closed.Swap(true)
	d.lead.Unlock()
	if first {
		err = errors.Join(err, d.end())
	}
	if err == nil {
		return nil
	}
	err = fmt.Errorf("closing store %q: %w", d.path, err)
	if !d.quiet {
		return err
	}
	d.warn(fmt.Errorf("what was written is in, but %w: the next kg that writes tries again", err))
	return nil
}

// end lets go of the files.
func (d *DB) end() (err error) {
	d.cancel()
	d.await() // one that began just now, which ends soon: no other begins
	d.rewriting.Lock()
	defer d.rewriting.Unlock()
	d.lead.Lock()
	defer d.lead.Unlock()
	if d.journal != nil {
		err = errors.Join(err, d.journal.Close())
	}
	if d.lock != nil {
		err = errors.Join(err, d.lock.Unlock())
	}
	return errors.Join(err, d.failed)
}

// await waits for the background compaction.
func (d *DB) await() {
	d.lead.Lock()
	background := d.background
	d.lead.Unlock()
	if background != nil {
		<-background
	}
}

// fold makes a small store one file again when its writing ends: people copy
// the file they know of.
func (d *DB) fold() error {
	d.lead.Lock()
	journal := d.journalSize()
	small := journal > 0 && !d.calm && d.small(journal) && d.writable() == nil
	d.lead.Unlock()
	if !small {
		return nil
	}
	if err := d.compact(d.ctx, false); err != nil && !errors.Is(err, ErrClosed) {
		return fmt.Errorf("putting snapshot and journal into one file: %w", err)
	}
	return nil
}
