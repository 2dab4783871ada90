package store_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"
)

// TestCayley runs Cayley's own suite for stores.
func TestCayley(t *testing.T) {
	// It looks for its data from a folder two levels below Cayley's.
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(strings.TrimSpace(string(out)), "graph", "graphtest"))
	graphtest.TestAll(t, func(t testing.TB) (graph.QuadStore, graph.Options) {
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
		return qs, nil
	}, &graphtest.Config{
		OptimizesComparison:  true,
		AlwaysRunIntegration: true,
	})
}
