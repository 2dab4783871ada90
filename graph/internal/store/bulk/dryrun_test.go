package bulk_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
	"kg/internal/rdf/nquads"
)

// A dry run tells what an import then does, of stores that are open to write and
// for reading alike, and touches no file.
func TestDryRun(t *testing.T) {
	t.Parallel()
	seeds := uint64(20)
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 6))
		path := newPath(t)
		qs := mustOpen(t, path, db.Options{Create: true})
		lines := func(n int) (list []byte) {
			for range n {
				var err error
				if list, err = nquads.AppendQuad(list, properQuad(r)); err != nil {
					t.Fatal(err)
				}
			}
			return append(list, "no quad\n"...)
		}
		var quads []quad.Quad
		for range r.IntN(300) {
			quads = append(quads, properQuad(r))
		}
		if err := qs.ApplyDeltas(add(quads...), graph.IgnoreOpts{IgnoreDup: true}); err != nil {
			t.Fatal(err)
		}
		if seed%2 == 0 && len(quads) > 0 {
			if err := qs.Compact(context.Background()); err != nil {
				t.Fatal(err)
			}
			if err := qs.ApplyDeltas(del(quads[:len(quads)/2]...), graph.IgnoreOpts{IgnoreMissing: true}); err != nil {
				t.Fatal(err)
			}
		}
		inputs := []bulk.Input{text("a.nq", string(lines(r.IntN(400)))), text("b.nq", string(lines(r.IntN(400))))}
		o := bulk.Options{Rejects: &bytes.Buffer{}, Label: quad.IRI("a:label")}
		dry := o
		dry.DryRun = true
		handles := []*storetest.Store{qs}
		if len(quads) > 0 {
			handles = append(handles, mustOpen(t, path, db.Options{ReadOnly: true}))
		}
		before := folderOf(t, filepath.Dir(path))
		var tried []bulk.Imported
		for _, h := range handles {
			tried = append(tried, mustImport(t, h, dry, inputs...))
		}
		if !maps.Equal(before, folderOf(t, filepath.Dir(path))) {
			t.Fatalf("seed %d: a dry run changed files", seed)
		}
		want := mustImport(t, qs, o, inputs...)
		for _, got := range tried {
			if got != want {
				t.Errorf("seed %d: the dry run says %+v, the import %+v", seed, got, want)
			}
		}
	}
	closed := newStore(t)
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := closed.Import(context.Background(), nil, bulk.Options{DryRun: true}); !errors.Is(err, db.ErrClosed) {
		t.Errorf("got %v", err)
	}
}
