package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// settle waits until the shell has shown something of what was written to it, has the
// terminal give keys as they are typed, and sleeps: what is typed while the line is
// being drawn may be taken for the place of the cursor. Or it waits until the shell
// has worked for a while on a query, which may have no end.
func (s *watcher) settle(ctx context.Context, t *testing.T, shell *exec.Cmd) {
	t.Helper()
	began, last, asleep := time.Duration(-1), 0, 0
	for asleep < 8 && ctx.Err() == nil {
		time.Sleep(5 * time.Millisecond)
		running, used := processor(shell.Process.Pid)
		keys, shown := s.givesKeys(t), len(s.text())
		switch {
		case keys && s.answered() && !running && shown == last:
			asleep++
			continue
		case keys:
			began = -1
		case began < 0:
			began = used
		case used-began > 200*time.Millisecond:
			return
		}
		last, asleep = shown, 0
	}
}

// givesKeys tells whether the terminal gives each key as it is typed, and not lines.
func (s *watcher) givesKeys(t *testing.T) bool {
	t.Helper()
	set, err := unix.IoctlGetTermios(int(s.tty.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return set.Lflag&unix.ICANON == 0
}

// processor tells whether a thread of a process has a processor or is ready to, and how
// long all have had one.
func processor(pid int) (running bool, used time.Duration) {
	stat := func(path string) []string {
		b, _ := os.ReadFile(path)
		_, rest, _ := strings.Cut(string(b), ") ")
		return strings.Fields(rest)
	}
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
	for _, thread := range threads {
		if fields := stat(thread); len(fields) > 0 && (fields[0] == "R" || fields[0] == "D") {
			running = true
		}
	}
	if fields := stat(fmt.Sprintf("/proc/%d/stat", pid)); len(fields) > 12 {
		for _, ticks := range fields[11:13] { // a hundred a second
			n, _ := strconv.Atoi(ticks)
			used += time.Duration(n) * 10 * time.Millisecond
		}
	}
	return running, used
}
