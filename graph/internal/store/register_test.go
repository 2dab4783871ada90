package store_test

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/cayleygraph/cayley/graph"

	"kg/graph/internal/store"
)

func TestRegistered(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	if _, err := graph.NewQuadStore(store.Type, path, nil); !errors.Is(err, graph.ErrNotInitialized) || !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if err := graph.InitQuadStore(store.Type, path, nil); err != nil {
		t.Fatal(err)
	}
	if err := graph.InitQuadStore(store.Type, path, nil); !errors.Is(err, graph.ErrDatabaseExists) {
		t.Error(err)
	}
	if err := graph.UpgradeQuadStore(store.Type, path, nil); err != nil {
		t.Error(err)
	}
	qs, err := graph.NewQuadStore(store.Type, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer qs.Close()
	if err := qs.ApplyDeltas(add(numbered(1)), graph.IgnoreOpts{}); err != nil {
		t.Error(err)
	}
	reader, err := graph.NewQuadStore(store.Type, path, graph.Options{"read_only": true})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if got := len(contents(t, reader)); got != 1 {
		t.Errorf("%d quads", got)
	}
	if qs, err := graph.NewQuadStore(store.Type, path, graph.Options{"read_only": "yes"}); qs != nil || err == nil {
		t.Error("took a word for a bool")
	}
	if qs, err := graph.NewQuadStore(store.Type, path, nil); qs != nil || err == nil {
		t.Error("opened twice for writing")
	}
}
