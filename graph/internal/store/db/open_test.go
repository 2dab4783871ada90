package db_test

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

	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/storetest"
	"kg/graph/internal/store/wal"
)

func TestOpenMissing(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	for _, o := range []db.Options{{}, {ReadOnly: true}, {ReadOnly: true, Create: true}} {
		if _, err := storetest.Open(path, o); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), path) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if got := files(t, path); len(got) != 0 {
		t.Errorf("left %v", got)
	}
	// The first write makes the store, not the opening, nor a write that fails.
	qs := mustOpen(t, path, db.Options{Create: true})
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
	qs := mustOpen(t, path, db.Options{Create: true})
	mustApply(t, qs, add(numbered(1)))
	_, err := storetest.Open(path, db.Options{})
	var locked *db.LockedError
	if !errors.As(err, &locked) || !strings.Contains(locked.Holder, fmt.Sprintf("pid %d on ", os.Getpid())) {
		t.Fatal(err)
	}
	reader := mustOpen(t, path, db.Options{ReadOnly: true})
	if err := reader.ApplyDeltas(add(numbered(2)), graph.IgnoreOpts{}); !errors.Is(err, db.ErrReadOnly) {
		t.Error(err)
	}
	if err := reader.Compact(context.Background()); !errors.Is(err, db.ErrReadOnly) {
		t.Error(err)
	}
	if _, err := reader.NewQuadWriter(); !errors.Is(err, db.ErrReadOnly) {
		t.Error(err)
	}
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
	// The lock file stays, and is no obstacle.
	again := mustOpen(t, path, db.Options{})
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
	if err := qs.ApplyDeltas(add(numbered(-1)), graph.IgnoreOpts{}); !errors.Is(err, db.ErrClosed) {
		t.Error(err)
	}
	for _, qs := range []*store.QuadStore{qs.QuadStore, hidden} {
		_, err1 := qs.ValueOf(values[0])
		_, err2 := qs.Stats(ctx, true)
		scan := qs.NodesAllIterator().Iterate()
		for _, err := range []error{err1, err2, scan.Err(), qs.Verify(ctx, nil)} {
			if !errors.Is(err, db.ErrClosed) {
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

// Files left by killed processes are removed by the next writer, and no others.
func TestSweep(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	for _, name := range []string{".tmp-7", ".tmp-new", ".tmp-journal", ".txt", ".tmp-"} {
		if err := os.WriteFile(path+name, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mustOpen(t, path, db.Options{Create: true})
	if got := files(t, path); !slices.Equal(got, []string{"kg.db.lock", "kg.db.tmp-", "kg.db.txt"}) {
		t.Errorf("left %v", got)
	}
}

// A link goes on pointing to the store, and the store keeps its permissions.
func TestLinkAndMode(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	qs := mustOpen(t, path, db.Options{Create: true})
	mustApply(t, qs, add(numbered(1)))
	if err := errors.Join(qs.Close(), os.Chmod(path, 0o600)); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	qs = mustOpen(t, link, db.Options{})
	mustApply(t, qs, add(numbered(2)))
	if err := qs.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	mustApply(t, qs, add(numbered(3)))
	for _, path := range []string{path, path + db.JournalEnd} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if got := len(contents(t, mustOpen(t, path, db.Options{ReadOnly: true}))); got != 3 {
		t.Errorf("%d quads", got)
	}
	if got := files(t, link); !slices.Equal(got, []string{"link.db"}) {
		t.Errorf("beside the link: %v", got)
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
	qs := storetest.MustOpen(t, path, db.Options{Create: true, Limits: &storetest.Unfolded})
	const commits, headerSize = 5, 64
	var sizes []int
	for i := range commits {
		deltas := add(numbered(i))
		if i > 0 {
			deltas = append(deltas, del(numbered(i-1))...)
		}
		mustApply(t, qs, deltas)
		sizes = append(sizes, int(qs.DB.Journal().Size()))
	}
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path + db.JournalEnd)
	if err != nil {
		t.Fatal(err)
	}
	write := func(data []byte) (*storetest.Store, error) {
		if err := os.WriteFile(path+db.JournalEnd, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return storetest.Open(path, db.Options{ReadOnly: true})
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
		var damage *wal.DamageError
		switch {
		case at >= sizes[commits-1] && err == nil:
			if got := contents(t, qs); len(got) != 1 || got[0] != spell(t, numbered(commits-1)) {
				t.Fatalf("byte %d of the closed record: %q", at, got)
			}
		case !errors.As(err, &damage) || damage.Path != path+db.JournalEnd:
			t.Fatalf("byte %d: %v", at, err)
		}
	}
	// A writer cuts the unfinished record off and goes on.
	if _, err := write(data[:sizes[2]+9]); err != nil {
		t.Fatal(err)
	}
	qs = mustOpen(t, path, db.Options{})
	mustApply(t, qs, add(numbered(77)))
	again := mustOpen(t, path, db.Options{ReadOnly: true})
	if got := contents(t, again); len(got) != 2 || !slices.Equal(got, contents(t, qs)) {
		t.Fatalf("got %q", got)
	}
}

// A damaged snapshot is an error with its file and offset at the first read, never a
// panic.
func TestDamagedSnapshot(t *testing.T) {
	if testing.Short() {
		t.Skip("damages hundreds of bytes")
	}
	t.Parallel()
	path := newPath(t)
	qs := mustOpen(t, path, db.Options{Create: true})
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
	qs, err := storetest.Open(path, db.Options{})
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
