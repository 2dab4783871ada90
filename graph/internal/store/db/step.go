package db

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/wal"
)

// Position identifies the content of a store's files: those of one position have the same
// quads. A compaction changes the position.
type Position string

// positionAfter is that of a snapshot and the records of the journal after it.
func positionAfter(id snapshot.Identity, log *wal.Log, records []wal.Record) Position {
	for _, r := range slices.Backward(records) {
		if r.Kind == wal.Commit { // a checkpoint may be that of a snapshot that was never renamed into place
			return positionOf(id, log.Salt, r.Number, r.Payload)
		}
	}
	return positionOfSnapshot(id)
}

func positionOfSnapshot(id snapshot.Identity) Position { return Position(hex.EncodeToString(id[:])) }

// positionOf returns the position of a snapshot and the last commit after it, which is
// identified by its content too: an unfinished commit left by a kill does not count, and
// the next gets its number.
func positionOf(id snapshot.Identity, salt [8]byte, number uint64, payload []byte) Position {
	sum := sha256.Sum256(append(binary.LittleEndian.AppendUint64(salt[:], number), payload...))
	return positionOfSnapshot(id) + "+" + Position(hex.EncodeToString(sum[:]))
}

// Opened is the position of the store when it was opened, or after the last Step;
// empty if there was no store.
func (d *DB) Opened() Position {
	d.lead.Lock()
	defer d.lead.Unlock()
	return d.opened
}

// ErrOtherCount is a Step that would come to another number of quads than expected.
var ErrOtherCount = errors.New("the quads would be another number than expected")

// Transition is a change of a store of which something is noted elsewhere.
type Transition struct {
	// Remove and Add are quads, as the keys of their terms, that go, if they are there,
	// and come, if they are not. No quad is in both.
	Remove, Add [][4][]byte
	// Fill, if it is not nil, supplies all the quads that the store is to have, replacing
	// the present ones.
	Fill func(context.Context, Target) error
	// Quads is how many the store is to have afterwards; not asked for with Fill.
	Quads uint64
	// Note is called with the position that the store is going to have. Once Note has
	// returned, the transition takes effect, unless the process is killed; if Note fails,
	// nothing is done. A store of Scratch has no positions, and does not call it.
	Note func(Position) error
}

// Step makes a transition, atomically. It is on disk when it returns without an error. No
// other write to the store through this handle may run meanwhile.
func (d *DB) Step(ctx context.Context, s Transition) error {
	return d.rewrite(ctx, func(ctx context.Context) error { return d.step(ctx, &s) })
}

func (d *DB) step(ctx context.Context, s *Transition) error {
	now, held, err := d.position()
	if err != nil {
		return err
	}
	if s.Fill != nil {
		return d.stepAnew(ctx, s, memtable.New(nil), held)
	}
	next := now.Edit()
	var out wal.Encoder
	if _, err := next.Apply(all(s.Remove, true), &out); err != nil {
		return err
	}
	if d.Bulk(len(s.Add)) {
		s.Fill = s.fillAdds
		return d.stepAnew(ctx, s, next, held)
	}
	if _, err := next.Apply(all(s.Add, false), &out); err != nil {
		return err
	}
	if err := s.right(next.Quads()); err != nil {
		return err
	}
	switch {
	case len(out.Payload) == 0 && d.unsaved:
		return nil
	case d.unsaved && next.Len() > d.limit.Beside, !d.unsaved && d.worthRewriting(int64(len(out.Payload))):
		return d.stepAnew(ctx, s, next, held)
	}
	d.lead.Lock()
	defer d.lead.Unlock()
	if d.unsaved {
		d.publish(next)
		return nil
	}
	return d.stepJournal(s, next, out.Payload)
}

// all is a transaction that adds quads, or removes them.
func all(quads [][4][]byte, remove bool) *memtable.Transaction {
	tx := &memtable.Transaction{IgnoreDup: true, IgnoreMissing: true, Deltas: make([]wal.Delta, len(quads))}
	for i := range quads {
		tx.Deltas[i] = wal.Delta{Remove: remove, Keys: quads[i]}
	}
	return tx
}

func (s *Transition) right(quads uint64) error {
	if quads != s.Quads {
		return fmt.Errorf("%w: %d, not %d", ErrOtherCount, quads, s.Quads)
	}
	return nil
}

// fillAdds passes the added quads to a load.
func (s *Transition) fillAdds(ctx context.Context, to Target) (err error) {
	sink := to.NewSink()
	defer func() { err = errors.Join(err, sink.Close()) }()
	for i, k := range s.Add {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := sink.Add(k[0], k[1], k[2], k[3]); err != nil {
			return err
		}
	}
	return nil
}

// worthRewriting reports whether a store that is not Still would be made one file when it
// is closed, or compacted, once so many bytes were committed.
func (d *DB) worthRewriting(payload int64) bool {
	d.lead.Lock()
	defer d.lead.Unlock()
	journal := d.journalSize() + payload
	return d.small(journal) || journal >= d.long()
}

// stepJournal commits a change.
func (d *DB) stepJournal(s *Transition, next *memtable.Table, payload []byte) error {
	err := d.writable()
	if err == nil && len(payload) > 0 {
		err = d.begin()
	}
	if err != nil {
		return err
	}
	to := d.opened
	if len(payload) > 0 {
		to = positionOf(d.id, d.journal.Salt(), d.journal.Last()+1, payload)
	}
	if err := s.Note(to); err != nil || len(payload) == 0 {
		return err
	}
	if err := d.journal.Append(wal.Commit, payload); err != nil {
		return err
	}
	d.opened = to
	d.publish(next)
	return nil
}

// stepAnew rewrites the snapshot from a table and the quads of Fill.
func (d *DB) stepAnew(ctx context.Context, s *Transition, t *memtable.Table, held uint64) error {
	to := d.target(runtime.GOMAXPROCS(0), UsualMemory())
	fill := func(b *snapshot.Builder) error { return nil }
	if s.Fill != nil {
		fill = func(b *snapshot.Builder) error {
			to.NewSink = func() Sink { return b.NewBatch() }
			return s.Fill(ctx, to)
		}
	}
	m, err := d.make(ctx, t, to.Memory, to.Workers, fill, nil)
	if err != nil {
		return err
	}
	d.lead.Lock()
	defer d.lead.Unlock()
	if err := s.right(m.Quads()); s.Quads > 0 && err != nil {
		return errors.Join(err, d.discard(m))
	}
	if d.unsaved {
		d.rebase(memtable.New(m.Reader))
		return d.disk.Remove(m.path)
	}
	position := positionOfSnapshot(m.ID())
	if err := s.Note(position); err != nil {
		return errors.Join(err, d.discard(m))
	}
	if err := d.replace(m, held, true); err != nil {
		return err
	}
	d.opened = position
	return nil
}

// Fork makes a store of Scratch that begins with what this one holds now. What is written
// to the one is not in the other, nor seen by readers of it.
func (d *DB) Fork() *DB {
	d.lead.Lock()
	defer d.lead.Unlock()
	fork := Scratch()
	fork.enter(d.now.Load().Table.Fork(), nil, 0)
	return fork
}
