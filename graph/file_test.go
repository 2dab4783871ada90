package graph_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"kg/graph"
	"kg/graph/internal/store/db"
	"kg/schema"
)

var errDisk = errors.New("the disk is broken")

func TestReplaceFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "kg.db")
	if err := os.WriteFile(path+".kg-new", []byte("left by a killed process\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"old\n", "", "new\n"} { // the first makes the file
		if err := graph.ReplaceFile(path, func(w io.Writer) error { _, err := io.WriteString(w, text); return err }); err != nil {
			t.Fatal(err)
		}
		if got, _ := read(t, path); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
		equal(t, "files", names(t, path), []string{"kg.db"})
	}
}

func TestReplaceFileFails(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(io.Writer) error{
		"at once": func(io.Writer) error { return errDisk },
		"after a part": func(w io.Writer) error {
			_, err := io.WriteString(w, "ha")
			return errors.Join(err, errDisk)
		},
		"to a file that is closed": func(w io.Writer) error {
			if err := w.(io.Closer).Close(); err != nil {
				return err
			}
			_, err := io.WriteString(w, "half")
			return fmt.Errorf("%w: %w", errDisk, err)
		},
	} {
		path := filepath.Join(t.TempDir(), "kg.db")
		if err := os.WriteFile(path, []byte("old\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		_, before := read(t, path)
		if err := graph.ReplaceFile(path, write); !errors.Is(err, errDisk) {
			t.Errorf("%s: got %v", name, err)
		}
		text, after := read(t, path)
		if text != "old\n" || !os.SameFile(before, after) {
			t.Errorf("%s: the old file is gone, and this is there: %q", name, text)
		}
		equal(t, name, names(t, path), []string{"kg.db"})
	}
}

func TestReplaceFileCannotRename(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "kg.db")
	if err := os.MkdirAll(filepath.Join(path, "inside"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := graph.ReplaceFile(path, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }); err == nil {
		t.Error("a file took the place of a folder")
	}
	equal(t, "files", names(t, path), []string{"kg.db"})
	equal(t, "files in the folder", names(t, filepath.Join(path, "inside")), []string{"inside"})
}

func TestLock(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	other := flock.New(path + ".lock")
	if ok, err := other.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	_, err := loadAt(context.Background(), path, ontology(), docs(t, port), graph.LoadOptions{Base: base})
	var locked *db.LockedError
	if !errors.As(err, &locked) || locked.Path != path {
		t.Errorf("got %v", err)
	}
	equal(t, "files", names(t, path), []string{"kg.db.lock"})
	load(t, path, graph.LoadOptions{DryRun: true}, port) // which writes nothing and waits for nobody
	if err := other.Unlock(); err != nil {
		t.Fatal(err)
	}
	load(t, path, graph.LoadOptions{}, port)
}

// Whoever gets the lock loads; whoever does not is told so; nothing is lost.
func TestLoadersAtOnce(t *testing.T) {
	t.Parallel()
	path, files := storePath(t), []string{port, crew, town, ferry}
	var wg sync.WaitGroup
	for _, doc := range docs(t, files...) {
		wg.Go(func() {
			for {
				_, err := loadAt(context.Background(), path, ontology(), []*schema.Checked{doc}, graph.LoadOptions{Base: base})
				if err == nil {
					return
				}
				if locked := (*db.LockedError)(nil); !errors.As(err, &locked) {
					t.Error(err)
					return
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	wg.Wait()
	if got := hash(t, open(t, path)); got != hash(t, scratch(t, files...)) {
		t.Error("the store is not what was loaded into it")
	}
}

func TestOpenNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "kg.db")
	_, err := graph.Open(path)
	if want := fmt.Sprintf("opening store %q: there is no store yet: kg load makes one", path); !errors.Is(err, graph.ErrNoStore) || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if _, err := graph.Open(filepath.Dir(path)); err == nil || errors.Is(err, graph.ErrNoStore) {
		t.Errorf("opening a folder: got %v", err)
	}
}
