package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"

	"kg/graph/internal/store/journal"
	"kg/graph/internal/store/snapshot"
)

// files are the names of what is in the store's folder.
func files(t testing.TB, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestOpenMissing(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	for _, o := range []Options{{}, {ReadOnly: true}, {ReadOnly: true, Create: true}} {
		if _, err := Open(path, o); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), path) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if got := files(t, path); len(got) != 0 {
		t.Errorf("left %v", got)
	}
	// The first write makes the store, not the opening, nor a write that fails.
	qs := mustOpen(t, path, Options{Create: true})
	if err := qs.ApplyDeltas(del(numbered(1)), graph.IgnoreOpts{}); !errors.Is(err, graph.ErrQuadNotExist) {
		t.Error(err)
	}
	if got := files(t, path); !slices.Equal(got, []string{"kg.db.lock"}) {
		t.Errorf("left %v", got)
	}
	mustApply(t, qs, add(numbered(1)))
	if got := files(t, path); !slices.Equal(got, []string{"kg.db", "kg.db.journal", "kg.db.lock"}) {
		t.Errorf("left %v", got)
	}
	if err := qs.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := files(t, path); !slices.Equal(got, []string{"kg.db", "kg.db.lock"}) {
		t.Errorf("left %v", got)
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	qs := mustOpen(t, path, Options{Create: true})
	mustApply(t, qs, add(numbered(1)))
	_, err := Open(path, Options{})
	var locked *LockedError
	if !errors.As(err, &locked) || !strings.Contains(locked.Holder, fmt.Sprintf("pid %d on ", os.Getpid())) {
		t.Fatal(err)
	}
	reader := mustOpen(t, path, Options{ReadOnly: true})
	if err := reader.ApplyDeltas(add(numbered(2)), graph.IgnoreOpts{}); !errors.Is(err, errReadOnly) {
		t.Error(err)
	}
	if err := reader.Compact(context.Background()); !errors.Is(err, errReadOnly) {
		t.Error(err)
	}
	if _, err := reader.NewQuadWriter(); !errors.Is(err, errReadOnly) {
		t.Error(err)
	}
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
	// The lock file stays, and is no obstacle.
	again := mustOpen(t, path, Options{})
	mustApply(t, again, add(numbered(2)))
	if got := len(contents(t, reader)); got != 1 {
		t.Errorf("the reader sees %d quads", got)
	}
}

func TestClosed(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	qs := newStore(t)
	mustApply(t, qs, add(some(200)...))
	hidden, err := qs.Hide(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	it := qs.QuadsAllIterator().Iterate()
	if !it.Next(ctx) {
		t.Fatal(it.Err())
	}
	if err := errors.Join(qs.Close(), qs.Close(), hidden.Close()); err != nil {
		t.Fatal(err)
	}
	if err := qs.ApplyDeltas(add(numbered(-1)), graph.IgnoreOpts{}); !errors.Is(err, errClosed) {
		t.Error(err)
	}
	for _, qs := range []*QuadStore{qs, hidden} {
		_, err1 := qs.ValueOf(values[0])
		_, err2 := qs.Stats(ctx, true)
		scan := qs.NodesAllIterator().Iterate()
		for _, err := range []error{err1, err2, scan.Err(), qs.Verify(ctx, nil)} {
			if !errors.Is(err, errClosed) {
				t.Error(err)
			}
		}
		if scan.Next(ctx) {
			t.Error("found a node in a closed store")
		}
	}
	n := 1
	for it.Next(ctx) {
		n++
	}
	if n != 200 || it.Err() != nil {
		t.Errorf("what was begun before gave %d quads, %v", n, it.Err())
	}
}

// What killed processes left behind goes with the next writer, and nothing
// else does.
func TestSweep(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	for _, name := range []string{".tmp-7", ".tmp-new", ".tmp-journal", ".txt", ".tmp-"} {
		if err := os.WriteFile(path+name, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mustOpen(t, path, Options{Create: true})
	if got := files(t, path); !slices.Equal(got, []string{"kg.db.lock", "kg.db.tmp-", "kg.db.txt"}) {
		t.Errorf("left %v", got)
	}
}

// A link goes on pointing to the store, and the store keeps its permissions.
func TestLinkAndMode(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	qs := mustOpen(t, path, Options{Create: true})
	mustApply(t, qs, add(numbered(1)))
	if err := errors.Join(qs.Close(), os.Chmod(path, 0o600)); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	qs = mustOpen(t, link, Options{})
	mustApply(t, qs, add(numbered(2)))
	if err := qs.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	mustApply(t, qs, add(numbered(3)))
	for _, path := range []string{path, path + journalEnd} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if got := len(contents(t, mustOpen(t, path, Options{ReadOnly: true}))); got != 3 {
		t.Errorf("%d quads", got)
	}
	if got := files(t, link); !slices.Equal(got, []string{"link.db"}) {
		t.Errorf("beside the link: %v", got)
	}
}

func TestRegistered(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	if _, err := graph.NewQuadStore(Type, path, nil); !errors.Is(err, graph.ErrNotInitialized) || !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if err := graph.InitQuadStore(Type, path, nil); err != nil {
		t.Fatal(err)
	}
	if err := graph.InitQuadStore(Type, path, nil); !errors.Is(err, graph.ErrDatabaseExists) {
		t.Error(err)
	}
	if err := graph.UpgradeQuadStore(Type, path, nil); err != nil {
		t.Error(err)
	}
	qs, err := graph.NewQuadStore(Type, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer qs.Close()
	if err := qs.ApplyDeltas(add(numbered(1)), graph.IgnoreOpts{}); err != nil {
		t.Error(err)
	}
	reader, err := graph.NewQuadStore(Type, path, graph.Options{"read_only": true})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if got := len(contents(t, reader)); got != 1 {
		t.Errorf("%d quads", got)
	}
	if qs, err := graph.NewQuadStore(Type, path, graph.Options{"read_only": "yes"}); qs != nil || err == nil {
		t.Error("took a word for a bool")
	}
	if qs, err := graph.NewQuadStore(Type, path, nil); qs != nil || err == nil {
		t.Error("opened twice for writing")
	}
}

// Every prefix of a store's journal that has its header opens to a prefix of its
// commits, and without one it is not the store's journal; a flipped
// byte is damage with the file's name, or in the unfinished last record.
func TestTornJournal(t *testing.T) {
	if testing.Short() {
		t.Skip("tears at every byte")
	}
	t.Parallel()
	path := newPath(t)
	qs := mustOpenUnfolded(t, path)
	const commits, headerSize = 5, 64
	var sizes []int
	for i := range commits {
		deltas := add(numbered(i))
		if i > 0 {
			deltas = append(deltas, del(numbered(i-1))...)
		}
		mustApply(t, qs, deltas)
		sizes = append(sizes, int(qs.core.journal.Size()))
	}
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path + journalEnd)
	if err != nil {
		t.Fatal(err)
	}
	write := func(data []byte) (*QuadStore, error) {
		if err := os.WriteFile(path+journalEnd, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return Open(path, Options{ReadOnly: true})
	}
	for n := range len(data) {
		qs, err := write(data[:n])
		if n < headerSize {
			if err == nil || !strings.Contains(err.Error(), "is not the journal that this \"kg.db\" goes on in") {
				t.Fatalf("%d bytes: %v", n, err)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%d bytes: %v", n, err)
		}
		done, _ := slices.BinarySearch(sizes, n+1)
		want := []string{}
		if done > 0 {
			want = append(want, spell(t, numbered(done-1)))
		}
		if got := contents(t, qs); !slices.Equal(got, want) {
			t.Fatalf("%d bytes, %d commits: got %q", n, done, got)
		}
	}
	for at := range data {
		bad := bytes.Clone(data)
		bad[at] ^= 0x40
		qs, err := write(bad)
		var damage *journal.DamageError
		switch {
		case at >= sizes[commits-1] && err == nil:
			if got := contents(t, qs); len(got) != 1 || got[0] != spell(t, numbered(commits-1)) {
				t.Fatalf("byte %d of the closed record: %q", at, got)
			}
		case !errors.As(err, &damage) || damage.Path != path+journalEnd:
			t.Fatalf("byte %d: %v", at, err)
		}
	}
	// A writer cuts the unfinished record off and goes on.
	if _, err := write(data[:sizes[2]+9]); err != nil {
		t.Fatal(err)
	}
	qs = mustOpen(t, path, Options{})
	mustApply(t, qs, add(numbered(77)))
	again := mustOpen(t, path, Options{ReadOnly: true})
	if got := contents(t, again); len(got) != 2 || !slices.Equal(got, contents(t, qs)) {
		t.Fatalf("got %q", got)
	}
}

// A damaged snapshot is an error with its file and place at the first touch,
// never a panic.
func TestDamagedSnapshot(t *testing.T) {
	if testing.Short() {
		t.Skip("damages hundreds of bytes")
	}
	t.Parallel()
	path := newPath(t)
	qs := mustOpen(t, path, Options{Create: true})
	mustApply(t, qs, add(some(300)...))
	if err := errors.Join(qs.Compact(context.Background()), qs.Close()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for at := 0; at < len(data); at += 97 {
		bad := bytes.Clone(data)
		bad[at] ^= 1
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		err := useAll(path)
		var damage *snapshot.DamageError
		if !errors.As(err, &damage) || damage.Path != path {
			t.Fatalf("byte %d: %v", at, err)
		}
		found++
	}
	if found < 100 {
		t.Errorf("only %d bytes were tried", found)
	}
}

// useAll does everything that reads, and gives the first error. Verify must
// find what the others do not come by.
func useAll(path string) error {
	ctx := context.Background()
	qs, err := Open(path, Options{})
	if err != nil {
		return err
	}
	defer qs.Close()
	_, nameErr := qs.ValueOf(numbered(7).Object)
	it := qs.QuadsAllIterator().Iterate()
	for it.Next(ctx) {
		if _, err := qs.Quad(it.Result()); err != nil {
			return err
		}
	}
	_, statsErr := qs.Stats(ctx, true)
	applyErr := qs.ApplyDeltas(add(numbered(7)), graph.IgnoreOpts{IgnoreDup: true})
	_, exportErr := qs.Export(ctx, &bytes.Buffer{}, nil)
	for _, err := range []error{nameErr, it.Err(), statsErr, applyErr, exportErr} {
		if err != nil {
			return err
		}
	}
	return qs.Verify(ctx, nil)
}
