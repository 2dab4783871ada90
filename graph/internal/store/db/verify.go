package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/wal"
)

// Verify checks a state completely: every checksum and invariant of the snapshot, and of
// a newer one that this process does not read yet, every record of the journal, and the
// consistency of the memory structures. progress may be nil; it gets bytes and their
// total. Damage is a *snapshot.DamageError or a *wal.DamageError.
func (d *DB) Verify(ctx context.Context, s *State, progress func(done, total uint64)) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("verifying store %q: %w", d.path, err)
		}
	}()
	defer snapshot.Catch(&err)
	if s.Base() != nil {
		if err := s.Base().Verify(ctx, progress); err != nil {
			return err
		}
	}
	if err := d.verifyNewer(ctx, s.Base(), progress); err != nil {
		return err
	}
	if d.unsaved {
		return s.Check()
	}
	if _, err := wal.Load(d.path + journalEnd); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return s.Check()
}

// verifyNewer checks the snapshot at path if it is not the one that is read.
func (d *DB) verifyNewer(ctx context.Context, base *snapshot.Reader, progress func(done, total uint64)) error {
	if d.lock == nil {
		return nil // it may be another store by now
	}
	newer, err := openSnapshot(d.path)
	if errors.Is(err, fs.ErrNotExist) && base == nil || err == nil && base != nil && newer.ID() == base.ID() {
		return nil
	}
	if err != nil {
		return err
	}
	return newer.Verify(ctx, progress)
}
