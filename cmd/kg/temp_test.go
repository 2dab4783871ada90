package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// A kg that is killed leaves nothing in the system's temporary folder, whatever it
// kept there.
func TestKilledLeavesNoTemp(t *testing.T) {
	t.Parallel()
	if testing.Short() || runtime.GOOS != "linux" {
		t.Skip("kills processes, and needs files without names")
	}
	var quads bytes.Buffer
	for i := range 200_000 {
		fmt.Fprintf(&quads, "<https://a.example/%d> <https://a.example/p> _:b%d <https://a.example/g> .\nno quad\n", i, i)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "a.nq")
	if err := os.WriteFile(file, quads.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"dry run":           {"load", "--dry-run", "--keep-going", file},
		"rejects":           {"load", "--keep-going", file},
		"stdin":             {"load", "--from", "nq", "--keep-going", "--dry-run", "-"},
		"examples":          {"query", "test"},
		"dry run of claims": {"load", "--dry-run"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			temp, db := t.TempDir(), t.TempDir()
			used := false
			for range 6 {
				c := child(t.Context(), t, db, "kg", append([]string{"--db", filepath.Join(db, "kg.db")}, args...)...)
				c.Env = append(c.Env, "TMPDIR="+temp, "GOMEMLIMIT=48MiB") // which makes it spill
				c.Stdin = bytes.NewReader(quads.Bytes())
				if err := c.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(rand.N(800 * time.Millisecond))
				used = used || opened(t, c.Process.Pid, temp)
				c.Process.Kill()
				c.Wait() // it was killed, or done
				left, err := os.ReadDir(temp)
				if err != nil || len(left) > 0 {
					t.Fatalf("it left %v, %v", left, err)
				}
			}
			t.Logf("a file was open when it was killed: %v", used)
		})
	}
}

// opened tells whether a process has a file of a folder open.
func opened(t *testing.T, pid int, dir string) bool {
	t.Helper()
	fds := fmt.Sprintf("/proc/%d/fd", pid)
	list, _ := os.ReadDir(fds)
	for _, fd := range list {
		if to, err := os.Readlink(filepath.Join(fds, fd.Name())); err == nil && filepath.Dir(to) == dir {
			return true
		}
	}
	return false
}
