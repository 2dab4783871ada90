package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// shellOf is kg in a folder of its own, with the article loaded.
func shellOf(t *testing.T) (dir string, command func(env []string, args ...string) *exec.Cmd) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a terminal")
	}
	dir = t.TempDir()
	kg := filepath.Join(dir, "kg") // the name by which the test's binary is kg
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, kg); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 8*time.Minute)
	t.Cleanup(cancel)
	command = func(env []string, args ...string) *exec.Cmd {
		c := exec.CommandContext(ctx, kg, args...)
		c.Dir = dir
		c.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "PAGER=") || strings.HasPrefix(v, "KG_PAGER=") })
		c.Env = append(c.Env, "HOME="+dir, "XDG_CACHE_HOME="+filepath.Join(dir, "cache"), "TERM=xterm", "NO_COLOR=1", "LC_ALL=C")
		c.Env = append(c.Env, env...)
		return c
	}
	putArticle(t, filepath.Join(dir, "kg.db"))
	return dir, command
}

// onTerminal runs a command on a terminal, and returns what is on the screen.
func onTerminal(t *testing.T, c *exec.Cmd, rows, columns uint16) string {
	t.Helper()
	tty, err := pty.StartWithSize(c, &pty.Winsize{Rows: rows, Cols: columns})
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	var got bytes.Buffer
	_, _ = got.ReadFrom(tty) // ends in an error when the program ends
	if err := c.Wait(); err != nil {
		t.Errorf("%v: %v: %s", c.Args, err, got.String())
	}
	return strings.ReplaceAll(got.String(), "\r\n", "\n")
}

// What is longer than a terminal goes through the pager: that of KG_PAGER, then
// of PAGER. What is short, or not for a terminal, does not; nor does anything
// with --no-pager, nor where the pager is gone.
func TestPager(t *testing.T) {
	t.Parallel()
	dir, command := shellOf(t)
	sed := "sed s/^/through/" // it marks each line
	for _, test := range []struct {
		name  string
		env   []string
		args  string
		rows  uint16
		paged bool
	}{
		{"long", []string{"PAGER=" + sed}, "query figures", 24, true},
		{"help", []string{"PAGER=" + sed}, "help claims", 24, true},
		{"short", []string{"PAGER=" + sed}, "query embassies", 24, false},
		{"KG_PAGER first", []string{"PAGER=false", "KG_PAGER=" + sed}, "query figures", 24, true},
		{"KG_PAGER empty", []string{"PAGER=" + sed, "KG_PAGER="}, "query figures", 24, false},
		{"turned off", []string{"PAGER=" + sed}, "query figures --no-pager", 24, false},
		{"high terminal", []string{"PAGER=" + sed}, "query figures", 900, false},
		{"gone", []string{"PAGER=/nowhere/less"}, "query figures", 24, false},
		{"no less", []string{"PATH=" + dir}, "query figures", 24, false},
	} {
		got := onTerminal(t, command(test.env, strings.Fields(test.args)...), test.rows, 80)
		if paged := strings.Contains(got, "\nthrough"); paged != test.paged {
			t.Errorf("%s: paged is %v:\n%.300s", test.name, paged, got)
		}
		if !strings.Contains(got, "about 30") && strings.Contains(test.args, "figures") {
			t.Errorf("%s: the answer is not whole:\n%s", test.name, got)
		}
		if told := strings.Contains(got, "without the pager: "); told != (test.name == "gone") {
			t.Errorf("%s: that the pager is gone is told: %v", test.name, told)
		}
	}
	out, err := command([]string{"PAGER=" + sed}, "query", "figures").Output()
	if err != nil || strings.Contains(string(out), "through") {
		t.Errorf("what goes to a pipe is paged: %v, %.100s", err, out)
	}
}

// A reader who has seen enough is no error.
func TestPagerLeft(t *testing.T) {
	t.Parallel()
	_, command := shellOf(t)
	if got := onTerminal(t, command([]string{"KG_PAGER=head -n 2"}, "query", "figures"), 24, 80); strings.Contains(got, "kg:") {
		t.Errorf("printed: %s", got)
	}
}
