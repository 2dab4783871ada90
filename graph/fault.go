package graph

import (
	"kg/graph/internal/store/snapshot"
)

// Fault is the error behind a panic: the store's file was cut or overwritten in
// place while it was open, and what was mapped of it is gone, or what was read is
// damaged. It is nil for another panic. Who asks a store in a goroutine of its own
// calls debug.SetPanicOnFault there, and recovers; without it such a read ends the
// process.
func Fault(x any) error {
	if damage, ok := x.(*snapshot.DamageError); ok {
		return damage
	}
	return snapshot.Fault(x)
}

// Overwritten reports whether the store's file was overwritten in place since
// it was opened: what is read of it is no answer any more. A store of
// OpenToWrite is overwritten, too, once a write has found another file in its
// place, or none.
func (s *Store) Overwritten() bool { return s.quads.Overwritten() }
