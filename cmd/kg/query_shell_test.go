package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"kg/graph"
	"kg/queries"
	"kg/schema"
)

func TestCompleter(t *testing.T) {
	t.Parallel()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	docs, err := bundled(o, schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	store := graph.Scratch()
	if _, err := store.Load(context.Background(), o, docs, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	c := &shellCompleter{set: set, ask: func(question func(*graph.View) error) error { return question(store.View(schema.DefaultBase)) }}
	for _, test := range []struct{ text, typed, has, hasNot string }{
		{"g.", "", "V", "out"},
		{"g.V().", "", "out", "V"},
		{"g.V().follow", "follow", "followRecursive", "out"},
		{"g.V()\n  .ou", "ou", "out", "in"},
		{"g.V(i", "i", "iri", "out"},
		{`g.V(g.IRI("kg:person/kim`, "kg:person/kim", "kg:person/kim-jong-il", "kg:bank/banco-delta-asia"},
		{`g.V(g.IRI('Kim Jong`, "Kim Jong", "kg:person/kim-jong-il", "kg:bank/banco-delta-asia"},
		{`g.V(g.IRI("kg:person/kim-jong-il")).out("kgo:hel`, "kgo:hel", "kgo:held-at", "kg:person/kim-jong-il"},
		{`g.V("a").in`, "in", "inPredicates", "kg:person/kim-jong-il"},
		{"bri", "bri", "bribes", "embassies"},
		{`\l`, `\l`, `\limit`, `\format`},
		{"bribes pa", "pa", "party=", "bribes"},
	} {
		words, descriptions, typed := c.candidates(test.text)
		if typed != test.typed || !slices.Contains(words, test.has) || slices.Contains(words, test.hasNot) || len(words) != len(descriptions) {
			t.Errorf("%s: got %v after %q, want %s and not %s", test.text, words, typed, test.has, test.hasNot)
		}
	}
}

// inFolder is kg as its own process in a folder of the test, with the time it has.
func inFolder(t *testing.T) (ctx context.Context, dir string, command func(args ...string) *exec.Cmd) {
	t.Helper()
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
	return ctx, dir, func(args ...string) *exec.Cmd {
		c := exec.CommandContext(ctx, kg, args...)
		c.Dir = dir
		c.Env = append(os.Environ(), "HOME="+dir, "XDG_CACHE_HOME="+filepath.Join(dir, "cache"), "TERM=xterm", "KG_AUTHOR=Ann Lee")
		return c
	}
}

// exchange is what is typed, and what the screen shows then.
type exchange struct{ typed, until string }

// converse types on the terminal of a shell, which is to end after the last.
func (s *watcher) converse(ctx context.Context, t *testing.T, shell *exec.Cmd, all []exchange) {
	t.Helper()
	for _, step := range all {
		s.settle(ctx, t, shell) // people type when they see where they are
		before := len(s.text())
		if step.typed == "" {
			before = 0
		}
		if err := s.write(step.typed); err != nil {
			t.Fatal(err)
		}
		for !strings.Contains(s.text()[before:], step.until) {
			if ctx.Err() != nil {
				t.Fatalf("waited in vain for %q in %q", step.until, s.text())
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	if err := shell.Wait(); err != nil {
		t.Errorf("the shell ends with %v", err)
	}
}

// Queries as they are typed on a terminal: over several lines, with a mistake,
// one that Ctrl-C stops, and Ctrl-D at the end.
func TestQueryShell(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs a terminal")
	}
	ctx, dir, command := inFolder(t)
	putArticle(t, filepath.Join(dir, "kg.db"))
	shell := command("query", "-i")
	tty, err := pty.StartWithSize(shell, &pty.Winsize{Rows: 40, Cols: 150})
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	screen := &watcher{tty: tty}
	go screen.watch()
	screen.converse(ctx, t, shell, []exchange{
		{"", "gizmo> "},
		{`g.V(g.IRI("kg:bank/banco-delta-asia")).` + "\r", ""},
		{`in(g.IRI("kgo:held-at")).all()` + "\r", "North Korea's account at Banco Delta Asia"},
		{"g.V().nothing()\r", "running the query: line 1, column"},
		{"while (true) {}\r", ""},
		{"\x03", "the query was stopped"},
		{"g.emit(12300 + 45)\r", "12345"},
		{`let bank = g.V(g.IRI("kg:bank/banco-delta-asia"))` + "\r", ""},
		{`const again = bank` + "\r", ""},
		{`again.out(g.IRI("kgo:located-in")).all()` + "\r", "Macau"},
		{"g.again()\r", "line 1, column 8: Object has no member 'again'"},
		{"var sum = 2 + 3; g.emit(sum * 1111)\r", "declarations in a line that has an answer are not kept"},
		{"embassies country=\"North Korea\"\r", "Mos Film Street"},
		{"\\format jsonl\r", ""},
		{"payments party=captain\r", `{"payment": `},
		{"\\format xml\r", `unknown format "xml"`},
		{"\\limit -3\r", `takes a number of rows, or 0 for all, not "-3"`},
		{"\\evidence on\r", ""},
		{"payments party=captain\r", `"evidence": [`},
		{"\\timing on\r", ""},
		{"g.emit(7)\r", " ms\r\n"},
		{"\\tming on\r", "did you mean"},
		{"help\r", "The saved questions: behind, bribes"},
		{"g.V().o\t", "outPredicates"}, // completion lists
		{"\x03", "^C"},                 // and Ctrl-C drops the line, the list with it
		{"g.emit(123000 + 456)\r", "123456"},
		{"g.V(\r", ""}, // and all lines of one
		{"\x03", "^C"},
		{"g.emit(654000 + 321)\r", "654321"},
		{"exit\r", ""},
	})
	if history, err := os.ReadFile(filepath.Join(dir, "cache", "kg", "queries")); err != nil || !strings.Contains(string(history), "held-at") {
		t.Errorf("the history is %q, %v", history, err)
	}
}

// Ctrl-C right after Enter stops the query, too, and one after the query's end is not
// taken from the next.
func TestInterruptible(t *testing.T) {
	t.Parallel()
	s := &shell{interrupts: make(chan os.Signal, 1)}
	for range 100 {
		s.interrupts <- os.Interrupt
		ctx, stop := s.interruptible(context.Background())
		<-ctx.Done()
		stop()
		ctx, stop = s.interruptible(context.Background())
		if ctx.Err() != nil {
			t.Fatal("one Ctrl-C stops two queries")
		}
		stop()
		s.interrupts <- os.Interrupt
		if len(s.interrupts) != 1 {
			t.Fatal("a query that has ended takes a Ctrl-C")
		}
		<-s.interrupts
	}
}

// Colours change no character of what is typed.
func TestHighlight(t *testing.T) {
	t.Parallel()
	codes := regexp.MustCompile("\x1b\\[[0-9]+m")
	for _, text := range []string{`g.V(g.IRI("kg:x")).out('a').limit(10).all() // first`, `"open`, `a "b\"c" 12x 12`, "한국(", ""} {
		got := highlight(text)
		if codes.ReplaceAllString(got, "") != text {
			t.Errorf("%q is shown as %q", text, got)
		}
	}
	if got := highlight(`g.V("a")`); got != "g.\x1b[34mV\x1b[0m(\x1b[32m\"a\"\x1b[0m)" {
		t.Errorf("coloured: %q", got)
	}
}

// watcher is a terminal's screen: it keeps what is shown, and tells where the cursor
// is when it is asked.
type watcher struct {
	tty    *os.File
	mu     sync.Mutex
	seen   []byte
	before int // what was shown when something was last typed, or told
}

func (s *watcher) watch() {
	for buf := make([]byte, 4096); ; {
		n, err := s.tty.Read(buf)
		s.mu.Lock()
		s.seen = append(s.seen, buf[:n]...)
		s.mu.Unlock()
		for range bytes.Count(buf[:n], []byte("\x1b[6n")) {
			s.write("\x1b[1;1R")
		}
		if err != nil {
			return
		}
	}
}

// write types, or answers the shell.
func (s *watcher) write(text string) error {
	if text == "" {
		return nil
	}
	s.mu.Lock()
	s.before = len(s.seen)
	s.mu.Unlock()
	_, err := s.tty.WriteString(text)
	return err
}

// answered reports whether the shell has shown something since it was written to.
func (s *watcher) answered() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.seen) > s.before
}

// String is all that was shown.
func (s *watcher) String() string { return s.text() }

func (s *watcher) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(s.seen)
}
