package graph_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"kg/graph"
	"kg/graph/internal/store/db"
	"kg/internal/document"
)

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
				_, err := loadAt(context.Background(), path, ontology(), []*document.Checked{doc}, graph.LoadOptions{Base: base})
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
