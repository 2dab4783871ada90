package read

import (
	"runtime/debug"

	"kg/graph/internal/store/snapshot"
)

// Aside runs a function that reads a store in a goroutine of its own, and returns its
// error, faults of the store's file included.
func Aside(do func() error) <-chan error {
	done := make(chan error, 1)
	go func() {
		debug.SetPanicOnFault(true)
		defer func() {
			if x := recover(); x != nil {
				err := snapshot.Fault(x)
				if err == nil {
					panic(x)
				}
				done <- err
			}
		}()
		done <- do()
	}()
	return done
}
