package graph_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/graph"
	"kg/graph/internal/store/snapshot"
)

// useAll reads everything of a store.
func useAll(path string) error {
	store, err := graph.Open(path)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Verify(context.Background(), nil); err != nil {
		return err
	}
	_, err = whole(store).Check(context.Background(), nil)
	return err
}

// A store that is cut or has a wrong byte is an error that names it and the
// place. A load, which may not come by it, leaves what is there as it is.
func TestDamagedStore(t *testing.T) {
	t.Parallel()
	made := storePath(t)
	load(t, made, graph.LoadOptions{}, port)
	good, err := os.ReadFile(made)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	path := filepath.Join(t.TempDir(), "kg.db")
	for i := range 100 {
		bad := bytes.Clone(good)
		if i%2 == 0 {
			bad = bad[:1+r.IntN(len(bad)-1)]
		} else {
			bad[r.IntN(len(bad))] ^= byte(1 + r.IntN(255))
		}
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		err := useAll(path)
		var damage *snapshot.DamageError
		if !errors.As(err, &damage) || damage.Path != path || !strings.Contains(err.Error(), path) {
			t.Fatalf("case %d: got %v", i, err)
		}
		if _, err := loadAt(context.Background(), path, ontology(), docs(t, town), graph.LoadOptions{Base: base}); err == nil {
			// The damage was where nothing is read that is written anew.
			if err := useAll(path); err != nil {
				t.Fatalf("case %d: after a load: %v", i, err)
			}
			continue
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(now, bad) {
			t.Fatalf("case %d: the damaged store was changed, %v", i, err)
		}
	}
}
