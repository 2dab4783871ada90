package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/wal"
)

// Recovered is what Recover saved, and what was lost.
type Recovered struct {
	Quads     uint64 // in the new store
	Snapshot  uint64 // quads of the snapshot, saved and lost
	LostQuads uint64 // of them
	Commits   int    // of the journal, that are in the new store
	LostBytes int64  // of the journal
	NoJournal bool   // the journal is missing
	NoStore   bool   // nothing of the snapshot can be read
	Damage    []Damage
}

// Lost reports whether anything is.
func (r *Recovered) Lost() bool {
	return r.LostQuads > 0 || r.LostBytes > 0 || r.NoJournal || r.NoStore
}

// Damage is an unreadable range of a file. Recovered has the resulting losses.
type Damage struct {
	Path string
	At   int64 // in bytes
	What string
}

// Recover saves the undamaged part of a store to a new file, which must not exist, and
// touches nothing else. Of the snapshot that is every quad one of whose two rows is
// intact, and the keys of its terms. Of the journal it is each commit before the first
// damage: later ones would be about other quads.
//
// It cannot save a snapshot whose header is damaged or that was truncated. Then only the
// journal is left, if it follows the empty snapshot, as it does until a new store is
// first rewritten; otherwise that is the error.
func Recover(ctx context.Context, path, to string, progress func(done, total uint64)) (r Recovered, err error) {
	defer func() {
		if err != nil {
			r, err = Recovered{}, fmt.Errorf("recovering store %q: %w", path, err)
		}
	}()
	defer snapshot.Catch(&err)
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return r, fmt.Errorf("%q is there already: name a new file", to)
	}
	w := &recovery{Recovered: &r, ctx: ctx, from: resolve(path), progress: progress}
	like := w.from
	if _, err := os.Stat(like); err != nil {
		like += journalEnd
		if _, lost := os.Stat(like); errors.Is(lost, fs.ErrNotExist) {
			return r, errors.New("there is no such file, and no journal of it")
		}
	}
	w.to = &DB{path: to, like: like, disk: OS{}}
	w.beside = &DB{path: to + tempEnd + "base", like: like, disk: OS{}}
	defer func() {
		if w.base != nil {
			err = errors.Join(err, w.base.Close(), w.beside.discard(w.base))
		}
	}()
	if err := w.snapshot(); err != nil {
		return r, err
	}
	records, err := w.journal()
	if err != nil {
		return r, err
	}
	return r, w.finish(records)
}

// recovery is the work of Recover.
type recovery struct {
	*Recovered
	ctx        context.Context
	from       string
	to, beside *DB // the new store, and temporary files
	progress   func(done, total uint64)
	old        *snapshot.Reader // damaged; nil if nothing of it can be read
	cause      error            // why not
	base       *made            // its undamaged part, or nothing
}

// snapshot saves the quads of the snapshot.
func (w *recovery) snapshot() error {
	err := isStore(w.from)
	if err == nil {
		w.old, err = snapshot.OpenDamaged(w.from)
	}
	damage := (*snapshot.DamageError)(nil)
	switch {
	case err == nil:
		_, err = w.old.Mark()
		if errors.As(err, &damage) {
			w.damage(damage)
		}
	case errors.As(err, &damage):
		w.damage(damage)
	case !errors.Is(err, fs.ErrNotExist) && !errors.As(err, new(*Stray)):
		return err
	}
	w.cause, w.NoStore = err, w.old == nil
	w.base, err = w.beside.make(w.ctx, memtable.New(nil), UsualMemory(), 1, func(b *snapshot.Builder) error {
		if w.old == nil {
			return nil
		}
		batch := b.NewBatch()
		met, err := w.old.Salvage(w.ctx, batch.Add)
		for _, d := range met {
			w.damage(d)
		}
		return errors.Join(err, batch.Close())
	}, w.progress)
	if err == nil && w.old != nil {
		w.Snapshot = w.old.Quads()
		w.LostQuads = w.Snapshot - w.base.Quads()
	}
	return err
}

func (w *recovery) damage(d *snapshot.DamageError) {
	w.Damage = append(w.Damage, Damage{d.Path, d.Offset, d.Section + ": " + d.Msg})
}

// journal gives the records that the snapshot lacks, up to the first damage.
func (w *recovery) journal() ([]wal.Record, error) {
	path := w.from + journalEnd
	if err := isOurs(path); err != nil {
		return nil, err
	}
	log, err := wal.Load(path)
	damage := (*wal.DamageError)(nil)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if mark, _ := w.mark(); mark != (snapshot.Mark{}) {
			w.NoJournal = true
			w.Damage = append(w.Damage, Damage{path, 0, "it is missing, and with it what was committed last"})
		}
		return nil, w.nothing(false)
	case errors.As(err, &damage):
		w.Damage = append(w.Damage, Damage{path, damage.Offset, damage.Msg})
	case err != nil:
		return nil, err
	case log.Torn > 0:
		w.Damage = append(w.Damage, Damage{path, log.Size, "what follows is no whole commit"})
	}
	w.LostBytes = log.Torn
	records, ok := log.After(wal.Identity(w.id()))
	if mark, whole := w.mark(); ok && whole && mark != (snapshot.Mark{}) {
		ok = mark.Names(log.Salt)
	}
	if !ok {
		w.LostBytes += log.Size
		w.Damage = append(w.Damage, Damage{path, 0, fmt.Sprintf("it does not tell where it goes on in %q", filepath.Base(w.from))})
		records = nil
	}
	return records, w.nothing(ok)
}

// nothing is the error of a store of which nothing can be saved.
func (w *recovery) nothing(goesOn bool) error {
	if w.old != nil || goesOn {
		return nil
	}
	return fmt.Errorf("nothing of it can be saved, since a journal holds no more than changes: %w", w.cause)
}

// id is the identity of the snapshot, or that of the empty one.
func (w *recovery) id() snapshot.Identity {
	if w.old == nil {
		return w.base.ID()
	}
	return w.old.ID()
}

// mark returns the mark of the snapshot, and whether it is intact.
func (w *recovery) mark() (mark snapshot.Mark, whole bool) {
	if w.old == nil {
		return mark, false
	}
	mark, err := w.old.Mark()
	return mark, err == nil
}

// finish puts the quads and the commits after them into the new store.
func (w *recovery) finish(records []wal.Record) error {
	for _, r := range records {
		if r.Kind == wal.Commit {
			w.Commits++
		}
	}
	o := memtable.New(w.base.Reader)
	if err := o.Replay(records); err != nil {
		return err
	}
	m, err := w.to.make(w.ctx, o, UsualMemory(), 1, nil, w.progress)
	if err != nil {
		return err
	}
	defer m.Close()
	w.Quads = m.Quads()
	if _, err = os.Lstat(w.to.path); !errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%q came meanwhile", w.to.path)
	} else {
		err = w.to.install(m, snapshot.Mark{})
	}
	if err != nil {
		return errors.Join(err, w.to.discard(m))
	}
	return nil
}
