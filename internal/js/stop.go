package js

import (
	"errors"
	"sync/atomic"

	"github.com/dop251/goja"
)

// StopReason is why a run ends before its script does.
type StopReason int32

const (
	Yield      StopReason = iota + 1 // the consumer wants no more
	Limit                            // it has all that it may have
	outOfTime                        // the caller's context, the timeout, or the bound of memory
	longText                         // a text became too long
	slowRegexp                       // a regular expression took too long
)

// ErrStopped ends the work below a script that must end; the Stopper has the reason.
var ErrStopped = errors.New("the query was stopped")

// Stopper is asked by everything that loops.
type Stopper struct{ why atomic.Int32 }

// Set notes why, unless something else came first.
func (s *Stopper) Set(why StopReason) { s.why.CompareAndSwap(0, int32(why)) }

// Now reports whether the run must end.
func (s *Stopper) Now() bool { return s.why.Load() != 0 }

// Is reports whether it must end for this reason.
func (s *Stopper) Is(why StopReason) bool { return s.why.Load() == int32(why) }

// End stops the script, and the work that asks the Stopper.
func (r *Runtime) End(why StopReason) {
	r.Stop.Set(why)
	r.VM.Interrupt(why)
}

// Check ends a script that must end, from within a Go function that a
// built-in of the interpreter may be calling in a loop of its own.
func (r *Runtime) Check() {
	if r.Stop.Now() {
		panic(&goja.InterruptedError{})
	}
}
