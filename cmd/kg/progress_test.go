package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/creack/pty"
	"github.com/jedib0t/go-pretty/v6/text"

	"kg/graph"
)

// A job is one line with a bar one can see, on any terminal, whatever its parts.
func TestProgress(t *testing.T) {
	t.Parallel()
	for _, columns := range []uint16{40, 80, 200} {
		terminal, tty, err := pty.Open()
		if err != nil {
			t.Skip("no terminals here: ", err)
		}
		if err := pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: columns}); err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		done := make(chan struct{})
		go func() { defer close(done); _, _ = got.ReadFrom(terminal) }()
		synctest.Test(t, func(t *testing.T) {
			report, end := newApp(strings.NewReader(""), tty, tty).progress()
			report(graph.Progress{Doing: "reading", Total: 1000, Bytes: true})
			time.Sleep(patience)
			for n := range int64(5) {
				report(graph.Progress{Doing: "reading", Quads: n * 3_000_000, Done: n * 100, Total: 1000, Bytes: true})
				time.Sleep(250 * time.Millisecond)
			}
			report(graph.Progress{Doing: "writing", Quads: 12_345_678, Done: 1, Total: 4})
			time.Sleep(300 * time.Millisecond)
			end()
		})
		tty.Close()
		<-done
		terminal.Close()
		shown := got.String()
		if n := strings.Count(shown, "\n"); n != 1 {
			t.Errorf("at %d columns the job has %d lines: %q", columns, n, shown)
		}
		for _, line := range strings.FieldsFunc(shown, func(r rune) bool { return r == '\r' || r == '\n' }) {
			if n := text.StringWidthWithoutEscSequences(strings.TrimRight(line, " ")); n > int(columns) {
				t.Errorf("at %d columns a line has %d: %q", columns, n, line)
			}
		}
		if !regexp.MustCompile(`writing \[=+>? +\] 25%`).MatchString(shown) || !strings.Contains(shown, "reading [===") {
			t.Errorf("at %d columns: %q", columns, shown)
		}
	}
}

// The time left is that of the part that runs.
func TestLeft(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		done, total int64
		taken       time.Duration
		want        string
	}{
		{25, 100, 10 * time.Second, ", 30s left"}, {0, 100, 10 * time.Second, ""}, {100, 100, 10 * time.Second, ""},
		{50, 100, time.Millisecond, ""}, {99, 100, 2 * time.Second, ", 1s left"}, {1, 0, time.Minute, ""},
	} {
		if got := left(graph.Progress{Done: test.done, Total: test.total}, test.taken); got != test.want {
			t.Errorf("%d of %d in %v: %q, want %q", test.done, test.total, test.taken, got, test.want)
		}
	}
}
