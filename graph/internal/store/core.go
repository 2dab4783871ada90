package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"

	"github.com/gofrs/flock"

	"kg/graph/internal/store/journal"
	"kg/graph/internal/store/snapshot"
)

// core is an open store, shared by the handles on it.
type core struct {
	path    string // links followed
	like    string // a file whose permissions this one gets when it is made; "" is none
	disk    disk
	limit   limits
	lock    *flock.Flock // nil if the store is read only, or of Scratch
	unsaved bool         // it is of Scratch

	warn  func(error) // see Options
	quiet bool        // what warn was told Close does not tell
	stray *Stray      // as the files were opened

	now atomic.Pointer[state]

	queueMu sync.Mutex
	queue   []*commit // waiting for the next to lead

	// lead is held by the one who writes, for all who wait. It guards what
	// follows.
	lead    sync.Mutex
	id      snapshot.Identity // of the snapshot at path
	mark    snapshot.Mark     // the one it has
	exists  bool              // there is one
	size    int64             // its length in bytes
	seen    fs.FileInfo       // of the file at path, when it was last known to be the snapshot
	log     *journal.Log      // the journal as it was read, if it is to be resumed
	journal *journal.Writer
	closed  atomic.Bool
	stopped error       // why nothing more is written
	foreign atomic.Bool // another file was found at path

	// rewriting is held while a new snapshot is made.
	rewriting  sync.Mutex
	background chan struct{} // closed when the compaction that nobody waits for ends, nil if there is none; guarded by lead
	retryAt    int64
	ctx        context.Context
	cancel     context.CancelFunc
	failed     error // of the last compaction nobody waited for; guarded by lead

	// damage is what was found where there was no error to return.
	damage atomic.Pointer[error]
}

// limits are sizes that tests change.
type limits struct {
	floor  int64 // of a journal that is worth a compaction, in bytes
	share  int64 // a journal is compacted that is longer than the snapshot divided by this
	memory int64 // bytes for making a snapshot
	short  int64 // bytes of a text that is committed and not imported
	beside int   // changes kept in memory beside a snapshot, when a newer one has them
	fold   int64 // bytes of snapshot and journal that Close makes one file
}

var (
	errClosed   = errors.New("the store is closed")
	errReadOnly = errors.New("the store was opened for reading only")
)

// writable tells why nothing can be written, if so. The caller leads.
func (c *core) writable() error {
	switch {
	case c.closed.Load():
		return errClosed
	case c.lock == nil && !c.unsaved:
		return errReadOnly
	case c.stopped != nil:
		return c.stopped
	}
	if c.journal != nil {
		if err := c.journal.Err(); err != nil {
			return err
		}
	}
	return c.own()
}

// publish makes o, whose terms have the numbers they had before, what readers
// see from now on. The caller leads.
func (c *core) publish(o *overlay) {
	now := c.now.Load()
	c.now.Store(newState(o, now.numbers, now.version+1))
}

// rebase makes o, which is over another snapshot, what readers see. The caller
// leads.
func (c *core) rebase(o *overlay) {
	now := c.now.Load()
	c.now.Store(newState(o, newNumbering(c, now.numbers), now.version+1))
}

// untilClosed gives a context that also ends when the store is closed; done is
// to be deferred, and makes the error tell of that.
func (c *core) untilClosed(ctx context.Context, err *error) (_ context.Context, done func()) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(c.ctx, cancel)
	return ctx, func() {
		stop()
		cancel()
		if *err != nil && c.closed.Load() {
			*err = errClosed
		}
	}
}

// close ends the writing, when a compaction that has begun is done: if it were
// given up, a store that short-lived processes write to would never have one.
// A small store becomes one file. Readers go on with what they have.
//
// What fails here is no commit: all that was acknowledged is on disk. It is an
// error if there is nobody to warn.
func (c *core) close() error {
	c.await()
	err := c.fold()
	c.lead.Lock()
	first := !c.closed.Swap(true)
	c.lead.Unlock()
	if first {
		err = errors.Join(err, c.end())
	}
	if err == nil {
		return nil
	}
	err = fmt.Errorf("closing store %q: %w", c.path, err)
	if !c.quiet {
		return err
	}
	c.warn(fmt.Errorf("what was written is in, but %w: the next kg that writes tries again", err))
	return nil
}

// end lets go of the files.
func (c *core) end() (err error) {
	c.cancel()
	c.await() // one that began just now, which ends soon: no other begins
	c.rewriting.Lock()
	defer c.rewriting.Unlock()
	c.lead.Lock()
	defer c.lead.Unlock()
	if c.journal != nil {
		err = errors.Join(err, c.journal.Close())
	}
	if c.lock != nil {
		err = errors.Join(err, c.lock.Unlock())
	}
	return errors.Join(err, c.failed)
}

// await waits for the compaction that nobody waits for.
func (c *core) await() {
	c.lead.Lock()
	background := c.background
	c.lead.Unlock()
	if background != nil {
		<-background
	}
}

// catch, when deferred, makes the damage that reading ran into an error.
func catch(err *error) {
	switch e := recover().(type) {
	case nil:
	case *snapshot.DamageError:
		*err = e
	default:
		if *err = snapshot.Fault(e); *err == nil {
			panic(e)
		}
	}
}
