package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// Pairs as they are decided on a terminal: one is passed over, one has no reason and
// stays, one is decided, with keys that are none in between.
func TestMatchOneByOne(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs a terminal")
	}
	ctx, dir, command := inFolder(t)
	const ships = `
source: {id: ships, title: A list of ships, publisher: registry, annotator: registry, date: 2020-05-04, language: en}
entities: {registry: Authority The registry, morning-star: Vessel Morning Star, star-2: Vessel MORNING STAR, sea-lion: Vessel Sea Lion, lion-2: Vessel Sea Lion}
claims:
  - {id: first, see: "https://example.org/1", edges: [morning-star imo "8712362", star-2 imo "8712362"]}
  - {id: second, see: "https://example.org/2", edges: [sea-lion call-sign "HMAB", lion-2 call-sign "HMAC"]}
`
	if err := os.WriteFile(filepath.Join(dir, "ships.yaml"), []byte(ships), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := command("load", "ships.yaml").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	decisions := func() string {
		b, err := os.ReadFile(filepath.Join(dir, "kg.decisions.yaml"))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		return string(b)
	}
	const ask = "s same, d different, u undecided, n next, q quit: "
	sit := func(steps ...exchange) {
		t.Helper()
		shell := command("match", "-i")
		tty, err := pty.StartWithSize(shell, &pty.Winsize{Rows: 40, Cols: 100})
		if err != nil {
			t.Fatal(err)
		}
		defer tty.Close()
		screen := &watcher{tty: tty}
		go screen.watch()
		before := 0
		for _, s := range steps {
			if s.typed != "" {
				if strings.HasSuffix(screen.text(), ask) {
					screen.settle(ctx, t, shell) // until it takes a key
				}
				before = len(screen.text())
			}
			if err := screen.write(s.typed); err != nil {
				t.Fatal(err)
			}
			for !strings.Contains(screen.text()[before:], s.until) {
				if ctx.Err() != nil {
					t.Fatalf("waited in vain for %q in %q", s.until, screen.text())
				}
				time.Sleep(10 * time.Millisecond)
			}
		}
		if err := shell.Wait(); err != nil {
			t.Errorf("it ends with %v: %q", err, screen.text())
		}
	}
	sit(exchange{"", "pair 1 of 2"}, exchange{"", "IMO number 8712362"}, exchange{"", ask}, exchange{"x", ask}, exchange{"n", "pair 2 of 2"}, exchange{"", ask},
		exchange{"d", "because: "}, exchange{"\r", "this pair stays as it is"}, exchange{"", "that was the last pair"})
	if got := decisions(); got != "" {
		t.Errorf("nothing was decided, and the file has %q", got)
	}
	sit(exchange{"", ask}, exchange{"s", "because: "}, exchange{"one hull\r", "pair 2 of 2"}, exchange{"", ask}, exchange{"\x03", ""})
	if got := decisions(); !strings.Contains(got, "- same: [kg:vessel/morning-star, kg:vessel/star-2]") || !strings.Contains(got, `because: "one hull"`) || !strings.Contains(got, `by: "Ann Lee"`) || strings.Contains(got, "lion") {
		t.Errorf("the file has %q", got)
	}
	sit(exchange{"", "pair 1 of 1"}, exchange{"", ask}, exchange{"u", "because: "}, exchange{"other call signs\r", "that was the last pair"})
	if got := decisions(); !strings.Contains(got, "- undecided: [kg:vessel/lion-2, kg:vessel/sea-lion]") {
		t.Errorf("the file has %q", got)
	}
}
