package db_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/storetest"
)

// mustCopy copies files of a store, with other names if to has another.
func mustCopy(t *testing.T, from, to string, ends ...string) {
	t.Helper()
	for _, end := range ends {
		b, err := os.ReadFile(from + end)
		if err == nil {
			err = os.WriteFile(to+end, b, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// refused opens a store, to read and to write, which must fail with a text and
// change nothing.
func refused(t *testing.T, path, want string) {
	t.Helper()
	before := folderOf(t, filepath.Dir(path))
	for _, o := range []db.Options{{ReadOnly: true}, {}, {Create: true}} {
		_, err := storetest.Open(path, o)
		if err == nil || !strings.Contains(err.Error(), want) || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%+v: got %v, want %q", o, err, want)
		}
	}
	after := folderOf(t, filepath.Dir(path))
	delete(after, filepath.Base(path)+db.LockEnd) // a writer's, which may come
	delete(before, filepath.Base(path)+db.LockEnd)
	if same := maps.Equal(before, after); !same {
		t.Errorf("%s: before %v, after %v", want, before, after)
	}
}

// A small store is one file when it is closed, a large one and its journal are
// two, of which the first alone is an error that names the other.
func TestHandOver(t *testing.T) {
	t.Parallel()
	path, copied := newPath(t), newPath(t)
	qs := mustOpen(t, path, db.Options{Create: true})
	mustApply(t, qs, add(some(10)...))
	mustCopy(t, path, copied, "")
	refused(t, copied, copied+`.journal" is missing`)
	mustCopy(t, path, copied, "", db.JournalEnd)
	if got := contents(t, mustOpen(t, copied, db.Options{ReadOnly: true})); !slices.Equal(got, contents(t, qs)) {
		t.Errorf("both files hold %d quads", len(got))
	}
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
	if got := files(t, path); !slices.Equal(got, []string{"kg.db", "kg.db.lock"}) {
		t.Errorf("left %v", got)
	}
	alone := newPath(t)
	mustCopy(t, path, alone, "")
	if got := contents(t, mustOpen(t, alone, db.Options{ReadOnly: true})); len(got) != 10 {
		t.Errorf("the file holds %d quads", len(got))
	}

	// A store larger than the limit stays two files, reader and writer alike.
	small := db.Usual
	small.Fold = 8 << 10
	qs = storetest.MustOpen(t, path, db.Options{Limits: &small})
	mustApply(t, qs, add(some(2000)[10:]...))
	if err := errors.Join(mustOpen(t, path, db.Options{ReadOnly: true}).Close(), qs.Close()); err != nil {
		t.Fatal(err)
	}
	if got := files(t, path); !slices.Contains(got, "kg.db.journal") {
		t.Errorf("left %v", got)
	}
	// And becomes one file when it is small enough, whichever process wrote it.
	if err := mustOpen(t, path, db.Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	if got := files(t, path); slices.Contains(got, "kg.db.journal") {
		t.Errorf("left %v", got)
	}
	if got := contents(t, mustOpen(t, path, db.Options{ReadOnly: true})); len(got) != 2000 {
		t.Errorf("the file holds %d quads", len(got))
	}
}

// Two new stores begin with the same empty snapshot: the journal of one is not
// that of the other. Beside a snapshot that is whole, another's journal counts
// for nothing, and the next write replaces it.
func TestForeignJournal(t *testing.T) {
	t.Parallel()
	ours, theirs := newPath(t), newPath(t)
	for i, path := range []string{ours, theirs} {
		qs := storetest.MustOpen(t, path, db.Options{Create: true, Limits: &storetest.Unfolded})
		mustApply(t, qs, add(numbered(i)))
		if err := qs.Close(); err != nil {
			t.Fatal(err)
		}
	}
	mixed := newPath(t)
	mustCopy(t, ours, mixed, "")
	mustCopy(t, theirs, mixed, db.JournalEnd)
	refused(t, mixed, mixed+`.journal" is not the journal that this "kg.db" goes on in`)

	whole := mustOpen(t, ours, db.Options{})
	if err := errors.Join(whole.Compact(context.Background()), whole.Close()); err != nil {
		t.Fatal(err)
	}
	mustCopy(t, ours, theirs, "")
	if got := contents(t, mustOpen(t, theirs, db.Options{ReadOnly: true})); !slices.Equal(got, []string{spell(t, numbered(0))}) {
		t.Fatalf("got %q", got)
	}
	qs := mustOpen(t, theirs, db.Options{})
	mustApply(t, qs, add(numbered(2)))
	if got := contents(t, mustOpen(t, theirs, db.Options{ReadOnly: true})); len(got) != 2 || !slices.Equal(got, contents(t, qs)) {
		t.Fatalf("got %q", got)
	}
}

// A store of before there were marks, and one whose mark was not finished, are
// whole with their journals; the next commit marks them.
func TestUnmarked(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	qs := storetest.MustOpen(t, path, db.Options{Create: true, Limits: &storetest.Unfolded})
	mustApply(t, qs, add(some(3)...))
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	snapshotSize := int(qs.DB.Size())
	for _, size := range []int{snapshotSize, snapshotSize + 1, len(data) - 1} {
		if err := os.WriteFile(path, data[:size], 0o644); err != nil {
			t.Fatal(err)
		}
		qs := storetest.MustOpen(t, path, db.Options{Create: true, Limits: &storetest.Unfolded})
		want := contents(t, qs)
		if len(want) < 3 {
			t.Fatalf("%d bytes: got %q", size, want)
		}
		mustApply(t, qs, add(numbered(size)))
		if err := qs.Close(); err != nil {
			t.Fatal(err)
		}
		alone := newPath(t)
		mustCopy(t, path, alone, "")
		refused(t, alone, "is missing")
	}
	if err := os.WriteFile(path, data[:snapshotSize+9], 0o644); err != nil {
		t.Fatal(err)
	}
	alone := newPath(t)
	mustCopy(t, path, alone, "")
	refused(t, alone, `section "mark"`)
}

// The mark is written once: after the first commit each takes one write and one
// sync.
func TestCommitCost(t *testing.T) {
	t.Parallel()
	d := &storetest.Faulty{}
	l := storetest.Unfolded
	l.Floor = 1 << 30 // no compaction
	qs, err := storetest.Open(newPath(t), db.Options{Create: true, Disk: d, Limits: &l})
	if err != nil {
		t.Fatal(err)
	}
	defer qs.Close()
	mustApply(t, qs, add(numbered(0)))
	const adds = 50
	before := d.Calls
	for i := range adds {
		mustApply(t, qs, add(numbered(1+i)))
	}
	if got := d.Calls - before; got != 2*adds {
		t.Errorf("%d adds make %d calls to the file system", adds, got)
	}
}

// A store that was replaced by another file is not marked, nor written to.
func TestMarkOfAnother(t *testing.T) {
	t.Parallel()
	path, other := newPath(t), newPath(t)
	for i, p := range []string{path, other} {
		qs := mustOpen(t, p, db.Options{Create: true})
		mustApply(t, qs, add(some(3+i)...))
		if err := qs.Close(); err != nil {
			t.Fatal(err)
		}
	}
	qs := mustOpen(t, path, db.Options{})
	if err := os.Rename(other, path); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := qs.ApplyDeltas(add(numbered(9)), graph.IgnoreOpts{}); err == nil || !strings.Contains(err.Error(), "another file has taken its place") {
			t.Errorf("got %v", err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != string(want) {
		t.Errorf("the other store was written to: %v", err)
	}
}

// The snapshot of a store that is compacted during commits is marked before it is renamed
// into place, with both journals.
func TestMarkOfTwo(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	var marks []snapshot.Mark
	d := hooked{after: func(to string) {
		if strings.HasSuffix(to, "kg.db") {
			r, err := snapshot.Open(to)
			if errors.Is(err, fs.ErrNotExist) {
				return // what may lie there is cleared first
			}
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			m, err := r.Mark()
			if err != nil {
				t.Fatal(err)
			}
			marks = append(marks, m)
		}
	}}
	qs, err := storetest.Open(path, db.Options{Create: true, Disk: d, Limits: &storetest.Unfolded})
	if err != nil {
		t.Fatal(err)
	}
	defer qs.Close()
	mustApply(t, qs, add(numbered(0)))
	first := qs.DB.Journal().Salt()
	importBeside(t, qs, add(numbered(1)))
	if second := qs.DB.Journal().Salt(); len(marks) != 2 || marks[0] != (snapshot.Mark{}) || marks[1] != (snapshot.Mark{first, second}) {
		t.Errorf("got %v, want none and %v, %v", marks, first, second)
	}
	if got := contents(t, mustOpen(t, path, db.Options{ReadOnly: true})); len(got) != 3 {
		t.Errorf("got %q", got)
	}
}
