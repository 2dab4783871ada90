package store_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
	"kg/graph/internal/store/term"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"
	"github.com/cayleygraph/quad"
)

// TestCayley runs Cayley's own suite for stores. Its queries over half a million
// quads, which it writes in transactions, come too if RUN_INTEGRATION is true:
// TestCayleyIntegration has the same queries.
func TestCayley(t *testing.T) {
	chdirCayley(t)
	graphtest.TestAll(t, func(t testing.TB) (graph.QuadStore, graph.Options) {
		return outsideStore(t), nil
	}, &graphtest.Config{OptimizesComparison: true})
}

// TestCayleyIntegration asks Cayley's queries of quads that were loaded at once.
func TestCayleyIntegration(t *testing.T) {
	chdirCayley(t)
	graphtest.TestIntegration(t, func(t testing.TB) (graph.QuadStore, graph.Options) {
		return loading{outsideStore(t)}, nil
	}, true)
}

// chdirCayley goes to where Cayley's suite finds its data, two levels below
// Cayley's folder.
func chdirCayley(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(strings.TrimSpace(string(out)), "graph", "graphtest"))
}

// outsideStore is a store in a folder of its own: the names of Cayley's tests
// make none.
func outsideStore(t testing.TB) *storetest.Store {
	dir, err := os.MkdirTemp("", "kgstore")
	if err != nil {
		t.Fatal(err)
	}
	qs, err := storetest.Open(filepath.Join(dir, "kg.db"), db.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := qs.Close(); err != nil {
			t.Error(err)
		}
		os.RemoveAll(dir)
	})
	return qs
}

// loading is a store whose writer loads all quads at once when it is closed.
type loading struct{ *storetest.Store }

func (s loading) NewQuadWriter() (quad.WriteCloser, error) {
	w := &loader{batches: make(chan []quad.Quad)}
	done := make(chan error, 1)
	w.close = sync.OnceValue(func() error { close(w.batches); return <-done })
	go func() {
		_, err := s.DB.Load(context.Background(), db.Load{Fill: w.fill})
		for range w.batches { // what is left if it failed
		}
		done <- err
	}()
	return w, nil
}

type loader struct {
	batches chan []quad.Quad
	close   func() error
}

func (w *loader) WriteQuad(q quad.Quad) error { w.batches <- []quad.Quad{q}; return nil }

func (w *loader) WriteQuads(quads []quad.Quad) (int, error) {
	w.batches <- slices.Clone(quads)
	return len(quads), nil
}

func (w *loader) Flush() error { return nil }

func (w *loader) Close() error { return w.close() }

func (w *loader) fill(_ context.Context, to db.Target) error {
	sink := to.NewSink()
	var err error
	for batch := range w.batches {
		for _, q := range batch {
			var keys [4][]byte
			for i, d := range quad.Directions {
				if v := q.Get(d); v != nil && err == nil {
					keys[i], err = term.Append(nil, v)
				}
			}
			if err == nil {
				err = sink.Add(keys[0], keys[1], keys[2], keys[3])
			}
		}
	}
	return errors.Join(err, sink.Close())
}
