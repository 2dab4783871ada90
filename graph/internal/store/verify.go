package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"kg/graph/internal/store/journal"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// Verify checks all there is to check: every checksum and invariant of the
// snapshot, and of a newer one that this handle does not read yet, every record
// of the journal, and that what is kept in memory of it fits. progress may be nil; it gets bytes and their total. Damage is a
// *snapshot.DamageError or a *journal.DamageError.
func (qs *QuadStore) Verify(ctx context.Context, progress func(done, total uint64)) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("verifying store %q: %w", qs.core.path, err)
		}
	}()
	defer catch(&err)
	v, err := qs.view()
	if err != nil {
		return err
	}
	if v.base != nil {
		if err := v.base.Verify(ctx, progress); err != nil {
			return err
		}
	}
	if err := qs.core.verifyNewer(ctx, v.base, progress); err != nil {
		return err
	}
	if qs.core.unsaved {
		return v.overlay.check()
	}
	if _, err := journal.Load(qs.core.path + journalEnd); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return v.overlay.check()
}

// verifyNewer checks the snapshot at path if it is not the one that is read.
func (c *core) verifyNewer(ctx context.Context, base *snapshot.Reader, progress func(done, total uint64)) error {
	if c.lock == nil {
		return nil // it may be another store by now
	}
	newer, err := openSnapshot(c.path)
	if errors.Is(err, fs.ErrNotExist) && base == nil || err == nil && base != nil && newer.ID() == base.ID() {
		return nil
	}
	if err != nil {
		return err
	}
	return newer.Verify(ctx, progress)
}

// check looks whether the parts of an overlay tell the same.
func (o *overlay) check() error {
	want := newOverlay(o.base)
	want.fresh, want.byKey = o.fresh, o.byKey
	var wrong error
	o.orders[bySubject].Scan(func(c change) bool {
		switch {
		case o.inBase(c.key) == c.added:
			wrong = fmt.Errorf("a change of quad %v changes nothing", c.key)
		default:
			want.set(c.key, c.added)
		}
		return wrong == nil
	})
	if wrong != nil {
		return wrong
	}
	for i := range o.orders {
		if !slices.Equal(want.orders[i].Items(), o.orders[i].Items()) {
			return fmt.Errorf("order %d differs from the first", i)
		}
	}
	if !slices.Equal(want.uses.Items(), o.uses.Items()) {
		return errors.New("the uses of terms are miscounted")
	}
	if want.added != o.added || want.removed != o.removed || want.nodes != o.nodes {
		return fmt.Errorf("expected %d quads added, %d removed, %d nodes more, found %d, %d, %d",
			want.added, want.removed, want.nodes, o.added, o.removed, o.nodes)
	}
	return o.checkTerms()
}

// checkTerms looks whether the terms beyond the snapshot are known by key, and
// by no other number.
func (o *overlay) checkTerms() error {
	if n := o.byKey.Len(); n != len(o.fresh) {
		return fmt.Errorf("expected %d terms by key, found %d", len(o.fresh), n)
	}
	for i, key := range o.fresh {
		id := o.terms + 1 + term.ID(i)
		if got, ok := o.find([]byte(key)); !ok || got != id {
			return fmt.Errorf("term %d is found as %d", id, got)
		}
		if _, err := term.Value([]byte(key)); err != nil {
			return fmt.Errorf("term %d: %w", id, err)
		}
	}
	return nil
}
