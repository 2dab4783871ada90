package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
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
	for name, c := range map[string]struct {
		args  []string
		waits func(*testing.T, *waiting) // until it waits for what it waits for
		exit  int
	}{
		"a server":               {[]string{"serve", "--addr", "127.0.0.1:0"}, says("http://"), exitDone},
		"claims from a pipe":     {[]string{"load", "PIPE"}, opensPipe, exitInterrupted},
		"quads from a pipe":      {[]string{"load", "--from", "nq", "PIPE"}, opensPipe, exitInterrupted},
		"claims from stdin":      {[]string{"load", "-"}, readsInput, exitInterrupted},
		"quads from stdin":       {[]string{"load", "--from", "nq", "-"}, readsInput, exitInterrupted},
		"a text from a pipe":     {[]string{"locate", "PIPE", "--text", "PIPE"}, opensPipe, exitInterrupted},
		"a query without an end": {[]string{"query", "-e", "for (;;);"}, opensStore, exitInterrupted},
		"a shell":                {[]string{"query", "-i"}, says("gizmo> "), exitInterrupted},
		"what cannot be stopped": {[]string{"kg-stubborn"}, says("ready"), exitInterrupted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
			defer cancel()
			w := &waiting{pipe: filepath.Join(t.TempDir(), "pipe"), dir: dir, said: &printed{}}
			if err := mkfifo(w.pipe); err != nil {
				t.Fatal(err)
			}
			command, args := "kg", slices.Clone(c.args)
			if args[0] == "kg-stubborn" {
				command, args = args[0], nil
			}
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], "PIPE", w.pipe)
			}
			w.cmd = child(ctx, t, dir, command, args...)
			if slices.Contains(args, "-i") {
				tty, err := pty.Start(w.cmd)
				if err != nil {
					t.Fatal(err)
				}
				defer tty.Close()
				screen := &watcher{tty: tty}
				go screen.watch()
				w.said = screen
			} else {
				var err error
				if w.in, err = w.cmd.StdinPipe(); err != nil { // which stays open
					t.Fatal(err)
				}
				defer w.in.Close()
				said := &printed{}
				w.cmd.Stdout, w.cmd.Stderr, w.said = said, said, said
				if err := w.cmd.Start(); err != nil {
					t.Fatal(err)
				}
			}
			c.waits(t, w)
			w.cmd.Process.Signal(syscall.SIGTERM)
			err := w.cmd.Wait()
			// One that has not ended by itself after some seconds is interrupted.
			if code := w.cmd.ProcessState.ExitCode(); code != c.exit && code != exitInterrupted {
				t.Errorf("exits with %v, and says %s", err, w.said)
			}
		})
	}
}

// waiting is a process that is to be told to end when it waits for something.
type waiting struct {
	cmd       *exec.Cmd
	in        io.WriteCloser
	said      fmt.Stringer
	pipe, dir string
}

func says(text string) func(*testing.T, *waiting) {
	return func(t *testing.T, w *waiting) {
		eventually(t, func() bool { return strings.Contains(w.said.String(), text) })
	}
}

func opensPipe(t *testing.T, w *waiting) {
	eventually(t, func() bool { // there is an error until somebody reads
		f, err := os.OpenFile(w.pipe, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if err == nil {
			t.Cleanup(func() { f.Close() })
		}
		return err == nil
	})
}

func readsInput(t *testing.T, w *waiting) {
	if _, err := io.WriteString(w.in, strings.Repeat("# more than a pipe holds\n", 1<<14)); err != nil {
		t.Error(err)
	}
}

func opensStore(t *testing.T, w *waiting) {
	if runtime.GOOS != "linux" {
		time.Sleep(2 * time.Second)
		return
	}
	eventually(t, func() bool {
		maps, _ := os.ReadFile(fmt.Sprintf("/proc/%d/maps", w.cmd.Process.Pid))
		return strings.Contains(string(maps), w.dir) || opened(t, w.cmd.Process.Pid, w.dir)
	})
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
