package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
)

// oneVerb is held by the verb that runs: the tables of two share their settings.
var oneVerb sync.Mutex

// runVerb runs kg until it ends, a server until it is up, and returns the exit
// code and all that it printed. One that hangs fails the test.
func runVerb(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	oneVerb.Lock()
	defer oneVerb.Unlock()
	out := &printed{}
	a := newApp(strings.NewReader(""), out, out)
	root := newRoot(a)
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(out)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- errors.Join(root.ExecuteContext(ctx), a.close()) }()
	late := time.After(5 * time.Minute)
	for {
		select {
		case err := <-ended:
			return exitCode(err), fmt.Sprintln(out, err)
		case <-late:
			t.Fatalf("kg %q hangs", args)
		case <-time.After(time.Millisecond):
			if strings.Contains(out.String(), "http://127.0.0.1:") {
				cancel()
			}
		}
	}
}

// folder tells all of a folder that can change: the kind, permissions, time and
// content of each name in it.
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	list := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		var inside []byte
		switch {
		case info.Mode().IsRegular():
			inside, err = os.ReadFile(path)
		case info.Mode()&fs.ModeSymlink != 0:
			var to string
			to, err = os.Readlink(path)
			inside = []byte(to)
		}
		list[path] = fmt.Sprint(info.Mode(), info.Size(), info.ModTime().UnixNano(), string(inside))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A kind of thing that --db may name, in a folder of its own.
type dbKind struct {
	make func(dir, db string) error
	// What loading into it and asking it come to: the exit code, and what is said.
	exit int
	says string
}

// dbKinds are all kinds. store has a store with what was loaded last in a
// journal of its own.
func dbKinds(store string) map[string]dbKind {
	file := func(content string) func(_, db string) error {
		return func(_, db string) error { return os.WriteFile(db, []byte(content), 0o644) }
	}
	copied := func(to string, ends ...string) error {
		for _, end := range ends {
			b, err := os.ReadFile(store + end)
			if err == nil {
				err = os.WriteFile(to+end, b, 0o600)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	link := func(to string) func(_, db string) error {
		return func(_, db string) error { return os.Symlink(to, db) }
	}
	const quads = "<https://a.example/s> <https://a.example/p> <https://a.example/o> <https://a.example/g> .\n"
	return map[string]dbKind{
		"store": {func(_, db string) error { return copied(db, "", ".journal") }, exitDone, ""},
		"linked": {func(dir, db string) error {
			return errors.Join(copied(filepath.Join(dir, "far.db"), "", ".journal"), os.Symlink("far.db", db))
		}, exitDone, ""},
		"half":    {func(_, db string) error { return copied(db, "") }, exitStore, "missing.db"},
		"empty":   {file(""), exitStore, "the file is empty"},
		"quads":   {file(quads), exitStore, "it is a text, and no store: kg load FILE puts claims or N-Quads into one"},
		"packed":  {file("\x1f\x8b\x08\x00 and so on"), exitStore, "is damaged"},
		"nowhere": {link("nothing"), exitStore, "it is a link to nothing"},
		"device":  {link(os.DevNull), exitStore, "it is a device"},
		"pipe":    {func(_, db string) error { return mkfifo(db) }, exitStore, "it is a pipe"},
		"to a pipe": {func(dir, db string) error {
			return errors.Join(mkfifo(filepath.Join(dir, "pipe")), os.Symlink("pipe", db))
		}, exitStore, "it is a pipe"},
		"folder": {func(_, db string) error { return os.Mkdir(db, 0o755) }, exitStore, "it is a folder"},
	}
}

// verbs of the command line, those that only read with arguments that ask the
// store. Those that are storeless do not open it.
var (
	readingVerbs = map[string][]string{
		"query":      {"query", "neighbours", "entity=Blue Line", "--evidence"},
		"query show": {"query", "show", "neighbours"},
		"query test": {"query", "test", "embassies"},
		"show":       {"show", "Blue Line"},
		"why":        {"why", "Blue Line", "Ann Lee"},
		"compare":    {"compare"},
		"diff":       {"diff", "../../data/testdata/example.yaml", "../../data/testdata/example.yaml"},
		"find":       {"find", "Blue Line"},
		"export":     {"export", "--hash"},
		"check":      {"check"},
		"stats":      {"stats"},
		"locate":     {"locate", "../../data/testdata/example.yaml", "--text", "../../data/testdata/example.txt"},
		"verify":     {"verify", "--text", "../../data/testdata/example.txt"},
		"coverage":   {"coverage", "herald-2020-05-04", "--text", "../../data/testdata/example.txt"},
		"serve":      {"serve", "--addr", "127.0.0.1:0"},
		"draw":       {"draw", "Blue Line", "--format", "dot", "-o", "-"},
		"version":    {"version"},
		"fmt":        {"fmt", "../../data/testdata/example.yaml"},
		"kinds":      {"kinds", "Person"},
		"schema":     {"schema", "--json"},
		"map":        {"map", "../../internal/mapping/testdata/crews.csv"},
		"match":      {"match"},
		"new":        {"new", "--text", "../../data/testdata/example.txt"},
		"draft":      {"draft", "--text", "../../data/testdata/example.txt", "--publisher", "NewsMedia The Herald", "--author", "Ann Lee", "--model-name", "some-model", "--model"}, // its server comes last
		"mcp":        {"mcp"},                                                                                                                                                       // TestAssistantStdio asks it
	}
	storeless    = []string{"query show", "query test", "locate", "diff", "version", "fmt", "kinds", "schema", "map", "mcp"}
	writingVerbs = []string{"load", "recover", "retract", "restore", "remove"}
	serverVerbs  = []string{"db", "db init", "db upgrade", "db check", "db trim", "snapshot", "snapshot pull"} // TestPostgres has them
)

// TestEveryVerb holds that each verb is known here as one that reads or writes.
func TestEveryVerb(t *testing.T) {
	t.Parallel()
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		name := strings.TrimPrefix(strings.TrimPrefix(cmd.CommandPath(), "kg"), " ")
		_, reads := readingVerbs[name]
		if cmd.Runnable() && name != "" && cmd.Name() != "help" && !strings.HasPrefix(name, "completion") && !reads && !slices.Contains(slices.Concat(writingVerbs, serverVerbs), name) {
			t.Errorf("kg %s: does it read or write?", name)
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(newRoot(&app{}))
}

// quadsFile is a file of one quad.
func quadsFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.nq")
	if err := os.WriteFile(path, []byte("<https://b.example/s> <https://b.example/p> <https://b.example/o> <https://b.example/g> .\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// journalled is a store whose last quads are in its journal.
func journalled(t *testing.T) string {
	t.Helper()
	made, path := filepath.Join(t.TempDir(), "made.db"), filepath.Join(t.TempDir(), "kg.db")
	if code, said := runVerb(t, "--db", made, "load", "../../data/testdata/example.yaml"); code != exitDone {
		t.Fatal(said)
	}
	s, err := graph.OpenToWrite(made, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	q := quad.Quad{Subject: quad.IRI("https://a.example/s"), Predicate: quad.IRI("https://a.example/p"), Object: quad.IRI("https://a.example/o"), Label: quad.IRI("https://a.example/g")}
	if err := s.Apply([]cayley.Delta{{Quad: q, Action: cayley.Add}}, cayley.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", ".journal"} {
		b, err := os.ReadFile(made + end)
		if err == nil {
			err = os.WriteFile(path+end, b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// A verb that reads changes no byte, time, permission or kind of any file, and
// makes none, whatever --db names; and it does not wait for what is no file.
func TestReadingChangesNothing(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("has neither pipes nor links")
	}
	verbs := [][]string{
		{"query", "-e", "g.V().all()"},
		{"export"},
		{"load", "--dry-run", "../../data/testdata/example.yaml"},
		{"load", "--dry-run", quadsFile(t)},
		{"__complete", "show", "blue"},
		{"retract", "herald-2020-05-04", "--reason", "why", "--author", "Ann", "--dry-run"},
	}
	for _, name := range slices.Sorted(maps.Keys(readingVerbs)) {
		args := readingVerbs[name]
		if name == "draft" {
			args = append(slices.Clip(args), silentModel(t))
		}
		verbs = append(verbs, args)
	}
	kinds := dbKinds(journalled(t))
	kinds["no file"] = dbKind{func(string, string) error { return nil }, exitStore, "there is no store yet: kg load makes one"}
	if testing.Short() {
		kinds = map[string]dbKind{"store": kinds["store"]}
	}
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			db := filepath.Join(dir, "missing.db")
			if err := kind.make(dir, db); err != nil {
				t.Fatal(err)
			}
			before := folder(t, dir)
			for _, args := range verbs {
				code, said := runVerb(t, append([]string{"--db", db}, args...)...)
				if after := folder(t, dir); !maps.Equal(before, after) {
					t.Fatalf("kg %q: before\n%q\nafter\n%q", args, before, after)
				}
				asks := !slices.ContainsFunc(storeless, func(verb string) bool { return strings.HasPrefix(strings.Join(args, " "), verb) })
				if (name == "no file" || name == "empty") && args[0] == "load" || name == "no file" && (args[0] == "new" || args[0] == "draft") || args[0] == "__complete" {
					asks = false
				}
				want := kind.exit
				if name == "empty" && args[0] == "check" {
					want = exitFound
				}
				if (args[0] == "coverage" || args[0] == "draft") && want == exitDone {
					want = exitFound // a sentence of the example has no claim, and the model none to draft
				}
				if asks && (code != want || !strings.Contains(said, kind.says)) {
					t.Errorf("kg %q exits with %d, not %d, and says %s", args, code, want, said)
				} else if !asks && code != exitDone && args[0] != "draft" {
					t.Errorf("kg %q exits with %d, and says %s", args, code, said)
				}
			}
		})
	}
}

// A verb that writes makes a store where there is nothing, writes to one that a
// link leads to and leaves the link, and leaves everything else alone.
func TestLoadingRefuses(t *testing.T) {
	if testing.Short() {
		t.Skip("loads into every kind of file")
	}
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("has neither pipes nor links")
	}
	quads := quadsFile(t)
	kinds := dbKinds(journalled(t))
	delete(kinds, "empty") // it is kept under another name: stray.txtar
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			db := filepath.Join(dir, "missing.db")
			if err := kind.make(dir, db); err != nil {
				t.Fatal(err)
			}
			before := folder(t, dir)
			for _, args := range [][]string{{"load"}, {"load", quads}, {"serve", "--writable", "--addr", "127.0.0.1:0"}} {
				if code, said := runVerb(t, append([]string{"--db", db}, args...)...); code != kind.exit || !strings.Contains(said, kind.says) {
					t.Errorf("kg %q exits with %d, not %d, and says %s", args, code, kind.exit, said)
				}
			}
			after := folder(t, dir)
			if kind.exit == exitDone {
				if b := before[db]; strings.HasPrefix(b, "L") && after[db] != b {
					t.Error("the link is gone")
				}
				if _, ok := after[db+".journal"]; ok {
					t.Error("a small store is two files")
				}
				if code, said := runVerb(t, "--db", db, "check"); code != exitDone {
					t.Error(said)
				}
				return
			}
			if name == "half" { // it is a store, and so it was locked
				delete(after, db+".lock")
				before[dir] = after[dir]
			}
			if !maps.Equal(before, after) {
				t.Errorf("before\n%q\nafter\n%q", before, after)
			}
		})
	}
}
