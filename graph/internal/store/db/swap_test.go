package db_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
)

// mapping is a disk that replaces no file that is mapped, as Windows.
type mapping struct {
	storetest.Unsynced
	between func() // is called when the old snapshot has stepped aside
}

func (d mapping) Rename(from, to string) error {
	if err := storetest.InUse(from, to); err != nil {
		return err
	}
	if _, err := os.Lstat(to); filepath.Base(from) == "kg.db.tmp-new" && errors.Is(err, fs.ErrNotExist) && d.between != nil {
		d.between()
	}
	return d.Unsynced.Rename(from, to)
}

func (d mapping) Remove(path string) error {
	if err := storetest.InUse(path, ""); err != nil {
		return err
	}
	return d.Unsynced.Remove(path)
}

// TestSwap replaces snapshots that are being read: readers go on, new openers see the new
// one, also between the two renames, and the renamed file is removed after its last
// reader.
func TestSwap(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	first := mustOpen(t, path, db.Options{Create: true})
	mustImport(t, first, bulk.Options{}, text("x.nq", "<a:i> <a:p> <a:o> .\n"))
	want := contents(t, first)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	reader := mustOpen(t, path, db.Options{ReadOnly: true})
	opened := make(chan []string, 2)
	writer := mustOpen(t, path, db.Options{Limits: &storetest.Unfolded, Disk: mapping{between: func() {
		go func() {
			qs, err := storetest.Open(path, db.Options{ReadOnly: true})
			if err != nil {
				t.Error(err)
				opened <- nil
				return
			}
			got := contents(t, qs)
			if err := qs.Close(); err != nil {
				t.Error(err)
			}
			opened <- got
		}()
		time.Sleep(20 * time.Millisecond) // and so it waits
	}}})
	mustApply(t, writer, add(numbered(1)))
	if err := writer.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	now := contents(t, writer)
	if got := <-opened; !slices.Equal(got, now) {
		t.Errorf("between the renames: got %q, want %q", got, now)
	}
	if got := contents(t, reader); !slices.Equal(got, want) {
		t.Errorf("the reader sees %q, want %q", got, want)
	}
	mustApply(t, writer, add(numbered(2)))
	if err := writer.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-opened
	now = contents(t, writer)
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	aside := []string{"kg.db", "kg.db.lock", "kg.db.tmp-old", "kg.db.tmp-old.2"}
	if got := files(t, path); !slices.Equal(got, aside) {
		t.Errorf("got files %q, want %q", got, aside)
	}
	last := mustOpen(t, path, db.Options{})
	if got := contents(t, last); !slices.Equal(got, now) {
		t.Errorf("got %q, want %q", got, now)
	}
	if got := files(t, path); !slices.Equal(got, aside[:2]) {
		t.Errorf("got files %q, want %q", got, aside[:2])
	}
}

// TestSwapOfRemoved does not bring back a store that was removed, from what a killed
// load left of another.
func TestSwapOfRemoved(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	for _, name := range []string{path + ".tmp-old", path + ".tmp-new"} {
		if err := os.WriteFile(name, []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if qs, err := storetest.Open(path, db.Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, %v", qs, err)
	}
	mustOpen(t, path, db.Options{Create: true})
	if got := files(t, path); !slices.Equal(got, []string{"kg.db.lock"}) {
		t.Errorf("got files %q", got)
	}
}
