package js

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"sync"
	"time"
)

// watch keeps the process within a memory bound while queries run. Go does not attribute
// memory to goroutines, so the bound, the largest of theirs, is for all queries that run
// at once. When a collection leaves more than it alive, the youngest query ends, of those
// that yield if there are any; when there is far too much, all of those end at once, and
// all others after them.
//
// A script can allocate faster than the collector collects. So the runtime gets a memory
// limit meanwhile, near which allocating goroutines must assist the collector, and the
// heap is checked after every collection.
type watch struct {
	mu      sync.Mutex
	running []*bound // in the order they began
	base    uint64   // bytes used before the first
	was     uint64   // base until the last collection
	limited uint64   // base and bound that the runtime's memory limit was set for; 0 if it is not set by us
	limit   int64    // the one it had before
	ended   uint64   // the collection after which a query was ended last
	seen    amount   // at the last measurement
	timer   *time.Timer
}

var watched watch

// often is the interval of measurements. In between a script allocates some 10 MiB.
const often = 5 * time.Millisecond

// slack is added to a small bound for the collector's own needs.
const slack = 8 << 20

func (w *watch) enter(b *bound) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.running) == 0 {
		now := measure()
		if now.used > w.base+b.memory/4 && now.cycle < w.seen.cycle+2 {
			// Garbage of earlier queries must not count as memory in use before this one.
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
		w.seen = measure() // for enter: memory now in use may be garbage
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

// check measures once. It sets the limit here and not in enter: most queries end before
// the first check.
func (w *watch) check() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.running) == 0 {
		return
	}
	defer w.timer.Reset(often)
	w.act(measure())
}

// act acts on a measurement. Some of the memory in use before the first query began was
// garbage: base is at most the smallest live heap that any collection found. The bound
// applies only after the next collection, which the lower limit triggers.
func (w *watch) act(now amount) {
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

// endYoungest ends the query that began last, of those that yield if there are any. A
// query that was told to end and has not ended yet may be the whole excess, unless the
// excess is great.
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

// bound returns the bound of all queries together: the largest of theirs.
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
	other uint64 // other memory that the runtime's limit counts
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
