package graph_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/graph/internal/store/snapshot"
	"kg/schema"
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

// Of a damaged store in which something is retracted, each answer is the right one or an
// error, the second one, too, and none a panic.
func TestDamagedRetracted(t *testing.T) {
	t.Parallel()
	made := storePath(t)
	load(t, made, graph.LoadOptions{}, port, town)
	store, err := graph.OpenToWrite(made, nil)
	if err != nil {
		t.Fatal(err)
	}
	retract(t, store, "kg:source/port")
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(made)
	if err != nil {
		t.Fatal(err)
	}
	want, err := counted(made, 1)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(5, 6))
	path, damaged := filepath.Join(t.TempDir(), "kg.db"), 0
	for i := range 200 {
		bad := bytes.Clone(good)
		bad[r.IntN(len(bad))] ^= byte(1 + r.IntN(255))
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		for _, times := range []int{1, 2} {
			switch got, err := counted(path, times); {
			case err != nil:
				damaged++
			case got != want:
				t.Fatalf("case %d: %s, want %s", i, got, want)
			}
		}
	}
	if damaged == 0 {
		t.Error("nothing that was read was damaged")
	}
}

// counted counts what a store has, the last of so many times.
func counted(path string, times int) (got string, err error) {
	store, err := graph.Open(path)
	if err != nil {
		return "", err
	}
	defer store.Close()
	for range times {
		got, err = "", nil
		v := store.View(base)
		for _, failed := range v.Each(context.Background(), quad.Quad{Predicate: schema.SubPropertyOf}) {
			if failed != nil {
				err = failed
			}
		}
		if err != nil {
			continue
		}
		for row, failed := range v.Gizmo(context.Background(), "g.emit(g.V().count()); g.emit(g.V().out().count())", nil, false).Rows() {
			if err = failed; err == nil {
				got += fmt.Sprint(row.Get("value"), " ")
			}
		}
	}
	return got, err
}

// Damage that nobody caught is an error of whoever recovers it, as a fault is.
func TestFaultOfDamage(t *testing.T) {
	t.Parallel()
	damage := &snapshot.DamageError{Path: "kg.db"}
	if got := graph.Fault(damage); !errors.Is(got, damage) {
		t.Errorf("got %v", got)
	}
	if got := graph.Fault("another panic"); got != nil {
		t.Errorf("another panic is %v", got)
	}
}
