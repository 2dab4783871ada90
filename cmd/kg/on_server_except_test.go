package main

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"kg/graph"
	"kg/internal/pgtest"
)

// exceptions are what a graph on a server cannot do as a file does: whole scripts, and
// lines of scripts. Each must fail there, or it is none.
var exceptions = []struct{ script, line, reason string }{
	{"stray.txtar", "", "it is about the files of a store: a journal of another, an empty one"},
	{"recover.txtar", "", "it damages the file of a store and saves what is left of it"},
	{"snapshot.txtar", "", "a copy of a server's graph is a file"},
	{"export_over.txtar", "", "a store is no file, which could be written over"},
	{"settings.txtar", "exists ", "a store is no file"},
	{"foreign.txtar", "kg query neighbours entity=https://ex.org/bob, kg find", "what suits a graph is found out from all of it, which a server does not send for a hint"},
	{"match.txtar", "kg query neighbours entity=kg:facility/pier, ", "the same of the hint's entity"},
	{"stats.txtar", "up to date, and has no quads", "the same of a graph without quads"},
	{"query.txtar", "! stdout '^bribes '", "the same of the list of questions"},
	{"query.txtar", "stderr '^left out, as kg.db has", "the same of the list of questions"},
	{"serve.txtar", "exits 4 kg load", "many can write to a server at once"},
}

// excepted rewrites a script for a server: an excepted line must do the opposite of
// what it says. It counts the lines of each exception.
func excepted(t *testing.T, name, text string, used []int) string {
	lines := strings.SplitAfter(text, "\n")
	for n, line := range lines {
		if strings.HasPrefix(line, "-- ") {
			break
		}
		if strings.HasPrefix(line, "rm ") && strings.Contains(line, ".db") {
			lines[n] = "drop" + strings.TrimPrefix(line, "rm")
		}
		for i, e := range exceptions {
			if e.line == "" || e.script != name || !strings.Contains(line, e.line) || strings.HasPrefix(line, "#") {
				continue
			}
			used[i]++
			if rest, not := strings.CutPrefix(line, "! "); not {
				lines[n] = rest
			} else {
				lines[n] = "! " + line
			}
		}
	}
	return strings.Join(lines, "")
}

// failing is a test that must fail.
type failing struct {
	testscript.T
	failed bool
}

func (f *failing) Run(_ string, run func(testscript.T)) {
	defer func() {
		if x := recover(); x != nil && x != any(f) {
			panic(x)
		}
	}()
	run(f)
}

func (f *failing) Parallel()     {}
func (f *failing) Log(...any)    {}
func (f *failing) Verbose() bool { return false }
func (f *failing) Fatal(...any)  { f.FailNow() }
func (f *failing) FailNow() {
	f.failed = true
	panic(f)
}

// scriptsOnServer runs the scripts with their stores on a server, but for the
// exceptions, which must fail.
func scriptsOnServer(t *testing.T) {
	server := pgtest.Shared(t)
	at, err := url.Parse(server.Address)
	if err != nil {
		t.Fatal(err)
	}
	at.Path = "/" + template
	if err := do(server.Address, "CREATE DATABASE "+template); err != nil {
		t.Fatal(err)
	}
	remote, _ := graph.ParseRemote(at.String())
	if _, err := remote.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	dir, used := t.TempDir(), make([]int, len(exceptions))
	whole := map[string]bool{}
	for _, e := range exceptions {
		whole[e.script] = whole[e.script] || e.line == ""
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if name := filepath.Base(file); !whole[name] {
			b = []byte(excepted(t, name, string(b), used))
			if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, e := range exceptions {
		if e.line != "" {
			if used[i] == 0 {
				t.Errorf("no line of %s has %q", e.script, e.line)
			}
			continue
		}
		p := scripts(server)
		p.Files = []string{filepath.Join("testdata/script", e.script)}
		f := &failing{}
		testscript.RunT(f, p)
		if !f.failed {
			t.Errorf("%s passes on a server: it is no exception", e.script)
		}
	}
	p := scripts(server)
	p.Dir = dir
	testscript.Run(t, p)
}
