package js

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"sync"
	"time"
)

// watch keeps the process within a bound while queries run. Go does not tell
// whose memory it is, so the bound, the largest of theirs, is for all queries
// that run at once. When a collection finds more than it alive, the youngest
// query ends, of those that yield if there are any; when there is far too much,
// all of those end at once, and all others after them.
//
// A script can allocate faster than the collector collects. So the runtime
// gets a memory limit meanwhile, near which allocating goroutines must help to
// collect, and every collection is followed by a look at what it found.
type watch struct {
	mu      sync.Mutex
	running []*bound // in the order they began
	base    uint64   // bytes used before the first
	was     uint64   // base until the last collection
	limited uint64   // base and bound that the runtime's memory limit is for; 0: it is not ours
	limit   int64    // the one it had before
	ended   uint64   // the collection after which a query was ended last
	seen    amount   // when last looked
	timer   *time.Timer
}

var watched watch

// often is how often it looks. In between a script makes some 10 MiB.
const often = 5 * time.Millisecond

// slack is what a small bound is not held to: the collector's own needs.
const slack = 8 << 20

func (w *watch) enter(b *bound) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.running) == 0 {
		now := measure()
		if now.used > w.base+b.memory/4 && now.cycle < w.seen.cycle+2 {
			// What the queries before left must not count as there before this one.
			runtime.GC()
			now = measure()
		}
		w.base, w.was, w.seen, w.ended = now.used, now.used, now, now.cycle
		w.timer = time.AfterFunc(often, w.check)
	}
	w.running = append(w.running, b)
}

func (w *watch) leave(b *bound) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running = slices.DeleteFunc(w.running, func(r *bound) bool { return r == b })
	if len(w.running) == 0 {
		w.seen = measure() // for enter: what is used now may be garbage
		w.timer.Stop()
		w.restore()
	}
}

// restore gives the runtime the memory limit it had.
func (w *watch) restore() {
	if w.limited > 0 {
		debug.SetMemoryLimit(w.limit)
		w.limited = 0
	}
}

// check looks once. It sets the limit here and not in enter: most queries are
// done before the first look.
func (w *watch) check() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.running) == 0 {
		return
	}
	defer w.timer.Reset(often)
	w.look(measure())
}

// look acts on what is used now. Some of what was used before the first query
// began was garbage: base is no more than any collection finds alive. What is used
// is held to that only after the next one, which the lower limit makes come.
func (w *watch) look(now amount) {
	if now.cycle != w.seen.cycle {
		w.was, w.base = w.base, min(w.base, now.live)
	}
	bound := w.bound()
	w.seen = now
	w.restrain(now, bound)
	switch {
	case now.used > w.was+2*bound+slack:
		w.endAll(now.used > w.was+2*bound+bound/2+slack)
	case now.live > w.base+bound && now.cycle != w.ended:
		w.ended = now.cycle
		w.endYoungest(now.live > w.base+bound+bound/2)
	}
}

// endAll ends all queries that yield, and the others too if it is too late for
// that, or there are only those.
func (w *watch) endAll(late bool) {
	late = late || !slices.ContainsFunc(w.running, func(b *bound) bool { return b.yields })
	for _, b := range w.running {
		if late || b.yields {
			b.end(ErrMemory)
		}
	}
}

// endYoungest ends the query that began last, of those that yield if there are
// any. One that was told to end and has yet to do so may be all that is too
// much, unless there is far more.
func (w *watch) endYoungest(far bool) {
	for _, yields := range []bool{true, false} {
		for _, b := range slices.Backward(w.running) {
			switch {
			case b.yields != yields:
			case b.ctx.Err() == nil:
				b.end(ErrMemory)
				return
			case !far:
				return
			}
		}
	}
}

// restrain gives the runtime a memory limit a little above the bound, unless
// it has a lower one.
func (w *watch) restrain(now amount, bound uint64) {
	if w.limited == w.base+bound {
		return
	}
	if w.limited == 0 {
		w.limit = debug.SetMemoryLimit(-1)
	}
	w.limited = w.base + bound
	debug.SetMemoryLimit(min(w.limit, int64(w.base+now.other+bound+bound/4+slack)))
}

// bound is what all queries together may use: as much as the largest may.
func (w *watch) bound() (most uint64) {
	for _, b := range w.running {
		most = max(most, b.memory)
	}
	return most
}

// Short reports whether the queries that run use more than half of the memory
// they may have together: it is better not to begin many more.
func Short() bool {
	return watched.short()
}

func (w *watch) short() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.running) > 0 && w.seen.live > w.base+w.bound()/2
}

// amount is the process's memory at one moment, in bytes.
type amount struct {
	used  uint64 // objects of the heap, garbage too, and stacks
	live  uint64 // objects that the last collection found alive, and stacks
	other uint64 // what the runtime's limit counts besides
	cycle uint64 // how many collections there were
}

func measure() amount {
	s := []metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"},
		{Name: "/gc/heap/live:bytes"}, {Name: "/gc/cycles/total:gc-cycles"}, {Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"}, {Name: "/memory/classes/heap/free:bytes"},
	}
	metrics.Read(s)
	value := func(i int) uint64 { return s[i].Value.Uint64() }
	a := amount{used: value(0) + value(1), live: value(2) + value(1), cycle: value(3)}
	if rest := a.used + value(5) + value(6); value(4) > rest {
		a.other = value(4) - rest
	}
	return a
}
