package main

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

func TestKeepWithin(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	of := func(limit uint64, err error) func() (uint64, error) {
		return func() (uint64, error) { return limit, err }
	}
	for name, c := range map[string]struct {
		gomemlimit string
		cgroup     func() (uint64, error)
		want       int64
	}{
		"none":          {"", of(0, errors.New("no limit")), math.MaxInt64},
		"a limit":       {"", of(1000<<20, nil), 800 << 20},
		"none, as text": {"", of(math.MaxUint64, nil), math.MaxInt64},
		"GOMEMLIMIT":    {"off", of(1000<<20, nil), math.MaxInt64},
	} {
		debug.SetMemoryLimit(math.MaxInt64)
		t.Setenv("GOMEMLIMIT", c.gomemlimit)
		if c.gomemlimit == "" {
			os.Unsetenv("GOMEMLIMIT")
		}
		if keepWithin(c.cgroup); debug.SetMemoryLimit(-1) != c.want {
			t.Errorf("%s: the limit is %d, want %d", name, debug.SetMemoryLimit(-1), c.want)
		}
	}
}

// Garbage is waited for until the first collection, or until a load says how it wants it.
func TestCollectLate(t *testing.T) {
	t.Setenv("GOGC", "")
	os.Unsetenv("GOGC")
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	percent := func() uint64 {
		sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	collectLate()
	if got := percent(); got != 800 {
		t.Errorf("at first GOGC is %d, want 800", got)
	}
	for runtime.GC(); percent() != 100; runtime.GC() {
		runtime.Gosched() // the cleanup runs when it comes to it
	}
	collectLate()
	end := collectOften()
	if got := percent(); got != 50 {
		t.Errorf("a load has GOGC at %d, want 50", got)
	}
	end()
	if got := percent(); got != 100 {
		t.Errorf("after a load GOGC is %d, want 100", got)
	}
	t.Setenv("GOGC", "70")
	collectLate()
	if got := percent(); got != 100 {
		t.Errorf("GOGC is set, and was changed to %d", got)
	}
}

// An import lives in a cgroup that kills it if it takes no heed. It needs a
// machine that lets the test make one.
func TestCgroup(t *testing.T) {
	if testing.Short() || underRace {
		t.Skip("takes some seconds, and the race detector memory")
	}
	const limit, quads = 48 << 20, 400_000
	procs := newCgroup(t, limit)
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	kg, file := filepath.Join(dir, "kg"), filepath.Join(dir, "a.nq")
	if err := os.Symlink(self, kg); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	for i := range quads {
		fmt.Fprintf(w, "<https://a.example/entity/%d> <https://a.example/p%d> <https://a.example/entity/%d> <https://a.example/g> .\n", i*7919%quads, i%7, i)
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
	load := func(db string, env ...string) ([]byte, error) {
		c := exec.CommandContext(t.Context(), "sh", "-c", `echo $$ > "$0" && exec "$@"`, procs, kg, "--db", filepath.Join(dir, db), "load", file)
		c.Env = append(os.Environ(), env...)
		return c.CombinedOutput()
	}
	if out, err := load("heedless.db", "GOMEMLIMIT=off"); err == nil {
		t.Errorf("the limit is none: %s", out)
	}
	os.Unsetenv("GOMEMLIMIT")
	if out, err := load("kg.db"); err != nil {
		t.Errorf("the import ended with %v: %s", err, out)
	}
}

// newCgroup makes a cgroup with a memory limit, of version 1 or 2, and gives the
// file that takes its processes.
func newCgroup(t *testing.T, limit int) (procs string) {
	t.Helper()
	for root, name := range map[string]string{"/sys/fs/cgroup/memory": "memory.limit_in_bytes", "/sys/fs/cgroup": "memory.max"} {
		dir := filepath.Join(root, fmt.Sprint("kg-test-", os.Getpid()))
		if os.Mkdir(dir, 0o755) != nil {
			continue
		}
		t.Cleanup(func() {
			for range 50 { // until the last process has left it
				if os.Remove(dir) == nil {
					return
				}
				time.Sleep(20 * time.Millisecond)
			}
		})
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			continue // no memory controller there
		}
		if os.WriteFile(filepath.Join(dir, name), fmt.Append(nil, limit), 0o644) == nil {
			return filepath.Join(dir, "cgroup.procs")
		}
	}
	t.Skip("no cgroup can be made here")
	return ""
}
