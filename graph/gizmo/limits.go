package gizmo

import (
	"context"
	"runtime"
	"runtime/metrics"
	"sync"
	"time"

	"github.com/dop251/goja"
)

// limits begins the bounds of a run; the function it returns ends them.
func (s *session) limits() func() {
	s.vm = goja.New()
	cancel := context.CancelFunc(func() {})
	s.ctx = s.parent
	if s.opts.Timeout > 0 {
		s.ctx, cancel = context.WithTimeout(s.parent, s.opts.Timeout)
	}
	stop := context.AfterFunc(s.ctx, func() { s.end(stopContext) })
	if s.ctx.Err() != nil {
		s.end(stopContext) // the function above has yet to begin
	}
	if s.opts.MaxMemory > 0 {
		memory.enter(s)
	}
	return func() {
		stop()
		cancel()
		if s.opts.MaxMemory > 0 {
			memory.leave(s)
		}
	}
}

// watch looks at the process's memory while queries run. Go does not tell whose
// memory it is: when all the queries that run have made the process grow by
// more than they may together, the one that has run longest ends.
type watch struct {
	mu      sync.Mutex
	running []*session // in the order they began
	base    uint64     // memory before the first
	swept   time.Time  // of the last collection it asked for
	timer   *time.Timer
}

var memory watch

// look is how often it looks. In between a script makes some 10 MiB.
const look = 5 * time.Millisecond

func (w *watch) enter(s *session) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.running) == 0 {
		w.base = used()
		w.timer = time.AfterFunc(look, w.check)
	}
	w.running = append(w.running, s)
}

func (w *watch) leave(s *session) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, r := range w.running {
		if r == s {
			w.running = append(w.running[:i:i], w.running[i+1:]...)
			break
		}
	}
	if len(w.running) == 0 {
		w.timer.Stop()
	}
}

// check looks, and looks again after a collection: what is used may be
// garbage. A collection is asked for twenty times a second at most, unless
// there is far too much.
func (w *watch) check() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.running) == 0 {
		return
	}
	defer w.timer.Reset(look)
	if w.over(1) && (time.Since(w.swept) > 50*time.Millisecond || w.over(2)) {
		w.mu.Unlock()
		runtime.GC()
		w.mu.Lock()
		w.swept = time.Now()
		if len(w.running) > 0 && w.over(1) {
			w.running[0].end(stopMemory)
		}
	}
}

// over tells whether the process grew by more than n times the bound.
func (w *watch) over(n uint64) bool {
	bound := uint64(0)
	for _, s := range w.running {
		bound += uint64(s.opts.MaxMemory)
	}
	return used() > w.base+n*bound
}

// used are the bytes of the heap's objects and of the stacks.
func used() uint64 {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64() + samples[1].Value.Uint64()
}
