package snapshot

import (
	"fmt"
	"runtime"
)

// DamageError reports where a snapshot differs from what its Builder wrote. Open and
// Verify return it; every other method of a Reader and of its Rows panics with
// *DamageError, and with nothing else, when it meets damage: callers defer Catch at their
// boundary.
type DamageError struct {
	Path    string // of the file
	Section string // "header", "dictionary", "subject rows", ...
	Offset  int64  // in the file, in bytes: of the page or the datum
	Msg     string // what is wrong
}

func (e *DamageError) Error() string {
	return fmt.Sprintf("snapshot %q is damaged: section %q, byte %d: %s; restore the file from a copy, load its sources again, or save what is whole: kg recover",
		e.Path, e.Section, e.Offset, e.Msg)
}

// NewerError is a snapshot of a format that is later than this program. Open
// returns it.
type NewerError struct {
	Path   string
	Format uint32
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("snapshot %q was made by a newer kg: it has format %d, and this kg reads format %d; use the newer kg, or kg export there and kg load here", e.Path, e.Format, version)
}

// FaultError is a file that was truncated or overwritten in place while it was open, or
// whose disk fails: mapped pages of it are gone.
type FaultError struct{ err error }

func (e *FaultError) Error() string {
	return "the store's file was cut or overwritten while it was open, or its disk fails: put a new store into place with mv, not cp, and begin anew"
}

// Unwrap is the runtime's error, with the address.
func (e *FaultError) Unwrap() error { return e.err }

// FeedError is a failure of the feed of a store that has only a part of a graph: see
// store.Feed. It is thrown, and caught, as a *DamageError is.
type FeedError struct{ Err error }

func (e *FeedError) Error() string { return e.Err.Error() }

// Unwrap is the failure.
func (e *FeedError) Unwrap() error { return e.Err }

// Fault returns the *FaultError of a value recovered from a panic, nil if it is another
// panic. Reading a missing page panics only in a goroutine that called
// debug.SetPanicOnFault, and ends the process otherwise.
func Fault(x any) error {
	err, ok := x.(interface {
		runtime.Error
		Addr() uintptr
	})
	const nils = 1 << 16 // addresses that a nil pointer leads to
	if !ok || err.Addr() < nils {
		return nil
	}
	return &FaultError{err}
}

// Catch, when deferred, makes a *DamageError that a method threw, a *FeedError and
// a fault an error; other panics go on.
func Catch(err *error) {
	switch e := recover().(type) {
	case nil:
	case *DamageError:
		*err = e
	case *FeedError:
		*err = e.Err
	default:
		if *err = Fault(e); *err == nil {
			panic(e)
		}
	}
}
