package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// child is kg, or another command of TestMain, as a process of its own.
func child(ctx context.Context, t *testing.T, dir, name string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(ctx, self, args...)
	c.Args[0] = name
	c.Dir = dir
	c.Env = append(os.Environ(), "HOME="+dir, "XDG_CACHE_HOME="+dir, "TERM=xterm")
	return c
}

// SIGTERM ends kg, whatever it waits for.
func TestTerm(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for what does not end")
	}
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("has no SIGTERM")
	}
	dir := t.TempDir()
	if code, out := runVerb(t, "--db", filepath.Join(dir, "kg.db"), "load", "../../data/testdata/example.yaml"); code != exitDone {
		t.Fatal(out)
	}
	if err := mkfifo(filepath.Join(dir, "pipe")); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args     []string
		terminal bool
		exit     int
	}{
		"a server":               {[]string{"serve", "--addr", "127.0.0.1:0"}, false, exitDone},
		"claims from a pipe":     {[]string{"load", "pipe"}, false, exitInterrupted},
		"quads from a pipe":      {[]string{"load", "--from", "nq", "pipe"}, false, exitInterrupted},
		"claims from stdin":      {[]string{"load", "-"}, false, exitInterrupted},
		"quads from stdin":       {[]string{"load", "--from", "nq", "-"}, false, exitInterrupted},
		"a text from a pipe":     {[]string{"locate", "pipe", "--text", "pipe"}, false, exitInterrupted},
		"a query without an end": {[]string{"query", "-e", "for (;;);"}, false, exitInterrupted},
		"a shell":                {[]string{"query", "-i"}, true, exitInterrupted},
		"what cannot be stopped": {[]string{"kg-stubborn"}, false, exitInterrupted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			command, args := "kg", c.args
			if args[0] == "kg-stubborn" {
				command, args = args[0], nil
			}
			cmd := child(ctx, t, dir, command, args...)
			said := &printed{}
			if c.terminal {
				tty, err := pty.Start(cmd)
				if err != nil {
					t.Fatal(err)
				}
				defer tty.Close()
				go io.Copy(said, tty)
			} else {
				in, err := cmd.StdinPipe() // which stays open
				if err != nil {
					t.Fatal(err)
				}
				defer in.Close()
				cmd.Stdout, cmd.Stderr = said, said
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
			}
			time.Sleep(2 * time.Second) // until it waits for what it waits for
			cmd.Process.Signal(syscall.SIGTERM)
			told := time.Now()
			err := cmd.Wait()
			if d := time.Since(told); cmd.ProcessState.ExitCode() != c.exit || d > 10*time.Second {
				t.Errorf("exits with %v after %s, and says %s", err, d, said)
			}
		})
	}
}

// A decision is whole in one file before anything is said of it: what listens may
// be gone, and that ends kg.
func TestWholeBeforeSaid(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("has no SIGPIPE")
	}
	dir := t.TempDir()
	db := filepath.Join(dir, "kg.db")
	if code, out := runVerb(t, "--db", db, "load", "../../data/testdata/example.yaml"); code != exitDone {
		t.Fatal(out)
	}
	for _, args := range [][]string{{"retract", "herald-2020-05-04", "--reason", "a trial", "--author", "Reader"}, {"remove", "herald-2020-05-04", "--yes"}} {
		nobody, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		nobody.Close()
		c := child(t.Context(), t, dir, "kg", append([]string{"--db", db}, args...)...)
		c.Stderr = w
		if err := c.Run(); err == nil {
			t.Errorf("kg %s ends well, though nobody listens", args[0])
		}
		w.Close()
		if files, _ := filepath.Glob(db + ".journal"); len(files) > 0 {
			t.Errorf("kg %s leaves %s", args[0], files)
		}
	}
	if code, out := runVerb(t, "--db", db, "check"); code != exitDone {
		t.Error(out)
	}
}
