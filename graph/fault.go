package graph

import (
	"kg/graph/internal/store/snapshot"
)

// Fault returns the error behind a panic that occurred because the file of the store was
// truncated, overwritten or damaged while it was open; nil for any other panic. A
// goroutine that reads a store calls debug.SetPanicOnFault, recovers, and calls Fault;
// without SetPanicOnFault such a read ends the process.
func Fault(x any) error {
	if damage, ok := x.(*snapshot.DamageError); ok {
		return damage
	}
	return snapshot.Fault(x)
}

// Overwritten reports whether the file of the store was overwritten since it was opened,
// so that what is read from it is no valid answer. A store of OpenToWrite also counts as
// overwritten once a write has found another file, or none, under its path.
func (s *Store) Overwritten() bool { return s.quads.Overwritten() }
