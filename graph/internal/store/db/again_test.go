package db_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"

	"github.com/cayleygraph/quad"
)

// hooked calls a func after each rename, and before the journal is removed.
type hooked struct {
	storetest.Unsynced
	after func(to string)
}

func (d hooked) Remove(path string) error {
	if d.after != nil && strings.HasSuffix(path, db.JournalEnd) {
		d.after(strings.TrimSuffix(path, db.JournalEnd))
	}
	return d.Unsynced.Remove(path)
}

func (d hooked) Rename(from, to string) error {
	err := d.Unsynced.Rename(from, to)
	if d.after != nil {
		d.after(to)
	}
	return err
}

// copyStore copies a store with its journal, as a kill at this moment leaves it.
func copyStore(t *testing.T, from, to string) {
	for _, end := range []string{"", db.JournalEnd} {
		b, err := os.ReadFile(from + end)
		if err == nil {
			err = os.WriteFile(to+end, b, 0o644)
		}
		if os.IsNotExist(err) {
			os.Remove(to + end)
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// An import that brings back what the journal removed makes a snapshot that is
// the old one, byte by byte.
func TestImportOfWhatWasRemoved(t *testing.T) {
	ctx := context.Background()
	path := newPath(t)
	var all string
	var sb strings.Builder
	for i := range 3000 {
		sb.WriteString("<a:s> <a:p> \"")
		sb.WriteString(strings.Repeat("x", 20))
		sb.WriteString(string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)))
		sb.WriteString("\" <a:g> .\n")
	}
	all = sb.String()
	crashed := filepath.Join(t.TempDir(), "kg.db")
	lost := filepath.Join(t.TempDir(), "kg.db")
	armed := false
	d := hooked{after: func(to string) {
		if armed && strings.HasSuffix(to, "kg.db") {
			copyStore(t, to, crashed) // kill -9 here, or what a reader finds
		}
	}}
	qs, err := storetest.Open(path, db.Options{Create: true, Disk: d})
	if err != nil {
		t.Fatal(err)
	}
	defer qs.Close()
	mustImport(t, qs, bulk.Options{}, text("x.nq", all))
	want := exported(t, qs)
	it := contents(t, qs)
	q, err := firstQuad(qs)
	if err != nil {
		t.Fatal(err)
	}
	mustApply(t, qs, del(q))
	armed = true
	copyStore(t, path, lost)
	r, err := qs.Import(ctx, []bulk.Input{text("x.nq", all)}, bulk.Options{})
	if err != nil || r.Added != 1 {
		t.Fatal(r, err)
	}
	// The import has returned. A power loss: the removal of the journal's name
	// was never synced, so the journal as it was is there again.
	jr, err := os.ReadFile(crashed + db.JournalEnd)
	if err != nil {
		t.Fatal("no journal beside the new snapshot", err)
	}
	copyStore(t, path, lost)
	os.WriteFile(lost+db.JournalEnd, jr, 0o644)
	for what, p := range map[string]string{"killed after the rename": crashed, "power loss after it returned": lost} {
		again := mustOpen(t, p, db.Options{ReadOnly: true})
		if got := exported(t, again); got != want {
			t.Errorf("%s: %d quads, want %d", what, len(contents(t, again)), len(it))
		}
	}
}

func firstQuad(qs *storetest.Store) (q quad.Quad, err error) {
	it := qs.QuadsAllIterator().Iterate()
	defer it.Close()
	it.Next(context.Background())
	return qs.Quad(it.Result())
}

// A new store where one was removed without its journal.
func TestStoreInPlaceOfRemoved(t *testing.T) {
	path := newPath(t)
	qs, err := storetest.Open(path, db.Options{Create: true, Limits: &storetest.Unfolded})
	if err != nil {
		t.Fatal(err)
	}
	mustApply(t, qs, add(some(10)...))
	qs.Close()
	os.Remove(path)
	crashed := filepath.Join(t.TempDir(), "kg.db")
	d := hooked{after: func(to string) {
		if strings.HasSuffix(to, "kg.db") {
			copyStore(t, to, crashed)
		}
	}}
	qs, err = storetest.Open(path, db.Options{Create: true, Disk: d, Limits: &storetest.Unfolded})
	if err != nil {
		t.Fatal(err)
	}
	mustApply(t, qs, add(numbered(100)))
	qs.Close()
	again := mustOpen(t, crashed, db.Options{ReadOnly: true})
	if n := len(contents(t, again)); n != 0 {
		t.Errorf("the new store has %d quads of the removed one", n)
	}
}

// The content of a private store is never written to files that others can read.
func TestModeWhileRewriting(t *testing.T) {
	path := newPath(t)
	qs := mustOpen(t, path, db.Options{Create: true})
	mustApply(t, qs, add(some(10)...))
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	qs.DB.WrapDisk(func(d db.Disk) db.Disk {
		return created{d, func(p string) {
			info, err := os.Stat(p)
			if err == nil && info.Mode().Perm() != 0o600 {
				t.Errorf("%s has mode %v while it is written", filepath.Base(p), info.Mode())
			}
		}}
	})
	mustApply(t, qs, add(numbered(77)))
	if err := qs.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
}

type created struct {
	db.Disk
	after func(string)
}

func (d created) Create(path string) (db.File, error) {
	f, err := d.Disk.Create(path)
	if err == nil {
		return modeFile{f, path, d.after}, nil
	}
	return f, err
}

type modeFile struct {
	db.File
	path  string
	after func(string)
}

func (f modeFile) Sync() error { f.after(f.path); return f.File.Sync() }
