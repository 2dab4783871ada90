package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

// keepWithin makes the runtime keep within the memory limit of the cgroup that kg
// runs in (a container, a systemd unit), as GOMEMLIMIT would, which goes before it:
// what would grow beyond it is killed. The buffers of an import follow. cgroup is
// the limit in bytes; its error says that there is none, or none to be known.
func keepWithin(cgroup func() (uint64, error)) {
	if _, set := os.LookupEnv("GOMEMLIMIT"); set {
		return
	}
	limit, err := cgroup()
	if err != nil || limit == 0 || limit > math.MaxInt64 {
		return
	}
	// The rest is for what is not the runtime's: pages of the store and of files
	// on their way to the disk, which the cgroup counts too.
	debug.SetMemoryLimit(int64(limit / 10 * 8))
}

// cgroupLimit is the least limit that version 1 or 2 sets kg.
func cgroupLimit() (uint64, error) { return memlimit.FromCgroup() }

// late is whether garbage is still waited for: see collectLate.
var late struct {
	sync.Mutex // a cleanup must not undo what a load sets
	waits      bool
}

// collectLate has garbage collected for the first time at 32 MB instead of at 4, and from
// then on as usual: most verbs end before that, and a few collections of what they all
// hold take as long as a question does. GOGC goes before it.
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

// collectOften has the garbage collected at half the memory that is waited for otherwise,
// until what it gives is called. A load holds on to much, which has few pointers, and so
// this takes hardly more time.
func collectOften() (end func()) {
	if _, set := os.LookupEnv("GOGC"); set {
		return func() {}
	}
	collectAsUsual()
	was := debug.SetGCPercent(50)
	return func() { debug.SetGCPercent(was) }
}
