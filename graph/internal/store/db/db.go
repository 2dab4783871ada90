package db

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/wal"
)

// DB is an open store. It may be used by many goroutines at once.
type DB struct {
	path    string // links followed
	like    string // a file whose permissions this one gets when it is made; "" is none
	disk    Disk
	limit   Thresholds
	lock    *flock.Flock // nil if the store is read only, or of Scratch
	unsaved bool         // it is of Scratch

	warn  func(error) // see Options
	quiet bool        // do not return from Close what warn was given
	stray *Stray      // as the files were opened
	calm  bool        // see Options.Still

	rewritten func() // see Options; may be nil

	now atomic.Pointer[State]

	queueMu sync.Mutex
	queue   []*waiter // for the next leader

	// lead is held by the leader, which writes for the whole group. It guards the fields
	// below.
	lead    sync.Mutex
	id      snapshot.Identity // of the snapshot at path
	mark    snapshot.Mark     // the one it has
	exists  bool              // there is one
	size    int64             // its length in bytes
	seen    fs.FileInfo       // of the file at path, when it was last known to be the snapshot
	opened  Position          // see Opened
	log     *wal.Log          // the journal as it was read, if it is to be resumed
	journal *wal.Writer
	closed  atomic.Bool
	stopped error       // why nothing more is written
	foreign atomic.Bool // another file was found at path

	// rewriting is held while a new snapshot is made.
	rewriting  sync.Mutex
	background chan struct{} // closed when the background compaction ends, nil if there is none; guarded by lead
	retryAt    int64
	ctx        context.Context
	cancel     context.CancelFunc
	failed     error // error of the last background compaction; guarded by lead

	// damage is an error found where none could be returned.
	damage atomic.Pointer[error]
}

// Thresholds are the sizes at which a store changes its behaviour, and a wait.
type Thresholds struct {
	Floor  int64         // of a journal that is worth a compaction, in bytes
	Share  int64         // a journal is compacted that is longer than the snapshot divided by this
	Memory int64         // bytes for making a snapshot
	Short  int64         // bytes of a text that is committed and not loaded
	Beside int           // changes held in memory beside a snapshot, when a newer one has them
	Fold   int64         // bytes of snapshot and journal that Close makes one file
	Bulk   int           // quads of a transaction that is loaded, not committed; 0 is none
	Part   int           // and it adds as many as the store has, divided by this
	Settle time.Duration // that a reader waits when the end of a journal may be a commit on its way to the disk
}

// Usual are the default thresholds. A journal of 128 KiB, about a thousand commits of one
// quad, is read in some milliseconds; 100,000 changes take some 50 MB; 8 MiB are
// rewritten in a few tenths of a second. Committing a quad takes some ten times as long
// as rewriting it.
var Usual = Thresholds{Floor: 128 << 10, Share: 256, Memory: 256 << 20, Short: 64 << 10, Beside: 100_000, Fold: 8 << 20, Bulk: 1 << 16, Part: 8, Settle: 50 * time.Millisecond}

// Reasons why a store cannot be written to.
var (
	ErrClosed   = errors.New("the store is closed")
	ErrReadOnly = errors.New("the store was opened for reading only")
)

// Writable returns why nothing can be written, or nil.
func (d *DB) Writable() error {
	d.lead.Lock()
	defer d.lead.Unlock()
	return d.writable()
}

// writable returns why nothing can be written, or nil. The caller leads.
func (d *DB) writable() error {
	switch {
	case d.closed.Load():
		return ErrClosed
	case d.lock == nil && !d.unsaved:
		return ErrReadOnly
	case d.stopped != nil:
		return d.stopped
	}
	if d.journal != nil {
		if err := d.journal.Err(); err != nil {
			return err
		}
	}
	return d.own()
}

// Bulk reports whether a transaction that adds so many quads is to be loaded: rewriting
// the snapshot is faster then than inserting each into the memtable, and takes less
// memory.
func (d *DB) Bulk(adds int) bool {
	return d.limit.Bulk > 0 && adds >= max(d.limit.Bulk, int(d.now.Load().Quads())/max(1, d.limit.Part))
}

// Path is that of the snapshot, links followed.
func (d *DB) Path() string { return d.path }

// Overwritten reports whether the file that the store reads was overwritten with other
// content, without kg: reads are now neither of the old nor of the new. Of a writable
// store it also reports that a write found another file in its place.
func (d *DB) Overwritten() bool {
	base := d.now.Load().Base()
	return d.foreign.Load() || base != nil && base.Overwritten(d.path)
}

// untilClosed returns a context that also ends when the store is closed; done is to be
// deferred, and reports that in the error.
func (d *DB) untilClosed(ctx context.Context, err *error) (_ context.Context, done func()) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(d.ctx, cancel)
	return ctx, func() {
		stop()
		cancel()
		if *err != nil && d.closed.Load() {
			*err = ErrClosed
		}
	}
}
