package read

import (
	"runtime/debug"

	"kg/graph/internal/store/snapshot"
)

// Aside does something that reads a store in a goroutine of its own, and gives its
// error, a fault of the store's file too.
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
