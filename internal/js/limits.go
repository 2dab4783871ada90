package js

import (
	"context"
	"errors"
	"time"

	"github.com/dop251/goja"
)

// ErrTimeout is the error of a query that took longer than its timeout; ErrMemory of one
// that grew the process beyond its bound. Both are ErrQuery, and so is every *Error: the
// query is at fault, and not the store.
var (
	ErrTimeout error = atFault("the query took longer than its timeout: ask for less, or allow more time")
	ErrMemory  error = atFault("the query needs more memory than it may have: ask for less, or allow more memory")
	ErrQuery         = errors.New("the query is at fault")
)

// atFault is an error of a query without a position in its text.
type atFault string

func (e atFault) Error() string { return string(e) }

// Is reports whether the error is ErrQuery.
func (e atFault) Is(target error) bool { return target == ErrQuery }

// bound is the bounds shared by all queries of a context.
type bound struct {
	ctx    context.Context
	end    context.CancelCauseFunc
	memory uint64 // bytes that the process may grow by
	yields bool   // it ends before those that do not
}

// boundKey finds the bound of a context.
type boundKey struct{}

// Within returns a context that ends after a timeout, with the cause ErrTimeout, and when
// the work done in it makes the process grow by more than so many bytes, with the cause
// ErrMemory; 0 is no bound. Queries that run in the context share its memory and have no
// bound of their own. Queries that yield are ended before those that do not, when
// together they exceed the memory. done ends the context.
func Within(parent context.Context, timeout time.Duration, memory int64, yields bool) (ctx context.Context, done func()) {
	var cancel context.CancelFunc
	if timeout > 0 {
		ctx, cancel = context.WithTimeoutCause(parent, timeout, ErrTimeout)
	} else {
		ctx, cancel = context.WithCancel(parent)
	}
	if memory <= 0 || ctx.Value(boundKey{}) != nil {
		return ctx, cancel
	}
	b := &bound{memory: uint64(memory), yields: yields}
	b.ctx, b.end = context.WithCancelCause(context.WithValue(ctx, boundKey{}, b))
	watched.enter(b)
	return b.ctx, func() {
		watched.leave(b)
		cancel()
	}
}

// Bounds are the limits of one run; zero is no bound.
type Bounds struct {
	Timeout time.Duration
	Memory  int64 // bytes that the process may grow by
	Yields  bool  // see Within
}

// Begin makes the runtime ready and begins the bounds of a run; the function it
// returns ends them.
func (r *Runtime) Begin(parent context.Context, b Bounds) func() {
	r.VM = goja.New()
	ctx, done := Within(parent, b.Timeout, b.Memory, b.Yields)
	r.Context = ctx
	stop := context.AfterFunc(ctx, func() { r.End(outOfTime) })
	if ctx.Err() != nil {
		r.End(outOfTime) // the function above has yet to begin
	}
	return func() {
		stop()
		done()
	}
}
