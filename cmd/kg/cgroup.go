package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

// keepWithin sets the runtime's memory limit from that of kg's cgroup (a container, a
// systemd unit), so that the kernel does not kill kg. GOMEMLIMIT takes precedence. The
// buffers of an import are sized by the same limit. cgroup returns the limit in bytes,
// or an error if there is none or it cannot be read.
func keepWithin(cgroup func() (uint64, error)) {
	if _, set := os.LookupEnv("GOMEMLIMIT"); set {
		return
	}
	limit, err := cgroup()
	if err != nil || limit == 0 || limit > math.MaxInt64 {
		return
	}
	// The rest is for memory outside the runtime: pages of the store and of files
	// on their way to the disk, which the cgroup counts too.
	debug.SetMemoryLimit(int64(limit / 10 * 8))
}

// cgroupLimit is the least limit that version 1 or 2 sets kg.
func cgroupLimit() (uint64, error) { return memlimit.FromCgroup() }

// late holds whether the first collection is still deferred: see collectLate.
var late struct {
	sync.Mutex // a cleanup must not undo what a load sets
	waits      bool
}

// collectLate defers the first garbage collection to a heap of 32 MB instead of 4 MB.
// Most verbs end before that, and a few collections of what all verbs allocate take as
// long as a question. GOGC takes precedence.
func collectLate() {
	if _, set := os.LookupEnv("GOGC"); set {
		return
	}
	late.Lock()
	defer late.Unlock()
	late.waits = true
	debug.SetGCPercent(800)
	runtime.AddCleanup(new(*int), func(bool) { collectAsUsual() }, true) // after the first
}

func collectAsUsual() {
	late.Lock()
	defer late.Unlock()
	if late.waits {
		late.waits = false
		debug.SetGCPercent(100)
	}
}

// collectOften halves the heap growth that starts a garbage collection, until end is
// called. A load keeps much memory with few pointers, so this costs little time.
func collectOften() (end func()) {
	if _, set := os.LookupEnv("GOGC"); set {
		return func() {}
	}
	collectAsUsual()
	was := debug.SetGCPercent(50)
	return func() { debug.SetGCPercent(was) }
}
