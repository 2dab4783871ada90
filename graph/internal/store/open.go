package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// Open opens the store at path and gives a handle on it: see db.Open.
func Open(path string, o db.Options) (*QuadStore, error) {
	d, err := db.Open(path, o)
	if err != nil {
		return nil, err
	}
	return New(d), nil
}

// Scratch makes an empty store without a file: see db.Scratch.
func Scratch() *QuadStore { return New(db.Scratch()) }

// New returns the handle on an open store, which closes it. A store has one, and others
// by Hide and Now.
func New(d *db.DB) *QuadStore {
	d.Number(newNumbering(d, nil))
	return &QuadStore{db: d}
}

// Import adds the quads of texts, all or none: see bulk.Import. Refs that were
// looked up before still mean the same.
func (qs *QuadStore) Import(ctx context.Context, inputs []bulk.Input, o bulk.Options) (bulk.Imported, error) {
	var r bulk.Imported
	err := db.ErrReadOnly
	switch {
	case qs.shadow:
	case qs.from != nil:
		r, err = qs.from.Import(ctx, inputs, o)
	default:
		r, err = bulk.Import(ctx, qs.db, inputs, o)
	}
	if err != nil {
		return bulk.Imported{}, fmt.Errorf("importing into store %q: %w", qs.name(), err)
	}
	return r, nil
}

// Export writes the quads that the handle shows as canonical N-Quads: see
// bulk.Export.
func (qs *QuadStore) Export(ctx context.Context, w io.Writer, progress func(done, total uint64)) (n uint64, err error) {
	v, err := qs.view()
	if err == nil {
		n, err = v.export(ctx, w, progress)
	}
	if err != nil {
		return n, fmt.Errorf("exporting store %q: %w", qs.name(), err)
	}
	return n, nil
}

func (v *view) export(ctx context.Context, w io.Writer, progress func(done, total uint64)) (n uint64, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // see snapshot.Fault
	defer snapshot.Catch(&err)
	if v.from != nil {
		v.from.All()
		v.renew()
	}
	shown := bulk.Shown{Table: v.Table, Total: v.quadCount()}
	if v.hidden != nil {
		shown.Hidden = func(label term.ID) bool { return v.hidden.has(label) }
	}
	return bulk.Export(ctx, shown, w, progress)
}

// Verify checks every checksum and invariant: see db.DB.Verify.
func (qs *QuadStore) Verify(ctx context.Context, progress func(done, total uint64)) error {
	if qs.from != nil {
		return qs.from.Check(ctx)
	}
	v, err := qs.view()
	if err != nil {
		return fmt.Errorf("verifying store %q: %w", qs.db.Path(), err)
	}
	return qs.db.Verify(ctx, v.State, progress)
}

// Compact writes the store into one snapshot: see db.DB.Compact.
func (qs *QuadStore) Compact(ctx context.Context) error {
	if qs.shadow {
		return fmt.Errorf("compacting store %q: %w", qs.db.Path(), db.ErrReadOnly)
	}
	return qs.db.Compact(ctx)
}

// Stray returns the stray files of the store: see db.DB.Stray.
func (qs *QuadStore) Stray() *db.Stray { return qs.db.Stray() }

// Overwritten reports whether the store's file is another one: see
// db.DB.Overwritten.
func (qs *QuadStore) Overwritten() bool { return qs.db.Overwritten() }

// Close closes the handle: committed data stays, later reads are errors, and reads in
// progress go on. It closes the handles of Hide and Now too; closing one of these does
// nothing.
func (qs *QuadStore) Close() error {
	if qs.shadow {
		return nil
	}
	if qs.from != nil {
		return errors.Join(qs.from.Close(), qs.db.Close())
	}
	return qs.db.Close()
}
